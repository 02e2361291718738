// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations, logIn, openPage, type RunningConsole, startConsole } from './console.js'

let running: RunningConsole
beforeAll(async () => {
  running = await startConsole({ findingEveryMs: 60_000 })
})
afterAll(() => running.stop())

const MIB_BYTES = 1_048_576
const aFile = (name: string, sizeBytes: number) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.alloc(sizeBytes, name) })

test('an import is followed by itself until nodes have it; hashes are copied', async () => {
  const { page, faults, close } = await openPage(running)
  await page.clock.install()
  await logIn(page, 'importing@guardimesh.local', '/signatures')
  await page.getByRole('table', { name: 'Databases of the live generation' }).waitFor()
  // The import goes on with each reading, so its end shows that the page has read again by itself.
  const status = page.getByRole('status').filter({ hasText: 'Latest import: daily.cvd, Published' })
  const next = async () => {
    await page.clock.fastForward('00:30')
    return (await status.count()) + (await page.getByText('4 of 4 reporting nodes have the live generation').count())
  }
  await expect.poll(next).toBe(2)
  await page.getByRole('button', { name: 'Copy the SHA-256 of clamav/daily.cvd' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^[0-9a-f]{64}$/)
  expect(faults).toEqual([])
  await close()
})

test('from the signatures to the nodes that lag, and back to all nodes', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/signatures')
  await page.getByRole('link', { name: 'Show the nodes without it' }).click()
  const rows = page.getByRole('table', { name: 'Signatures on the nodes' }).locator('tbody tr')
  await expect.poll(() => rows.count()).toBe(1)
  await rows.first().getByText('Not what it is offered').waitFor()
  await page.getByRole('switch', { name: 'Only nodes that lag behind' }).click({ force: true })
  await expect.poll(() => rows.count()).toBe(4)
  await close()
})

test('files are sent and published; a refused one says why beside it', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/signatures/import')
  const input = page.locator('input[type=file]')
  await input.setInputFiles([aFile('daily.cvd', 3000), aFile('site.yar', 100)])
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Send and bring in 2 files' }).click()
  await page.getByText('Proved and published').waitFor()
  await page.getByText('2 files, 3.0 KiB; 2 sent').waitFor()

  await input.setInputFiles([aFile('refused.cvd', 3000)])
  await page.getByRole('button', { name: 'Send and bring in' }).click()
  await page.getByRole('alert').filter({ hasText: 'refused.cvd does not carry a valid digital signature' }).waitFor()
  await page.getByText('Check: digital-signature').first().waitFor()
  expect(faults).toEqual([])
  await close()
})

test('a file that cannot be sent says why; the others are kept, and it can be taken away', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/signatures/import')
  await page.locator('input[type=file]').setInputFiles([aFile('full-disk.cvd', 3000), aFile('daily.cvd', 3000)])
  await page.getByRole('button', { name: 'Send and bring in 2 files' }).click()
  await page.getByRole('alert').filter({ hasText: 'There is no room for full-disk.cvd' }).waitFor()
  await page.getByText('2 files, 5.9 KiB; 1 sent').waitFor()
  await page.getByRole('button', { name: 'Take full-disk.cvd away' }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('Proved and published').waitFor()
  await close()
})

test('an upload that a reload cuts off goes on where it was when the same file is chosen', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/signatures/import')
  const input = page.locator('input[type=file]')
  // Larger than one piece, and slow at the other end; the browser knows a file again by its name, size and time.
  const file = aFile('slow.cvd', 20 * MIB_BYTES)
  const choose = () =>
    input.evaluate(
      (element: HTMLInputElement, { name, sizeBytes }) => {
        const chosen = new DataTransfer()
        chosen.items.add(new File([new Uint8Array(sizeBytes)], name, { lastModified: 1_700_000_000_000 }))
        element.files = chosen.files
        element.dispatchEvent(new Event('change', { bubbles: true }))
      },
      { name: file.name, sizeBytes: file.buffer.length },
    )
  await choose()
  const firstPieceIsThere = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.status() === 204)
  await page.getByRole('button', { name: 'Send and bring in' }).click()
  await firstPieceIsThere
  await page.reload()
  await page.getByText('An upload was not finished').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await choose()
  await page.getByRole('button', { name: 'Send and bring in' }).click()
  await page.getByText(/went on at (8\.0|16\.0) MiB/).waitFor()
  await page.getByText('Proved and published').waitFor()
  await page.reload()
  await page.getByText('Drop files here, or').waitFor()
  expect(await page.getByText('An upload was not finished').count()).toBe(0)
  await close()
})

test('an upload is cancelled: the server forgets it', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/signatures/import')
  await page.locator('input[type=file]').setInputFiles([aFile('slow-too.cvd', 20 * MIB_BYTES)])
  const isSending = page.waitForRequest((request) => request.method() === 'PATCH')
  await page.getByRole('button', { name: 'Send and bring in' }).click()
  await isSending
  const forgotten = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Cancel slow-too.cvd' }).click()
  expect((await forgotten).status()).toBe(204)
  await expect.poll(() => page.getByRole('main').getByText('slow-too.cvd').count()).toBe(0)
  await close()
})

test('from a finding to a hash that is always detected', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/findings/0195a0c0-7a00-7000-8000-000000000000')
  await page.getByText('Late detection').waitFor()
  await page.getByRole('link', { name: 'Always detect this content' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a hash' })
  expect(await dialog.getByLabel('SHA-256 or MD5').inputValue()).toMatch(/^[0-9a-f]{64}$/)
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Add to the list' }).click()
  await page.getByRole('button', { name: 'Dry run of 1 hash' }).click()
  await page.getByRole('table', { name: 'What the hashes would have found' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Save and publish' }).click()
  await page.getByText('Proved and published').waitFor()
  await expect.poll(() => page.getByRole('region', { name: 'Changes that are not saved' }).count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('a held roll-out is discarded, and a generation is gone back to', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, 'held@guardimesh.local', '/signatures')
  await page.getByRole('region', { name: 'Roll-out' }).getByRole('button', { name: 'Discard' }).click()
  const dialog = page.getByRole('dialog', { name: 'Discard 20260302-0300?' })
  await dialog.waitFor()
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await expect.poll(() => page.getByRole('region', { name: 'Roll-out' }).count()).toBe(0)
  await page.getByRole('link', { name: 'History', exact: true }).click()
  await page.getByRole('button', { name: 'Roll back to 20260227-0300' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make it live' }).click()
  await page.getByRole('row', { name: /^20260227-0300 Live/ }).waitFor()
  expect(faults).toEqual([])
  await close()
})
