import type { CustomSignatures, SignatureImport, SignaturesView } from '@guardimesh/contracts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../../mock-api/answer.js'
import { someCustomSignatures } from '../../../../mock-api/fixtures/signature-parts.js'
import { anImport, someSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { answerWith, sessionOf } from '../../../../test/answers.js'
import { dataIsDrawn, renderInConsole } from '../../../../test/render.js'
import { CustomPage } from './CustomPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const A = 'a'.repeat(64)

/** A backend that keeps custom signatures and gives the import of each change the given end. */
async function draw(address: string, { role = 'administrator' as 'administrator' | 'viewer', end = {}, answers = {} }: DrawOptions = {}) {
  const view = someSignatures(Date.now())
  let custom = someCustomSignatures(Date.now())
  const imports: SignatureImport[] = []
  const status = (): SignaturesView => ({
    ...view,
    server: view.server && { ...view.server, imports, customRevision: custom.revision },
  })
  const edge = answerWith({
    '/api/session': sessionOf(role),
    'GET /api/signatures/custom': () => custom,
    'PUT /api/signatures/custom': () => {
      imports.unshift(anImport({ importId: 'mine', source: 'change', files: [], ...end }))
      const put = edge.asked.at(-1)?.body as CustomSignatures
      if (imports[0]?.state === 'published') custom = { ...put, revision: put.revision + 1 }
      return { importId: 'mine' }
    },
    '/api/signatures': status,
    ...answers,
  })
  const drawn = renderInConsole(<CustomPage />, address)
  await waitFor(() => dataIsDrawn())
  await screen.findByRole('navigation', { name: 'Lists of custom signatures' })
  return { ...drawn, ...edge }
}
interface DrawOptions {
  role?: 'administrator' | 'viewer'
  end?: Partial<SignatureImport>
  answers?: Record<string, unknown>
}

async function addHash(name = 'Site.Miner') {
  await userEvent.click(await screen.findByRole('button', { name: 'Add a hash' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add a hash' })
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'SHA-256 or MD5' }), A.toUpperCase())
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Name of the signature' }), name)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add to the list' }))
  await screen.findByRole('region', { name: 'Changes that are not saved' })
}

test('a hash is added, tried against what was seen, saved, and in force when it is published', async () => {
  const answers = {
    '/api/signatures/dry-run': { matches: [{ hash: A, sightings: 3, firstSeenAt: '2026-03-01T00:00:00.000Z' }] },
  }
  const { asked } = await draw('/signatures/custom', { answers })
  await addHash()
  const bar = screen.getByRole('region', { name: 'Changes that are not saved' })
  expect(bar.textContent).toContain('1 added')
  await userEvent.click(within(bar).getByRole('button', { name: 'Dry run of 1 hash' }))
  const table = await screen.findByRole('table', { name: 'What the hashes would have found' })
  expect(within(table).getByText('Site.Miner')).toBeTruthy()
  expect(within(table).getByRole('link', { name: A }).getAttribute('href')).toBe(`/sightings/${A}`)
  await userEvent.click(within(bar).getByRole('button', { name: 'Save and publish' }))
  expect(await screen.findByText('Proved and published')).toBeTruthy()
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Changes that are not saved' })).toBeNull())
  expect(screen.getByText('Site.Miner')).toBeTruthy()
  const put = asked.find(({ method }) => method === 'PUT')?.body as CustomSignatures
  expect(put.revision).toBe(7)
  expect(put.hashes[0]).toMatchObject({ hash: A, name: 'Site.Miner', sizeBytes: null })
  expect(put.hashes).toHaveLength(65)
})

test('what is wrong with an entry stands at its field', async () => {
  await draw('/signatures/custom')
  await userEvent.click(await screen.findByRole('button', { name: 'Add a hash' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'SHA-256 or MD5' }), 'abc')
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Name of the signature' }), 'two words')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add to the list' }))
  expect(await within(dialog).findByText('Give a SHA-256 (64 hexadecimal digits) or an MD5 (32)')).toBeTruthy()
  expect(within(dialog).getByText(/Letters, digits and/)).toBeTruthy()
})

test('many hashes are pasted; lines that say none are told and left out', async () => {
  await draw('/signatures/custom')
  await userEvent.click(await screen.findByRole('button', { name: 'Paste many' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('textbox', { name: 'Hashes, one a line' }))
  await userEvent.paste(`${A} Site.One\nnonsense\n${'b'.repeat(32)}\n${A}`)
  expect(within(dialog).getByText('2 hashes read. 1 line repeats one.')).toBeTruthy()
  expect(within(dialog).getByText('1 line cannot be read and is left out')).toBeTruthy()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add 2 hashes' }))
  expect((await screen.findByRole('region', { name: 'Changes that are not saved' })).textContent).toContain('2 added')
})

test('an address with a hash opens the dialog filled in: the way from a finding', async () => {
  const { router } = await draw(`/signatures/custom?list=ignored-files&hash=${A}&reason=seen+in+shop`)
  const dialog = await screen.findByRole('dialog', { name: 'Ignore a file' })
  expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'SHA-256' }).value).toBe(A)
  expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Reason' }).value).toBe('seen in shop')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add to the list' }))
  await screen.findByRole('region', { name: 'Changes that are not saved' })
  expect(router.state.location.search).toBe('?list=ignored-files')
})

test('rules that do not compile: the refusal stands at the editor, and the draft stays', async () => {
  const refused = { state: 'refused', check: 'rules', message: 'site-webshells.yar: line 3: unexpected word.', generation: '' } as const
  await draw('/signatures/custom?list=rules', { end: refused })
  const editor = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Rules' })
  await userEvent.clear(editor)
  await userEvent.type(editor, 'rule broken')
  await userEvent.click(await screen.findByRole('button', { name: 'Save and publish' }))
  expect((await screen.findByRole('alert')).textContent).toContain('line 3: unexpected word.')
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Rules' }).value).toBe('rule broken')
  expect(screen.getByRole('region', { name: 'Changes that are not saved' }).textContent).toContain('1 changed')
})

test('a file of rules is added, and needs a name that can be saved', async () => {
  await draw('/signatures/custom?list=rules')
  await userEvent.click(await screen.findByRole('button', { name: 'New file of rules' }))
  const name = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of the file' })
  expect(name.value).toBe('site-rules-1')
  await userEvent.type(name, ' X')
  const save = screen.getByRole('button', { name: 'Save and publish' })
  expect(save.hasAttribute('disabled')).toBe(true)
  expect(save.title).toMatch(/Small letters/)
})

test('somebody else saved meanwhile: mine is saved over theirs when I say so', async () => {
  const conflict = problem('SIGNATURES_CHANGED', 'the custom signatures have revision 8')
  let isFirst = true
  const put = () => {
    if (!isFirst) return { importId: 'x' }
    isFirst = false
    return conflict
  }
  const { asked } = await draw('/signatures/custom', { answers: { 'PUT /api/signatures/custom': put } })
  await addHash()
  await userEvent.click(screen.getByRole('button', { name: 'Save and publish' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Somebody else changed the custom signatures')
  await userEvent.click(screen.getByRole('button', { name: 'Save mine over theirs' }))
  await waitFor(() => expect(asked.filter(({ method }) => method === 'PUT')).toHaveLength(2))
})

test('shows the message of a full import queue instead of a conflict', async () => {
  const full = problem('IMPORT_QUEUE_FULL', 'The import queue is full (50 imports). Retry when some have finished.')
  await draw('/signatures/custom', { answers: { 'PUT /api/signatures/custom': full } })
  await addHash()
  await userEvent.click(screen.getByRole('button', { name: 'Save and publish' }))
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('The import queue is full (50 imports). Retry when some have finished.')
  expect(alert.textContent).not.toContain('Somebody else')
})

test('or mine is dropped', async () => {
  const conflict = problem('SIGNATURES_CHANGED', 'the custom signatures have revision 8')
  await draw('/signatures/custom', { answers: { 'PUT /api/signatures/custom': conflict } })
  await addHash()
  await userEvent.click(screen.getByRole('button', { name: 'Save and publish' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Show theirs, drop mine' }))
  await waitFor(() => expect(screen.queryByText('Site.Miner')).toBeNull())
  expect(screen.queryByRole('region', { name: 'Changes that are not saved' })).toBeNull()
})

test('changes are not lost by leaving: that is asked first, going between lists is not', async () => {
  const { router } = await draw('/signatures/custom')
  await addHash()
  await userEvent.click(screen.getByRole('link', { name: /Ignored files/ }))
  expect(router.state.location.search).toBe('?list=ignored-files')
  await userEvent.click(screen.getByRole('link', { name: 'Overview' }))
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect(router.state.location.pathname).toBe('/signatures/custom')
})

test('entries are taken off and searched; undo brings them back', async () => {
  await draw('/signatures/custom?search=03-01')
  const rows = () => screen.queryAllByRole('row').length - 1
  expect(rows()).toBe(1)
  await userEvent.click(await screen.findByRole('button', { name: 'Take Site.Advisory.2026-03-01 off the list' }))
  expect(screen.getByText('Nothing under this search.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Undo my changes' }))
  expect(rows()).toBe(1)
})

test('a viewer reads, and is told why nothing can be changed', async () => {
  await draw('/signatures/custom', { role: 'viewer' })
  expect(await screen.findByText('Only administrators change signatures.')).toBeTruthy()
  for (const name of ['Add a hash', 'Paste many', 'Take Site.Advisory.2026-03-01 off the list'])
    expect(screen.getByRole('button', { name }).hasAttribute('disabled')).toBe(true)
})

test('a viewer with an address that fills a dialog in gets none', async () => {
  await draw(`/signatures/custom?hash=${A}`, { role: 'viewer' })
  expect(await screen.findByText('Only administrators change signatures.')).toBeTruthy()
  expect(screen.queryByRole('dialog')).toBeNull()
})
