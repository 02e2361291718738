// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations, logIn, openPage, type RunningConsole, startConsole } from './running-console.js'

let running: RunningConsole
beforeAll(async () => {
  running = await startConsole({ findingEveryMs: 60_000 })
})
afterAll(() => running.stop())

const MIB_BYTES = 1_048_576
const aFile = (name: string, sizeBytes: number) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.alloc(sizeBytes, name) })

test('follows an import until nodes have loaded it, and copies a hash', async () => {
  const { page, faults, close } = await openPage(running)
  await page.clock.install()
  await logIn(page, 'importing@guardimesh.local', '/signatures')
  await page.getByRole('table', { name: 'Databases of the active generation' }).waitFor()
  // The import advances with each request, so its end shows that the page polls.
  const status = page.getByRole('status').filter({ hasText: 'Latest import: daily.cvd, Published' })
  const next = async () => {
    await page.clock.fastForward('00:30')
    return (await status.count()) + (await page.getByText('4 of 4 reporting nodes have the active generation').count())
  }
  await expect.poll(next).toBe(2)
  await page.getByRole('button', { name: 'Copy SHA-256 of clamav/daily.cvd' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^[0-9a-f]{64}$/)
  expect(faults).toEqual([])
  await close()
})

test('links to outdated nodes and removes the filter', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/signatures')
  await page.getByRole('link', { name: 'Show outdated nodes' }).click()
  const rows = page.getByRole('table', { name: 'Signatures on nodes' }).locator('tbody tr')
  await expect.poll(() => rows.count()).toBe(1)
  await rows.first().getByText('Outdated').waitFor()
  await page.getByRole('switch', { name: 'Only outdated nodes' }).click({ force: true })
  await expect.poll(() => rows.count()).toBe(4)
  await close()
})

test('uploads and publishes files, and shows why one is rejected', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/signatures/import')
  const input = page.locator('input[type=file]')
  await input.setInputFiles([aFile('daily.cvd', 3000), aFile('site.yar', 100)])
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Upload and import 2 files' }).click()
  await page.getByText('Verified and published').waitFor()
  await page.getByText('2 files, 3.0 KiB; 2 uploaded').waitFor()

  await input.setInputFiles([aFile('refused.cvd', 3000)])
  await page.getByRole('button', { name: 'Upload and import' }).click()
  await page.getByRole('alert').filter({ hasText: 'refused.cvd has no valid ClamAV signature' }).waitFor()
  await page.getByText('Check: digital-signature').first().waitFor()
  expect(faults).toEqual([])
  await close()
})

test('shows why an upload failed, keeps the other files, and removes the failed one', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/signatures/import')
  await page.locator('input[type=file]').setInputFiles([aFile('full-disk.cvd', 3000), aFile('daily.cvd', 3000)])
  await page.getByRole('button', { name: 'Upload and import 2 files' }).click()
  await page.getByRole('alert').filter({ hasText: 'Not enough space for full-disk.cvd' }).waitFor()
  await page.getByText('2 files, 5.9 KiB; 1 uploaded').waitFor()
  await page.getByRole('button', { name: 'Remove full-disk.cvd' }).click()
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Verified and published').waitFor()
  await close()
})

test('resumes an upload that a reload interrupted', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/signatures/import')
  const input = page.locator('input[type=file]')
  // Larger than one chunk, and slow on the server; the browser recognises the file by its name, size and modification time.
  const file = aFile('slow.cvd', 20 * MIB_BYTES)
  const selectFile = () =>
    input.evaluate(
      (element: HTMLInputElement, { name, sizeBytes }) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([new Uint8Array(sizeBytes)], name, { lastModified: 1_700_000_000_000 }))
        element.files = transfer.files
        element.dispatchEvent(new Event('change', { bubbles: true }))
      },
      { name: file.name, sizeBytes: file.buffer.length },
    )
  await selectFile()
  const firstChunkUploaded = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.status() === 204)
  await page.getByRole('button', { name: 'Upload and import' }).click()
  await firstChunkUploaded
  await page.reload()
  await page.getByText('1 upload was interrupted').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await selectFile()
  await page.getByRole('button', { name: 'Upload and import' }).click()
  await page.getByText(/resumed at (8\.0|16\.0) MiB/).waitFor()
  await page.getByText('Verified and published').waitFor()
  await page.reload()
  await page.getByText('Drop files here, or').waitFor()
  expect(await page.getByText('1 upload was interrupted').count()).toBe(0)
  await close()
})

test('cancels an upload and deletes it from the server', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/signatures/import')
  await page.locator('input[type=file]').setInputFiles([aFile('slow-too.cvd', 20 * MIB_BYTES)])
  const isUploading = page.waitForRequest((request) => request.method() === 'PATCH')
  await page.getByRole('button', { name: 'Upload and import' }).click()
  await isUploading
  const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Cancel slow-too.cvd' }).click()
  expect((await deleted).status()).toBe(204)
  await expect.poll(() => page.getByRole('main').getByText('slow-too.cvd').count()).toBe(0)
  await close()
})

test('adds a hash from a finding to the custom signatures', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/findings/0195a0c0-7a00-7000-8000-000000000000')
  await page.getByText('Late detection').waitFor()
  await page.getByRole('link', { name: 'Always detect this hash…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add hash' })
  expect(await dialog.getByLabel('SHA-256 or MD5').inputValue()).toMatch(/^[0-9a-f]{64}$/)
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Add to list' }).click()
  await page.getByRole('button', { name: 'Dry run of 1 hash' }).click()
  await page.getByRole('table', { name: 'Matching sightings' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Save and publish' }).click()
  await page.getByText('Verified and published').waitFor()
  await expect.poll(() => page.getByRole('region', { name: 'Unsaved changes' }).count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('discards a held rollout and rolls back', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, 'held@guardimesh.local', '/signatures')
  await page.getByRole('region', { name: 'Rollout' }).getByRole('button', { name: 'Discard' }).click()
  const dialog = page.getByRole('dialog', { name: 'Discard 20260302-0300?' })
  await dialog.waitFor()
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await expect.poll(() => page.getByRole('region', { name: 'Rollout' }).count()).toBe(0)
  await page.getByRole('link', { name: 'History', exact: true }).click()
  await page.getByRole('button', { name: 'Roll back to 20260227-0300' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
  await page.getByRole('row', { name: /^20260227-0300 Active/ }).waitFor()
  expect(faults).toEqual([])
  await close()
})
