// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations, logIn, openPage, type RunningConsole, startConsole } from './running-console.js'

let running: RunningConsole
beforeAll(async () => {
  running = await startConsole({ findingEveryMs: 60_000 })
})
afterAll(() => running.stop())

test('creates, tests, disables and deletes a channel', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/notifications')
  await page.getByRole('button', { name: 'New channel' }).click()
  const dialog = page.getByRole('dialog', { name: 'New webhook' })
  await dialog.getByLabel('Name', { exact: true }).fill('Night shift')
  await dialog.getByLabel('URL').fill('https://night.bank.example/in')
  await dialog.getByRole('textbox', { name: 'Secret' }).fill('a-secret-of-the-night')
  await dialog.getByRole('button', { name: 'Add header' }).click()
  await dialog.getByLabel('Name of header 1').fill('X-Team')
  await dialog.getByLabel('Value of header 1').fill('blue')
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Create channel' }).click()
  await page.getByText('Channel “Night shift” created. Send a test message to verify it.').waitFor()

  await page.getByRole('button', { name: 'Test Night shift' }).click()
  await page.getByRole('status').filter({ hasText: 'The receiver returned 202 after 38 ms.' }).waitFor()
  const row = page.getByRole('row').filter({ hasText: 'Night shift' })
  await row.getByText('Delivered').waitFor()
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('button', { name: 'Disable Night shift' }).click()
  await row.getByText('Disabled').waitFor()
  await page.getByRole('button', { name: 'Enable Night shift' }).click()
  await row.getByText('Enabled').waitFor()

  await page.getByRole('button', { name: 'Delete Night shift' }).click()
  await page.getByRole('dialog', { name: 'Delete “Night shift”?' }).getByRole('button', { name: 'Delete channel' }).click()
  await expect.poll(() => row.count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('explains a failed test and lists deliveries', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/notifications')
  await page.getByRole('button', { name: 'Edit Old pager' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit “Old pager”' })
  await dialog.getByText('Secrets unreadable').waitFor()
  await dialog.getByLabel('URL').fill('https://away.bank.example/')
  await dialog.getByLabel('Secret', { exact: true }).fill('a-secret-of-twenty-4')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Channel “Old pager” saved.').waitFor()
  await page.getByRole('button', { name: 'Test Old pager' }).click()
  await page.getByRole('alert').filter({ hasText: 'a NetworkPolicy may block it' }).waitFor()
  await page.getByRole('button', { name: 'Deliveries of Incident desk' }).click()
  const table = page.getByRole('table', { name: 'Deliveries' })
  await table.getByText('Failed').first().waitFor()
  expect(await axeViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('fits the form and the channels on narrow screens', async () => {
  const { page, faults, close } = await openPage(running, { widthPx: 400 })
  await logIn(page, undefined, '/notifications')
  await page.getByRole('button', { name: 'Edit Incident desk' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).waitFor()
  const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(overflowPx).toBeLessThanOrEqual(0)
  expect(faults).toEqual([])
  await close()
})

test('shows channels to administrators only', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, 'viewer@guardimesh.local', '/notifications')
  await page.getByRole('alert').filter({ hasText: "You don't have permission to view this page" }).waitFor()
  expect(await page.getByRole('button', { name: 'New channel' }).isDisabled()).toBe(true)
  expect(await axeViolations(page)).toEqual([])
  await close()
})
