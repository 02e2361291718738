// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations, logIn, openPage, type RunningConsole, startConsole } from './console.js'

let running: RunningConsole
beforeAll(async () => {
  running = await startConsole({ findingEveryMs: 60_000 })
})
afterAll(() => running.stop())

test('a channel is made, tested, switched off and deleted', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/notifications')
  await page.getByRole('button', { name: 'New channel' }).click()
  const dialog = page.getByRole('dialog', { name: 'New webhook' })
  await dialog.getByLabel('Name', { exact: true }).fill('Night shift')
  await dialog.getByLabel('Address').fill('https://night.bank.example/in')
  await dialog.getByRole('textbox', { name: 'Secret' }).fill('a-secret-of-the-night')
  await dialog.getByRole('button', { name: 'Add a header' }).click()
  await dialog.getByLabel('Name of header 1').fill('X-Team')
  await dialog.getByLabel('Value of header 1').fill('blue')
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make the channel' }).click()
  await page.getByText('The channel “Night shift” is made. Test it now.').waitFor()

  await page.getByRole('button', { name: 'Test Night shift' }).click()
  await page.getByRole('status').filter({ hasText: 'The receiver answered 202 after 38 ms.' }).waitFor()
  const row = page.getByRole('row').filter({ hasText: 'Night shift' })
  await row.getByText('Delivered').waitFor()
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('button', { name: 'Disable Night shift' }).click()
  await row.getByText('Disabled').waitFor()
  await page.getByRole('button', { name: 'Enable Night shift' }).click()
  await row.getByText('Enabled').waitFor()

  await page.getByRole('button', { name: 'Delete Night shift' }).click()
  await page.getByRole('dialog', { name: 'Delete “Night shift”?' }).getByRole('button', { name: 'Delete the channel' }).click()
  await expect.poll(() => row.count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('a test that does not come through says what may be in the way, and what a channel was told is listed', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/notifications')
  await page.getByRole('button', { name: 'Edit Old pager' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change “Old pager”' })
  await dialog.getByLabel('Address').fill('https://away.bank.example/')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The channel “Old pager” is changed.').waitFor()
  await page.getByRole('button', { name: 'Test Old pager' }).click()
  await page.getByRole('alert').filter({ hasText: 'NetworkPolicy may be in the way' }).waitFor()
  await page.getByRole('button', { name: 'Deliveries of Incident desk' }).click()
  const table = page.getByRole('table', { name: 'Deliveries' })
  await table.getByText('Failed').first().waitFor()
  expect(await axeViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('a narrow screen shows the whole form and each channel as a card', async () => {
  const { page, faults, close } = await openPage(running, { widthPx: 400 })
  await logIn(page, undefined, '/notifications')
  await page.getByRole('button', { name: 'Edit Incident desk' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).waitFor()
  const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(overflowPx).toBeLessThanOrEqual(0)
  expect(faults).toEqual([])
  await close()
})

test('only administrators see channels', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, 'viewer@guardimesh.local', '/notifications')
  await page.getByRole('alert').filter({ hasText: 'You may not see this' }).waitFor()
  expect(await page.getByRole('button', { name: 'New channel' }).isDisabled()).toBe(true)
  expect(await axeViolations(page)).toEqual([])
  await close()
})
