import { type ApiUser, ApiServer as PlainApiServer } from '@guardimesh/testbed/api-server.js'
import { KubeConfig } from '@kubernetes/client-node'
import { Client } from '../src/kube/client.js'

/** A real API server, with the operator's own client. */
export class ApiServer extends PlainApiServer {
  kubeConfig(user: ApiUser = 'admin'): KubeConfig {
    const config = new KubeConfig()
    config.loadFromString(this.kubeConfigText(user))
    return config
  }

  get client(): Client {
    return new Client({ server: this.url, ca: this.ca, token: async () => this.token('admin') })
  }
}
