import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { someSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { answerWith, sessionOf } from '../../../../test/answers.js'
import { dataIsDrawn, renderInConsole } from '../../../../test/render.js'
import { ImportPage } from './ImportPage.js'
import { reset } from './import-store.js'

// Sending itself is tried with a real browser: test/e2e/signatures.e2e.ts.
vi.spyOn(globalThis, 'fetch')
afterEach(() => {
  vi.mocked(globalThis.fetch).mockReset()
  reset()
})

async function draw({ role = 'administrator' as 'administrator' | 'viewer', server = {} } = {}) {
  const view = someSignatures(Date.now())
  answerWith({
    '/api/session': sessionOf(role),
    '/api/signatures': { ...view, server: view.server && { ...view.server, ...server } },
  })
  renderInConsole(<ImportPage />, '/signatures/import')
  await waitFor(() => dataIsDrawn())
}
const chooseButton = () => screen.findByRole('button', { name: 'Choose files' })
async function choose(...names: string[]) {
  await chooseButton()
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('there is no field for files')
  await userEvent.upload(
    input,
    names.map((name) => new File(['x'.repeat(2048)], name)),
  )
}

test('files are chosen, listed with their size, and taken away again', async () => {
  await draw()
  await choose('daily.cvd', 'site.hsb')
  const list = screen.getByRole('list', { name: 'Chosen files' })
  expect(within(list).getAllByRole('listitem')).toHaveLength(2)
  expect(screen.getByText('2 files, 4.0 KiB; 0 sent')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Send and bring in 2 files' })).toBeTruthy()
  await userEvent.click(within(list).getByRole('button', { name: 'Take site.hsb away' }))
  expect(within(list).getAllByRole('listitem')).toHaveLength(1)
})

test('what rules are for is asked, of nothing else', async () => {
  await draw()
  await choose('site.yar', 'daily.cvd')
  const kind = screen.getByRole<HTMLSelectElement>('combobox', { name: 'What site.yar is for' })
  expect(kind.value).toBe('yara')
  await userEvent.selectOptions(kind, 'For ClamAV')
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'What site.yar is for' }).value).toBe('clamav')
  expect(screen.getAllByRole('combobox')).toHaveLength(1)
})

test('a file that is chosen again takes the place of the earlier', async () => {
  await draw()
  await choose('daily.cvd')
  await choose('daily.cvd')
  expect(screen.getAllByRole('listitem', { name: '' }).filter((item) => item.textContent?.startsWith('daily.cvd'))).toHaveLength(1)
})

test('the other ways stay: guardimesh, and kubectl cp', async () => {
  await draw()
  expect(screen.getByText(/^guardimesh signatures push/)).toBeTruthy()
  expect(screen.getByText('kubectl cp daily.cvd guardimesh-system/$POD:/signatures/incoming/daily.cvd')).toBeTruthy()
})

test.each([
  {
    server: { trustedKeys: [], acceptsUnsigned: false },
    texts: [/^Only files whose signature can be checked/, /^No key for bundles is trusted/],
  },
  { server: { trustedKeys: ['SHA256:abc'], acceptsUnsigned: true }, texts: [/carry no signature are taken, too/, 'SHA256:abc'] },
])('whose files are taken is said: $texts', async ({ server, texts }) => {
  await draw({ server })
  for (const text of texts) expect(screen.getByText(text)).toBeTruthy()
})

test('what was brought in is listed, and taken out once that is confirmed', async () => {
  await draw()
  await userEvent.click(screen.getByRole('button', { name: 'Take out clamav/site-blocklist.hsb' }))
  const dialog = await screen.findByRole('dialog', { name: 'Take out clamav/site-blocklist.hsb?' })
  expect(within(dialog).getByText(/made without it/)).toBeTruthy()
  vi.mocked(globalThis.fetch).mockClear()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Take out' }))
  const [address, request] = vi.mocked(globalThis.fetch).mock.calls[0] ?? []
  expect(address).toBe('/api/signatures/imports')
  expect(request).toMatchObject({ method: 'POST', body: JSON.stringify({ remove: ['clamav/site-blocklist.hsb'] }) })
})

test('a viewer cannot bring files in and is told why', async () => {
  await draw({ role: 'viewer' })
  expect(await screen.findByText('Only administrators change signatures.')).toBeTruthy()
  expect((await chooseButton()).hasAttribute('disabled')).toBe(true)
})
