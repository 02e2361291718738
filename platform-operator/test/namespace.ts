import { CoreV1Api } from '@kubernetes/client-node'
import type { ApiServer } from './api-server.js'

/** Creates a namespace. @returns its name. */
export async function aNamespace(server: ApiServer, name: string): Promise<string> {
  await server
    .kubeConfig()
    .makeApiClient(CoreV1Api)
    .createNamespace({ body: { metadata: { name } } })
  return name
}
