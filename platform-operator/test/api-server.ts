import { type ApiUser, ApiServer as PlainApiServer } from '@guardimesh/testbed/api-server.js'
import { KubeConfig } from '@kubernetes/client-node'
import { Client } from '../src/kube/client.js'
import { installCrds } from './install-crds.js'

/** A real API server with the operator's client. */
export class ApiServer extends PlainApiServer {
  /** Starts an API server with our CRDs. */
  static async startWithCrds(): Promise<ApiServer> {
    const server = await ApiServer.start()
    await installCrds(server.client)
    return server
  }

  kubeConfig(user: ApiUser = 'admin'): KubeConfig {
    const config = new KubeConfig()
    config.loadFromString(this.kubeConfigText(user))
    return config
  }

  get client(): Client {
    return new Client({ server: this.url, ca: this.ca, token: async () => this.token('admin') })
  }
}
