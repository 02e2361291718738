import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { ApiClient } from '@guardimesh/dev/api-client.js'
import type { Browser, Page } from 'playwright-core'
import type { Cluster } from '../../src/cluster/cluster.js'
import { NAMESPACE, PLATFORM } from '../../src/cluster/platform.js'
import { openConsole } from '../browser.js'
import { readConfigMap, readSecret } from './read-object.js'

/** Access to the console of a platform in the cluster. */
export interface ConsoleAccess {
  readonly url: string
  readonly page: Page
  readonly api: ApiClient
  close(): Promise<void>
}

/** Opens the API as the first administrator, and configures this process to trust the platform's CA. */
export async function openClusterApi(cluster: Cluster) {
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

/** Opens the console in a browser as the first administrator. */
export async function openClusterConsole(cluster: Cluster, browser: Browser): Promise<ConsoleAccess> {
  const { url, email, password, api, close } = await openClusterApi(cluster)
  const page = await openConsole(browser, url, email, password)
  return {
    url,
    page,
    api,
    close: async () => {
      await page.close()
      await close()
    },
  }
}
