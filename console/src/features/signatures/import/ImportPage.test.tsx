import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { someSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { mockFetch, sessionOf } from '../../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../../testing/render.js'
import { ImportPage } from './ImportPage.js'
import { resetImport } from './import-store.js'

// Uploads are tested with a real browser in test/e2e/signatures.e2e.ts.
vi.spyOn(globalThis, 'fetch')
afterEach(() => {
  vi.mocked(globalThis.fetch).mockReset()
  resetImport()
})

async function renderPage({ role = 'administrator' as 'administrator' | 'viewer', server = {} } = {}) {
  const view = someSignatures(Date.now())
  mockFetch({
    '/api/session': sessionOf(role),
    '/api/signatures': { ...view, server: view.server && { ...view.server, ...server } },
  })
  renderInConsole(<ImportPage />, '/signatures/import')
  await waitFor(() => waitForData())
}
const selectButton = () => screen.findByRole('button', { name: 'Select files' })
async function selectFiles(...names: string[]) {
  await selectButton()
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('there is no file input')
  await userEvent.upload(
    input,
    names.map((name) => new File(['x'.repeat(2048)], name)),
  )
}

test('lists selected files with their size and removes them', async () => {
  await renderPage()
  await selectFiles('daily.cvd', 'site.hsb')
  const list = screen.getByRole('list', { name: 'Selected files' })
  expect(within(list).getAllByRole('listitem')).toHaveLength(2)
  expect(screen.getByText('2 files, 4.0 KiB; 0 uploaded')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Upload and import 2 files' })).toBeTruthy()
  await userEvent.click(within(list).getByRole('button', { name: 'Remove site.hsb' }))
  expect(within(list).getAllByRole('listitem')).toHaveLength(1)
})

test('asks for the engine of YARA files only', async () => {
  await renderPage()
  await selectFiles('site.yar', 'daily.cvd')
  const kind = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Engine for site.yar' })
  expect(kind.value).toBe('yara')
  await userEvent.selectOptions(kind, 'ClamAV')
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Engine for site.yar' }).value).toBe('clamav')
  expect(screen.getAllByRole('combobox')).toHaveLength(1)
})

test('replaces a file with the same name', async () => {
  await renderPage()
  await selectFiles('daily.cvd')
  await selectFiles('daily.cvd')
  expect(screen.getAllByRole('listitem', { name: '' }).filter((item) => item.textContent?.startsWith('daily.cvd'))).toHaveLength(1)
})

test('shows the commands for guardimesh and kubectl cp', async () => {
  await renderPage()
  expect(screen.getByText(/^guardimesh signatures push/)).toBeTruthy()
  expect(screen.getByText('kubectl cp daily.cvd guardimesh-system/$POD:/signatures/incoming/daily.cvd')).toBeTruthy()
})

test.each([
  {
    server: { trustedKeys: [], acceptsUnsigned: false },
    texts: [/^Only files with a verifiable signature/, /^No bundle signing key is trusted/],
  },
  { server: { trustedKeys: ['SHA256:abc'], acceptsUnsigned: true }, texts: [/^Unsigned files are accepted/, 'SHA256:abc'] },
])('explains which files are accepted: $texts', async ({ server, texts }) => {
  await renderPage({ server })
  for (const text of texts) expect(screen.getByText(text)).toBeTruthy()
})

test('lists imported files and removes them after confirmation', async () => {
  await renderPage()
  await userEvent.click(screen.getByRole('button', { name: 'Remove clamav/site-blocklist.hsb' }))
  const dialog = await screen.findByRole('dialog', { name: 'Remove clamav/site-blocklist.hsb?' })
  expect(within(dialog).getByText(/built without this file/)).toBeTruthy()
  vi.mocked(globalThis.fetch).mockClear()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove' }))
  const [address, request] = vi.mocked(globalThis.fetch).mock.calls[0] ?? []
  expect(address).toBe('/api/signatures/imports')
  expect(request).toMatchObject({ method: 'POST', body: JSON.stringify({ remove: ['clamav/site-blocklist.hsb'] }) })
})

test('explains to viewers why imports are disabled', async () => {
  await renderPage({ role: 'viewer' })
  expect(await screen.findByText('Only signature managers and administrators can change signatures.')).toBeTruthy()
  expect((await selectButton()).hasAttribute('disabled')).toBe(true)
})
