// @vitest-environment node
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, openPage, type RunningConsole, startConsole } from './running-console.js'

let running: RunningConsole
beforeAll(async () => {
  running = await startConsole({ findingEveryMs: 1_500 })
})
afterAll(() => running.stop())

const rowsOf = (page: Page) => page.getByRole('table', { name: 'Findings' }).locator('tbody tr[data-row-key]')
/** Enough for two rows on each side of a screen. */
const DOCUMENT_ROWS_MAX = 60

test('shows, marks and announces new findings without a reload', async () => {
  const { page, close } = await openPage(running)
  await logIn(page)
  const rows = rowsOf(page)
  await rows.first().waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  await page
    .getByRole('status')
    .filter({ hasText: /new finding/ })
    .waitFor()
  await expect.poll(() => page.locator('tr[data-new]').count()).toBeGreaterThan(0)
  expect(await rows.first().getByText('now', { exact: true }).count()).toBe(1)
  await close()
})

test('moves no row under the pointer or while paused, and shows what arrived on request', async () => {
  const { page, close } = await openPage(running)
  await logIn(page)
  const href = () => rowsOf(page).first().getByRole('link').first().getAttribute('href')
  await page.getByText('Live', { exact: true }).waitFor()
  await rowsOf(page).first().hover()
  const before = await href()
  await page.getByText(/^[2-9] new findings$/).waitFor()
  expect(await href()).toBe(before)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect.poll(href).not.toBe(before)

  await page.getByRole('switch', { name: 'Pause' }).check({ force: true })
  await page.getByText('Paused').waitFor()
  await page.mouse.move(0, 0)
  const paused = await href()
  await page.getByText(/^[2-9] new findings$/).waitFor()
  expect(await href()).toBe(paused)
  await page.getByRole('combobox', { name: 'Namespace' }).fill('shop')
  await page.getByRole('button', { name: /^Remove filter Namespace/ }).waitFor()
  expect(await page.getByRole('switch', { name: 'Pause' }).isChecked()).toBe(true)
  await close()
})

test('loads a long list while scrolling, with few rows in the document, and operates it with the keyboard', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/findings?last=30d&until=2099-01-01T00:00:00Z')
  const table = page.getByRole('table', { name: 'Findings' })
  await expect.poll(() => table.getAttribute('aria-rowcount')).toMatch(/^9\d\d$/)
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 20_000)
      expect(await rowsOf(page).count()).toBeLessThanOrEqual(DOCUMENT_ROWS_MAX)
      return rowsOf(page).last().getAttribute('aria-rowindex')
    })
    .toBe(await table.getAttribute('aria-rowcount'))
  await page.getByText(/^Showing all 9\d\d$/).waitFor()
  const lastIndex = await table.getAttribute('aria-rowcount')

  const focusedIndex = () => page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex'))
  await rowsOf(page).last().getByRole('link').focus()
  await page.keyboard.press('Home')
  await expect.poll(focusedIndex).toBe('2')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await expect.poll(focusedIndex).toBe(lastIndex)

  const name = await page.evaluate(() => document.activeElement?.getAttribute('href'))
  await page.keyboard.press('Enter')
  await page.locator('#main').getByRole('link', { name: 'All findings' }).click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(name)
  expect(new URL(page.url()).search).toContain('last=30d')
  expect(faults).toEqual([])
  await close()
})

test('sorts by a column and keeps the order in the URL', async () => {
  const { page, close } = await openPage(running)
  await logIn(page)
  const header = page.getByRole('columnheader', { name: 'Severity' })
  expect(await page.getByRole('columnheader', { name: 'Received' }).getAttribute('aria-sort')).toBe('descending')
  await header.getByRole('button').click()
  await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending')
  expect(new URL(page.url()).search).toBe('?sort=severity')
  await header.getByRole('button').click()
  await expect.poll(() => rowsOf(page).first().textContent()).toContain('Info')
  expect(new URL(page.url()).search).toBe('?sort=severity&order=asc')
  await page.goBack()
  await expect.poll(() => rowsOf(page).first().textContent()).toContain('Critical')
  await close()
})

test('offers values with counts, filters by them, and undoes a filter with Back', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/findings?severity=high&nonsense=1')
  await rowsOf(page).first().waitFor()
  await page.getByRole('combobox', { name: 'Namespace' }).fill('pay')
  await page.getByRole('option', { name: /payments\s*\d+/ }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('namespace')).toBe('payments')
  await expect.poll(() => rowsOf(page).filter({ hasNotText: 'payments' }).count()).toBe(0)
  await page.goBack()
  await expect.poll(() => new URL(page.url()).searchParams.get('namespace')).not.toBe('payments')

  await page.getByRole('combobox', { name: 'Namespace' }).fill('nowhere')
  await page.getByText('No findings match these filters').waitFor()
  await page.getByRole('button', { name: 'Remove filter Namespace: contains “nowhere”' }).click()
  await rowsOf(page).first().waitFor()
  expect(await page.getByRole('combobox', { name: 'Namespace' }).inputValue()).toBe('')
  expect(new URL(page.url()).search).toBe('?severity=high&nonsense=1')
  await close()
})

test('keeps the text of cells selectable, and shows exact times in the selected zone', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/findings?until=2099-01-01T00:00:00Z')
  const path = rowsOf(page).first().locator('td').nth(3)
  await path.click({ clickCount: 3 })
  expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe((await path.textContent())?.trim())
  expect(new URL(page.url()).pathname).toBe('/findings')
  const time = () => rowsOf(page).first().locator('td').first().textContent()
  expect(await time()).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d/)
  await page.getByText('Local', { exact: true }).click()
  await page.reload()
  await rowsOf(page).first().waitFor()
  expect(await page.getByRole('radio', { name: 'Local' }).isChecked()).toBe(true)
  await close()
})

test('cuts off no table between 320 and 1920 px', async () => {
  const { page, close } = await openPage(running)
  await logIn(page)
  for (const list of ['Findings', 'Scans', 'Pods', 'Nodes']) {
    await page.goto(`/${list.toLowerCase()}`)
    await page.getByRole('table', { name: list }).waitFor()
    for (let width = 320; width <= 1920; width += 64) {
      await page.setViewportSize({ width, height: 900 })
      const cutOff = () =>
        page.getByRole('table', { name: list }).evaluate((table) => {
          const frame = table.parentElement as HTMLElement
          const isWide = table.getBoundingClientRect().right > frame.getBoundingClientRect().right + 1
          return (isWide && getComputedStyle(frame).overflowX !== 'auto') || document.documentElement.scrollWidth > innerWidth
        })
      await expect.poll(cutOff, { message: `${list} at ${width} px` }).toBe(false)
    }
  }
  await close()
})

test('links a finding to others in the same pod', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/findings?severity=critical')
  await rowsOf(page).first().getByRole('link').click()
  await page.getByRole('link', { name: 'web-7c9d8b6f5-x2x9k' }).click()
  await page.getByRole('heading', { level: 1, name: 'web-7c9d8b6f5-x2x9k' }).waitFor()
  await page.locator('#main').getByRole('link', { name: 'All findings' }).click()
  await page.waitForURL((url) => url.pathname === '/findings')
  await rowsOf(page).first().waitFor()
  expect(new URL(page.url()).search).toBe('?cluster=prod-west&namespace=shop&pod=web-7c9d8b6f5-x2x9k')
  expect(await rowsOf(page).filter({ hasNotText: 'web-7c9d8b6f5-x2x9k' }).count()).toBe(0)
  await close()
})
