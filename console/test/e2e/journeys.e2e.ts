// @vitest-environment node
import { brotliCompressSync, constants } from 'node:zlib'
import type { Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations, logIn, openPage, PASSWORD, type RunningConsole, startConsole } from './running-console.js'

let running: RunningConsole
beforeAll(async () => {
  running = await startConsole({ findingEveryMs: 1_500 })
})
afterAll(() => running.stop())

test('logs in, opens a finding and returns with the keyboard only', async () => {
  const { page, faults, close } = await openPage(running)
  await page.goto('/findings')
  await page.getByLabel('Email').waitFor()
  await page.keyboard.type('admin@guardimesh.local')
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('table', { name: 'Findings' }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('page-title')

  await page.reload()
  await page.getByRole('table', { name: 'Findings' }).waitFor()
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to main content' })
  await expect.poll(() => skip.evaluate((link) => link === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main')

  const pause = page.getByRole('switch', { name: 'Pause' })
  await pause.focus()
  await page.keyboard.press('Space')
  await page.getByText('Paused').waitFor()
  const inRow = () => page.evaluate(() => document.activeElement?.closest('tr')?.rowIndex)
  // Past the headings, which sort.
  for (let tabs = 0; tabs < 10 && (await inRow()) !== 1; tabs++) await page.keyboard.press('Tab')
  expect(await inRow()).toBe(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await inRow()).toBe(3)
  await page.keyboard.press('Home')
  expect(await inRow()).toBe(1)
  const name = await page.evaluate(() => document.activeElement?.textContent)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: name ?? '' }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('page-title')

  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('table', { name: 'Findings' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/findings')
  expect(faults).toEqual([])
  await close()
})

test('keeps the page and its input while the user logs in again after an expired session', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/scan-settings')
  const schedule = page.getByRole('textbox', { name: 'Schedule' })
  await schedule.fill('5 4 * * *')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your session expired' })
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  expect(await schedule.inputValue()).toBe('5 4 * * *')
  expect(await page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true)
  await close()
})

test('rejects a wrong password and clears data on logout', async () => {
  const { page, close } = await openPage(running)
  await page.goto('/findings')
  await page.getByLabel('Email').fill('admin@guardimesh.local')
  await page.getByLabel('Password', { exact: true }).fill('wrong')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').filter({ hasText: 'Incorrect email or password.' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await logIn(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('button', { name: 'Log in' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await page.goto('/findings')
  await page.getByRole('button', { name: 'Log in' }).waitFor()
  await close()
})

test('creates, shows once, copies and revokes a key', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/api-keys')
  await page.getByRole('button', { name: 'New key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await dialog.getByText('Enter a label of 1 to 100 characters').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByLabel('Label').fill('error-500')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await dialog.getByText('The key could not be stored.').waitFor()
  await dialog.getByLabel('Label').fill('Cluster east')
  await dialog.getByLabel('Report results').uncheck()
  await dialog.getByLabel('Read data').check()
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const key = await dialog.getByText(/^gmk_\w+_\w+$/).textContent()
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Copy key' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('row', { name: /Cluster east/ }).waitFor()
  const focusedLabel = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)
  await expect.poll(focusedLabel).toBe('New key')
  expect(await page.getByText(key ?? '').count()).toBe(0)

  await page.getByRole('button', { name: 'Revoke key Cluster prod-west' }).click()
  await dialog.getByText('This is the last key that can report results').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(focusedLabel).toBe('Revoke key Cluster prod-west')
  await page.getByRole('button', { name: 'Revoke key Cluster east' }).click()
  expect(await dialog.getByText('This is the last key that can report results').count()).toBe(0)
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await page.getByText('Key “Cluster east” revoked.').waitFor()
  await page.getByRole('row', { name: /Cluster east.*Revoked/ }).waitFor()
  await close()
})

test('validates and saves scan settings and resolves a conflict', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/scan-settings')
  const maxFileSize = page.getByLabel('Maximum file size')
  await maxFileSize.fill('9000')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => maxFileSize.getAttribute('aria-invalid')).toBe('true')
  expect(await axeViolations(page)).toEqual([])

  await maxFileSize.fill('64')
  await page.getByRole('textbox', { name: 'Schedule' }).fill('0 0 * * 0')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Another user changed the settings').waitFor()
  expect(await maxFileSize.inputValue()).toBe('64 MiB')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Overwrite their changes' }).click()
  await page.getByText('Saved. Nodes apply the settings within a minute.').waitFor()
  await page.reload()
  await page.getByText('Last changed by admin@guardimesh.local').waitFor()
  expect(await maxFileSize.inputValue()).toBe('64 MiB')
  await close()
})

test('changes the password if the confirmation and the current password match', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/account')
  const fill = async (current: string, next: string, repeated: string) => {
    await page.getByLabel('Current password').fill(current)
    await page.getByLabel('New password', { exact: true }).fill(next)
    await page.getByLabel('Confirm new password').fill(repeated)
    await page.getByRole('button', { name: 'Change password' }).click()
  }
  await fill(PASSWORD, 'a new passphrase', 'another passphrase')
  await page.getByText("Passwords don't match").waitFor()
  await fill('wrong', 'a new passphrase', 'a new passphrase')
  await page.getByText('The current password is incorrect').waitFor()
  const current = page.getByLabel('Current password')
  await expect.poll(() => current.evaluate((field) => field === document.activeElement && field.getAttribute('aria-invalid'))).toBe('true')
  expect(await page.getByText('Login failed').count()).toBe(0)
  await fill(PASSWORD, 'a new passphrase', 'a new passphrase')
  await page.getByText('Password changed.').waitFor()
  await close()
})

test('keeps the theme and applies it before the first paint', async () => {
  const { page, close } = await openPage(running, { colorScheme: 'light' })
  await logIn(page)
  await page.getByLabel('Theme').selectOption('Dark')
  const scheme = () => page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'))
  expect(await scheme()).toBe('dark')
  await page.route('**/assets/**', (route) => route.abort())
  await page.reload()
  expect(await scheme()).toBe('dark')
  await close()
})

test('opens and closes the menu on narrow screens', async () => {
  const { page, close } = await openPage(running, { widthPx: 400 })
  await logIn(page)
  const screens = page.getByRole('navigation', { name: 'Main navigation' })
  expect(await screens.count()).toBe(0)
  await page.getByRole('button', { name: 'Open menu' }).click()
  await screens.waitFor()
  expect(await axeViolations(page)).toEqual([])
  // The page below cannot be reached meanwhile.
  expect(await page.locator('#main').getAttribute('inert')).not.toBeNull()
  await screens.getByRole('link', { name: 'Pods' }).focus()
  await page.keyboard.press('Escape')
  expect(await screens.count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Open menu' }).evaluate((button) => button === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: 'Open menu' }).click()
  await screens.getByRole('link', { name: 'Nodes' }).click()
  await page.getByRole('heading', { level: 1, name: 'Nodes' }).waitFor()
  expect(await screens.count()).toBe(0)
  await close()
})

/** Limits of the first load, with a cold cache. */
const LOAD_MAX = { requests: 12, compressedBytes: 350 * 1024 }

/** Size of a body as the backend sends it: compressed copies of scripts and styles, brotli of quality 4, small bodies as they are. */
async function sentBytes(response: Response): Promise<number> {
  if (response.headers()['content-type']?.startsWith('text/event-stream')) return 0
  const body = await response.body()
  const isCopied = new URL(response.url()).pathname.startsWith('/assets/')
  const params = { [constants.BROTLI_PARAM_QUALITY]: isCopied ? 11 : 4 }
  return body.length < 1024 ? body.length : brotliCompressSync(body, { params }).length
}

async function measureLoad(page: Page, address: string, waitForContent: () => Promise<void>) {
  const responses: Response[] = []
  page.on('response', (response) => responses.push(response))
  await page.goto(address)
  await waitForContent()
  // The chart is loaded after the page.
  const counted = responses.filter((response) => !response.url().includes('/FindingsPlot-'))
  const sizes = await Promise.all(counted.map(sentBytes))
  // The stream may have to read the list again, so that no event is missed; it is counted once.
  const urls = [...new Set(counted.map((response) => new URL(response.url()).pathname))]
  return { requests: urls.length, compressedBytes: sizes.reduce((sum, size) => sum + size, 0), urls }
}

const FIRST_PAGES = [
  { address: '/', waitForContent: (page: Page) => page.locator('.uplot canvas').waitFor() },
  {
    address: '/findings',
    waitForContent: async (page: Page) => {
      await page.getByRole('table', { name: 'Findings' }).waitFor()
      await page.getByText('Live', { exact: true }).waitFor()
    },
  },
]

test.each(FIRST_PAGES)('loads $address with few requests and bytes', async ({ address, waitForContent }) => {
  const { page, close } = await openPage(running)
  await logIn(page)
  const cookies = await page.context().cookies()
  await close()
  const cold = await openPage(running)
  await cold.page.context().addCookies(cookies)
  const { requests, compressedBytes, urls } = await measureLoad(cold.page, address, () => waitForContent(cold.page))
  console.log(`first load of ${address}: ${requests} requests, ${Math.round(compressedBytes / 1024)} KiB`)
  expect(requests, urls.join('\n')).toBeLessThanOrEqual(LOAD_MAX.requests)
  expect(compressedBytes).toBeLessThanOrEqual(LOAD_MAX.compressedBytes)
  await cold.close()
})
