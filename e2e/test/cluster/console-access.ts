import type { ApiClient } from '@guardimesh/dev/api-client.js'
import type { Browser, Page } from 'playwright-core'
import type { Cluster } from '../../src/cluster/cluster.js'
import { openClusterApi } from '../../src/cluster/cluster-api.js'
import { openConsole } from '../browser.js'

/** Access to the console of a platform in the cluster. */
export interface ConsoleAccess {
  readonly url: string
  readonly page: Page
  readonly api: ApiClient
  close(): Promise<void>
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
