import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { ApiClient } from '@guardimesh/dev/api-client.js'
import type { Cluster } from './cluster.js'
import { NAMESPACE, PLATFORM } from './platform.js'
import { readConfigMap, readSecret } from './read-object.js'

/** The API of a platform in the cluster, as the first administrator. */
export interface ClusterApi {
  readonly url: string
  readonly email: string
  readonly password: string
  readonly api: ApiClient
  close(): Promise<void>
}

/** Opens the API, and configures this process to trust the platform's CA. */
export async function openClusterApi(cluster: Cluster): Promise<ClusterApi> {
  const { email, password } = await readSecret(cluster, NAMESPACE, `${PLATFORM}-administrator`)
  if (!email || !password) throw new Error('the administrator Secret has no email or password')
  const { 'ca.crt': ca } = await readConfigMap(cluster, NAMESPACE, `${PLATFORM}-ca-bundle`)
  if (!ca) throw new Error('the CA bundle is empty')
  setDefaultCACertificates([...getCACertificates('default'), ca])
  const opened = await cluster.openService(`${NAMESPACE}/${PLATFORM}-console`)
  // The certificate is valid for localhost, for use with a forwarded port.
  const url = opened.url.replace('127.0.0.1', 'localhost')
  return { url, email, password, api: await ApiClient.login(url, email, password), close: () => opened.close() }
}
