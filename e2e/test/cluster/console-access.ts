import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Browser, Page } from 'playwright-core'
import { ApiClient } from '../../../dev/src/api-client.js'
import type { Cluster } from '../../src/cluster/cluster.js'
import { NAMESPACE, PLATFORM } from '../../src/cluster/platform.js'
import { openConsole } from '../browser.js'
import { readConfigMap, readSecret } from './read-object.js'

/** The console of a platform, reached through the cluster. */
export interface ConsoleAccess {
  readonly url: string
  readonly page: Page
  readonly api: ApiClient
  close(): Promise<void>
}

/** Opens the console in the browser with the first administrator's password; this process trusts the platform's authority from then on. */
export async function openConsoleOf(cluster: Cluster, browser: Browser): Promise<ConsoleAccess> {
  const { email, password } = await readSecret(cluster, NAMESPACE, `${PLATFORM}-administrator`)
  if (!email || !password) throw new Error('the Secret of the administrator lacks email or password')
  const { 'ca.crt': ca } = await readConfigMap(cluster, NAMESPACE, `${PLATFORM}-ca-bundle`)
  if (!ca) throw new Error('the bundle of authorities is empty')
  setDefaultCACertificates([...getCACertificates('default'), ca])
  const opened = await cluster.openService(`${NAMESPACE}/${PLATFORM}-console`)
  // The name that the certificate has for a person on a forwarded port.
  const url = opened.url.replace('127.0.0.1', 'localhost')
  const api = await ApiClient.login(url, email, password)
  const page = await openConsole(browser, url, email, password)
  return {
    url,
    page,
    api,
    close: async () => {
      await page.close()
      await opened.close()
    },
  }
}
