import { resolve } from 'node:path'
import { afterAll, beforeAll, test } from 'vitest'
import { logIn, openPage, type RunningConsole, startConsole } from '../e2e/running-console.js'

const IMAGES = resolve(import.meta.dirname, '../../../docs/images')
const FINDING = '/findings/0195a0c0-7a00-7000-8000-000000000000'

let console: RunningConsole
beforeAll(async () => {
  console = await startConsole({ findingEveryMs: 3_600_000 })
})
afterAll(() => console?.stop())

/** Pictures of the README: file name, account of the mock API, address, and height of the picture in pixels. */
test.each([
  { name: 'findings', account: 'admin', address: '/findings', heightPx: 850 },
  { name: 'finding', account: 'admin', address: FINDING, heightPx: 850 },
  { name: 'signatures', account: 'held', address: '/signatures', heightPx: 900 },
])('$name', async ({ name, account, address, heightPx }) => {
  const { page, close } = await openPage(console)
  await page.setViewportSize({ width: 1360, height: heightPx })
  await logIn(page, `${account}@guardimesh.local`)
  await page.goto(address)
  await page.locator('#page-title').waitFor()
  await page.waitForLoadState('load')
  await page.locator('table tbody tr, dl').first().waitFor()
  await page.screenshot({ path: `${IMAGES}/${name}.png`, animations: 'disabled' })
  await close()
})
