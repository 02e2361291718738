import type { SignaturesView } from '@guardimesh/contracts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../../mock-api/answer.js'
import { someAlerts } from '../../../../mock-api/fixtures/signature-parts.js'
import { anImport, canarySignatures, someSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { mockFetch, sessionOf } from '../../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../../testing/render.js'
import { HistoryPage } from './HistoryPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

async function renderPage(view: SignaturesView, { role = 'administrator' as 'administrator' | 'viewer', answers = {} } = {}) {
  const recorded = mockFetch({
    '/api/session': sessionOf(role),
    '/api/signatures/alerts': { items: someAlerts(Date.now()) },
    'POST /api/signatures/rollback': view.server,
    'PUT /api/signatures/settings': view.server,
    '/api/signatures': view,
    ...answers,
  })
  const rendered = renderInConsole(<HistoryPage />, '/signatures/history')
  await waitFor(() => waitForData())
  return { ...rendered, ...recorded }
}

function withImports(...imports: ReturnType<typeof anImport>[]): SignaturesView {
  const view = someSignatures(Date.now())
  return { ...view, server: view.server && { ...view.server, imports } }
}

test('explains a rollback and asks for the reason', async () => {
  const { requests } = await renderPage(someSignatures(Date.now()))
  await userEvent.click(await screen.findByRole('button', { name: 'Roll back to 20260227-0300' }))
  const dialog = await screen.findByRole('dialog', { name: 'Roll back to 20260227-0300?' })
  expect(dialog.textContent).toContain('3 reporting nodes switch to it immediately')
  expect(within(dialog).getByRole('list', { name: 'Changes' }).textContent).toBe('daily.cvd: version 27816 → version 27814')
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'false positives')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Roll back' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(requests).toEqual([
    { method: 'POST', path: '/api/signatures/rollback', body: { generation: '20260227-0300', reason: 'false positives' } },
  ])
})

test('keeps the dialog open with an error after a conflict', async () => {
  const conflict = problem('SIGNATURES_CHANGED', 'another generation became active in the meantime')
  await renderPage(someSignatures(Date.now()), { answers: { 'POST /api/signatures/rollback': conflict } })
  await userEvent.click(await screen.findByRole('button', { name: 'Roll back to 20260227-0300' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Roll back' }))
  expect((await within(screen.getByRole('dialog')).findByRole('alert')).textContent).toContain('Another generation became active')
})

test('names the rollout that a rollback ends, and activates newer generations', async () => {
  await renderPage(canarySignatures(Date.now(), 'held'))
  const row = screen.getByRole('row', { name: /^20260302-0300/ })
  expect(within(row).getByText('Held')).toBeTruthy()
  expect(within(row).getByRole('button').textContent).toBe('Activate')
  await userEvent.click(await screen.findByRole('button', { name: 'Roll back to 20260227-0300' }))
  expect((await screen.findByRole('dialog')).textContent).toContain('The rollout of 20260302-0300 ends.')
})

test('pins the active generation and keeps all other settings', async () => {
  const view = someSignatures(Date.now())
  const { requests } = await renderPage(view)
  await userEvent.click(await screen.findByRole('button', { name: 'Pin active generation' }))
  const dialog = await screen.findByRole('dialog', { name: 'Pin the active generation?' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Pin active generation' }))
  await waitFor(() => expect(requests[0]?.body).toEqual({ ...view.server?.settings, pinned: true }))
})

test.each([
  {
    name: 'viewers',
    role: 'viewer',
    view: someSignatures(Date.now()),
    reason: 'Only signature managers and administrators can change signatures.',
  },
  {
    name: 'a backend without the key',
    role: 'administrator',
    view: { ...someSignatures(Date.now()), canChange: false },
    reason: /no management key/,
  },
] as const)('explains why rollback is disabled for $name', async ({ role, view, reason }) => {
  await renderPage(view, { role })
  expect(await screen.findByText(reason)).toBeTruthy()
  for (const name of ['Roll back to 20260227-0300', 'Pin active generation'])
    expect(screen.getByRole('button', { name }).hasAttribute('disabled')).toBe(true)
})

test('shows user, method and signing key of imports', async () => {
  await renderPage(
    withImports(
      anImport({ importId: 'a', source: 'upload', importedBy: 'ann@guardimesh.local', signedBy: 'SHA256:abc' }),
      anImport({ importId: 'b', source: 'change', files: [], importedBy: 'bob@guardimesh.local' }),
      anImport({ importId: 'c', state: 'refused', check: 'golden-set', message: 'It matches /bin/ls.', generation: '' }),
    ),
  )
  const rows = within(screen.getByRole('table', { name: 'Imports' }))
    .getAllByRole('row')
    .slice(1)
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/Published.*ann@guardimesh.local.*Uploaded.*Signed by SHA256:abc.*Published as generation 20260301-0300/),
    expect.stringMatching(/Custom signatures or profile.*bob@guardimesh.local.*Changed in the console/),
    expect.stringMatching(/Rejected.*Copied into incoming.*Rejected by check golden-set.*It matches \/bin\/ls/),
  ])
})

test('lists what an import contains in part only', async () => {
  const notice = 'ClamAV skips 1 of 2 signatures in partner.yar: YARA.Short (string is too short).'
  await renderPage(withImports(anImport({ notices: [notice] })))
  expect(within(screen.getByRole('list', { name: 'Imported in part' })).getByText(notice)).toBeTruthy()
})

test('shows the latest imports first and all on request', async () => {
  await renderPage(withImports(...Array.from({ length: 20 }, (_, index) => anImport({ importId: `i${index}` }))))
  const rows = () => within(screen.getByRole('table', { name: 'Imports' })).getAllByRole('row').length - 1
  expect(rows()).toBe(8)
  await userEvent.click(screen.getByRole('button', { name: 'Show all 20' }))
  expect(rows()).toBe(20)
})

test('keeps resolved alerts in the history', async () => {
  await renderPage(someSignatures(Date.now()))
  const rows = within(await screen.findByRole('table', { name: 'Alerts' }))
    .getAllByRole('row')
    .slice(1)
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/Generation rejected by nodes.*Open/),
    expect.stringMatching(/Signatures outdated.*3h ago/),
  ])
})
