import type { HttpAnswer } from '../net/http-request.js'
import type { RegistryClient } from './registry-client.js'

const ACCEPT = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.oci.image.index.v1+json'].join(', ')

/** Queries whether a repository has an image: status 200 or 404. */
export function queryManifest(client: RegistryClient, scope: string, repository: string, digest: string): Promise<HttpAnswer> {
  return client.send(scope, { method: 'HEAD', path: `/v2/${repository}/manifests/${digest}`, headers: { accept: ACCEPT } })
}
