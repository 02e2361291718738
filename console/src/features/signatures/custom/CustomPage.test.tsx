import type { CustomSignatures, SignatureImport, SignaturesView } from '@guardimesh/contracts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../../mock-api/answer.js'
import { someCustomSignatures } from '../../../../mock-api/fixtures/signature-parts.js'
import { anImport, someSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { mockFetch, sessionOf } from '../../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../../testing/render.js'
import { CustomPage } from './CustomPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const A = 'a'.repeat(64)

/** Mocks a backend that stores custom signatures; the import of each change ends with `end`. */
async function renderPage(
  address: string,
  { role = 'administrator' as 'administrator' | 'viewer', end = {}, answers = {} }: RenderOptions = {},
) {
  const view = someSignatures(Date.now())
  let custom = someCustomSignatures(Date.now())
  const imports: SignatureImport[] = []
  const status = (): SignaturesView => ({
    ...view,
    server: view.server && { ...view.server, imports, customRevision: custom.revision },
  })
  const recorded = mockFetch({
    '/api/session': sessionOf(role),
    'GET /api/signatures/custom': () => custom,
    'PUT /api/signatures/custom': () => {
      imports.unshift(anImport({ importId: 'mine', source: 'change', files: [], ...end }))
      const put = recorded.requests.at(-1)?.body as CustomSignatures
      if (imports[0]?.state === 'published') custom = { ...put, revision: put.revision + 1 }
      return { importId: 'mine' }
    },
    '/api/signatures': status,
    ...answers,
  })
  const rendered = renderInConsole(<CustomPage />, address)
  await waitFor(() => waitForData())
  await screen.findByRole('navigation', { name: 'Custom signature lists' })
  return { ...rendered, ...recorded }
}
interface RenderOptions {
  role?: 'administrator' | 'viewer'
  end?: Partial<SignatureImport>
  answers?: Record<string, unknown>
}

async function addHash(name = 'Site.Miner') {
  await userEvent.click(await screen.findByRole('button', { name: 'Add hash' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add hash' })
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'SHA-256 or MD5' }), A.toUpperCase())
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Signature name' }), name)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add to list' }))
  await screen.findByRole('region', { name: 'Unsaved changes' })
}

test('adds a hash, runs a dry run, saves and publishes it', async () => {
  const answers = {
    '/api/signatures/dry-run': { matches: [{ hash: A, sightings: 3, firstSeenAt: '2026-03-01T00:00:00.000Z' }] },
  }
  const { requests } = await renderPage('/signatures/custom', { answers })
  await addHash()
  const bar = screen.getByRole('region', { name: 'Unsaved changes' })
  expect(bar.textContent).toContain('1 added')
  await userEvent.click(within(bar).getByRole('button', { name: 'Dry run of 1 hash' }))
  const table = await screen.findByRole('table', { name: 'Matching sightings' })
  expect(within(table).getByText('Site.Miner')).toBeTruthy()
  expect(within(table).getByRole('link', { name: A }).getAttribute('href')).toBe(`/sightings/${A}`)
  await userEvent.click(within(bar).getByRole('button', { name: 'Save and publish' }))
  expect(await screen.findByText('Verified and published')).toBeTruthy()
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull())
  expect(screen.getByText('Site.Miner')).toBeTruthy()
  const put = requests.find(({ method }) => method === 'PUT')?.body as CustomSignatures
  expect(put.revision).toBe(7)
  expect(put.hashes[0]).toMatchObject({ hash: A, name: 'Site.Miner', sizeBytes: null })
  expect(put.hashes).toHaveLength(65)
})

test('shows errors next to their fields', async () => {
  await renderPage('/signatures/custom')
  await userEvent.click(await screen.findByRole('button', { name: 'Add hash' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'SHA-256 or MD5' }), 'abc')
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Signature name' }), 'two words')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add to list' }))
  expect(await within(dialog).findByText('Enter a SHA-256 (64 hexadecimal digits) or an MD5 (32 hexadecimal digits)')).toBeTruthy()
  expect(within(dialog).getByText(/Use letters, digits and/)).toBeTruthy()
})

test('adds hashes in bulk and reports invalid lines', async () => {
  await renderPage('/signatures/custom')
  await userEvent.click(await screen.findByRole('button', { name: 'Add in bulk' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('textbox', { name: 'One hash per line' }))
  await userEvent.paste(`${A} Site.One\nnonsense\n${'b'.repeat(32)}\n${A}`)
  expect(within(dialog).getByText('2 hashes recognized. 1 duplicate line.')).toBeTruthy()
  expect(within(dialog).getByText('1 invalid line skipped')).toBeTruthy()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add 2 hashes' }))
  expect((await screen.findByRole('region', { name: 'Unsaved changes' })).textContent).toContain('2 added')
})

test('opens the dialog filled in from the URL, as linked from a finding', async () => {
  const { router } = await renderPage(`/signatures/custom?list=ignored-files&hash=${A}&reason=seen+in+shop`)
  const dialog = await screen.findByRole('dialog', { name: 'Ignore file' })
  expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'SHA-256' }).value).toBe(A)
  expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Reason' }).value).toBe('seen in shop')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add to list' }))
  await screen.findByRole('region', { name: 'Unsaved changes' })
  expect(router.state.location.search).toBe('?list=ignored-files')
})

test('shows a compiler error at the editor and keeps the draft', async () => {
  const refused = { state: 'refused', check: 'rules', message: 'site-webshells.yar: line 3: unexpected word.', generation: '' } as const
  await renderPage('/signatures/custom?list=rules', { end: refused })
  const editor = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Rules' })
  await userEvent.clear(editor)
  await userEvent.type(editor, 'rule broken')
  await userEvent.click(await screen.findByRole('button', { name: 'Save and publish' }))
  expect((await screen.findByRole('alert')).textContent).toContain('line 3: unexpected word.')
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Rules' }).value).toBe('rule broken')
  expect(screen.getByRole('region', { name: 'Unsaved changes' }).textContent).toContain('1 changed')
})

test('adds a rule file and requires a valid name', async () => {
  await renderPage('/signatures/custom?list=rules')
  await userEvent.click(await screen.findByRole('button', { name: 'New rule file' }))
  const name = screen.getByRole<HTMLInputElement>('textbox', { name: 'File name' })
  expect(name.value).toBe('site-rules-1')
  await userEvent.type(name, ' X')
  const save = screen.getByRole('button', { name: 'Save and publish' })
  expect(save.hasAttribute('disabled')).toBe(true)
  expect(save.title).toMatch(/Use lower-case letters/)
})

test('overwrites the changes of another user on request', async () => {
  const conflict = problem('SIGNATURES_CHANGED', 'the custom signatures have revision 8')
  let isFirst = true
  const put = () => {
    if (!isFirst) return { importId: 'x' }
    isFirst = false
    return conflict
  }
  const { requests } = await renderPage('/signatures/custom', { answers: { 'PUT /api/signatures/custom': put } })
  await addHash()
  await userEvent.click(screen.getByRole('button', { name: 'Save and publish' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Another user changed the custom signatures')
  await userEvent.click(screen.getByRole('button', { name: 'Overwrite their changes' }))
  await waitFor(() => expect(requests.filter(({ method }) => method === 'PUT')).toHaveLength(2))
})

test('shows the message of a full import queue instead of a conflict', async () => {
  const full = problem('IMPORT_QUEUE_FULL', 'The import queue is full (50 imports). Retry when some have finished.')
  await renderPage('/signatures/custom', { answers: { 'PUT /api/signatures/custom': full } })
  await addHash()
  await userEvent.click(screen.getByRole('button', { name: 'Save and publish' }))
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('The import queue is full (50 imports). Retry when some have finished.')
  expect(alert.textContent).not.toContain('Another user')
})

test('discards the own changes after a conflict', async () => {
  const conflict = problem('SIGNATURES_CHANGED', 'the custom signatures have revision 8')
  await renderPage('/signatures/custom', { answers: { 'PUT /api/signatures/custom': conflict } })
  await addHash()
  await userEvent.click(screen.getByRole('button', { name: 'Save and publish' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Discard my changes' }))
  await waitFor(() => expect(screen.queryByText('Site.Miner')).toBeNull())
  expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull()
})

test('asks before unsaved changes are lost, but not between the lists', async () => {
  const { router } = await renderPage('/signatures/custom')
  await addHash()
  await userEvent.click(screen.getByRole('link', { name: /Ignored files/ }))
  expect(router.state.location.search).toBe('?list=ignored-files')
  await userEvent.click(screen.getByRole('link', { name: 'Overview' }))
  const dialog = await screen.findByRole('dialog', { name: 'Discard unsaved changes?' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Keep editing' }))
  expect(router.state.location.pathname).toBe('/signatures/custom')
})

test('searches and removes entries; discarding the changes restores them', async () => {
  await renderPage('/signatures/custom?search=03-01')
  const rows = () => screen.queryAllByRole('row').length - 1
  expect(rows()).toBe(1)
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Site.Advisory.2026-03-01' }))
  expect(screen.getByText('No entries match this search.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Discard changes' }))
  expect(rows()).toBe(1)
})

test('explains to viewers why changes are disabled', async () => {
  await renderPage('/signatures/custom', { role: 'viewer' })
  expect(await screen.findByText('Only signature managers and administrators can change signatures.')).toBeTruthy()
  for (const name of ['Add hash', 'Add in bulk', 'Remove Site.Advisory.2026-03-01'])
    expect(screen.getByRole('button', { name }).hasAttribute('disabled')).toBe(true)
})

test('does not open a dialog from the URL for viewers', async () => {
  await renderPage(`/signatures/custom?hash=${A}`, { role: 'viewer' })
  expect(await screen.findByText('Only signature managers and administrators can change signatures.')).toBeTruthy()
  expect(screen.queryByRole('dialog')).toBeNull()
})
