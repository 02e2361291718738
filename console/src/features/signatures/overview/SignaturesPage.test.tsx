import type { SignaturesView } from '@guardimesh/contracts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { anAlert } from '../../../../mock-api/fixtures/signature-parts.js'
import {
  absentSignatures,
  anImport,
  canarySignatures,
  EMPTY_SIGNATURES,
  someSignatures,
  unreachableSignatures,
} from '../../../../mock-api/fixtures/signatures.js'
import { FakeEventSource } from '../../../api/fake-event-source.fixture.js'
import { mockFetch, sessionOf } from '../../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../../testing/render.js'
import { SignaturesPage } from './SignaturesPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

interface RenderOptions {
  role?: 'administrator' | 'viewer'
  alerts?: ReturnType<typeof anAlert>[]
}

async function renderPage(view: SignaturesView, { role = 'administrator', alerts = [] }: RenderOptions = {}) {
  const recorded = mockFetch({
    '/api/session': sessionOf(role),
    '/api/signatures/alerts': { items: alerts },
    'POST /api/signatures/roll-out': view.server,
    'PUT /api/signatures/staleness': {},
    '/api/signatures': view,
  })
  const rendered = renderInConsole(<SignaturesPage />, '/signatures')
  await waitForData()
  return { ...rendered, ...recorded }
}

function withImports(...imports: ReturnType<typeof anImport>[]): SignaturesView {
  const view = someSignatures(Date.now())
  return { ...view, server: view.server && { ...view.server, imports } }
}

test('counts outdated nodes and links to them', async () => {
  await renderPage(someSignatures(Date.now()))
  expect(screen.getByText('3 of 4 reporting nodes have the active generation')).toBeTruthy()
  expect(screen.getByText('Some outdated')).toBeTruthy()
  const panel = screen.getByRole('region', { name: 'Node status' })
  expect(within(panel).getByRole('link', { name: '1 node' }).getAttribute('href')).toBe('/signatures/nodes?generation=20260227-0300')
  expect(within(panel).getByRole('link', { name: 'Show outdated nodes' }).getAttribute('href')).toBe('/signatures/nodes?outdated=true')
})

test('refetches when the event stream reports a change', async () => {
  await renderPage({ ...someSignatures(Date.now()), nodes: [] })
  expect([...FakeEventSource.all].map(({ url }) => url)).toEqual(['/api/findings/stream?events=signatures'])
  mockFetch({
    '/api/session': sessionOf('administrator'),
    '/api/signatures/alerts': { items: [] },
    '/api/signatures': { ...someSignatures(Date.now()), nodes: [{ generation: '20260301-0300', nodes: 2 }] },
  })
  FakeEventSource.send('signatures')
  expect(await screen.findByText('2 of 2 reporting nodes have the active generation')).toBeTruthy()
})

test('shows no warning when all nodes are up to date', async () => {
  await renderPage({ ...someSignatures(Date.now()), nodes: [{ generation: '20260301-0300', nodes: 2 }] })
  expect(screen.getByText('2 of 2 reporting nodes have the active generation')).toBeTruthy()
  expect(screen.getByText('Up to date')).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Show outdated nodes' })).toBeNull()
})

test('shows no warning for canary nodes with the new generation', async () => {
  await renderPage(canarySignatures(Date.now(), 'canary'))
  expect(screen.getByText("1 canary node already runs the rollout's generation.")).toBeTruthy()
  expect(screen.queryByText('Some outdated')).toBeNull()
})

test.each(['fresh', 'old', 'critical', 'unknown'] as const)('labels the age of the active generation: %s', async (state) => {
  await renderPage({ ...someSignatures(Date.now()), freshness: { state, newestBuiltAt: null } })
  const labels = { fresh: 'Fresh', old: 'Outdated', critical: 'Critical', unknown: 'Unknown age' }
  expect(within(screen.getByRole('region', { name: 'Active generation' })).getByText(labels[state])).toBeTruthy()
})

test('does not rate databases that rarely change', async () => {
  await renderPage(someSignatures(Date.now()))
  const rowOf = (name: string) => within(screen.getByRole('row', { name: new RegExp(`^${name}`) }))
  expect(rowOf('clamav/main.cvd').getByText('Rarely changes')).toBeTruthy()
  expect(rowOf('clamav/daily.cvd').getByText('Fresh')).toBeTruthy()
})

test('shows a rejected import until a later one is published', async () => {
  const refused = anImport({
    importId: 'r',
    state: 'refused',
    check: 'digital-signature',
    message: 'Download <b>main.cvd</b> again.',
    generation: '',
  })
  const { unmount } = await renderPage(withImports(refused))
  const alert = screen.getByRole('alert')
  expect(alert.textContent).toContain('Download <b>main.cvd</b> again.')
  expect(alert.textContent).toContain('Check: digital-signature')
  unmount()
  await renderPage(withImports(anImport({ importId: 'p' }), refused))
  expect(screen.queryByRole('alert')).toBeNull()
})

test.each([
  { name: 'the meaning of its state', changes: { message: '' }, text: 'Waiting for the copy to complete.' },
  { name: 'the reason for waiting', changes: { message: 'daily.cvd is still being copied.' }, text: 'daily.cvd is still being copied.' },
  { name: 'its progress', changes: { state: 'checking', progress: 'Loading 8 signatures.' }, text: 'Loading 8 signatures.' },
] as const)('shows an import in progress with $name', async ({ changes, text }) => {
  await renderPage(withImports(anImport({ state: 'waiting', endedAt: null, ...changes })))
  const panel = screen.getByRole('region', { name: 'Imports in progress' })
  expect(within(panel).getByText('daily.cvd')).toBeTruthy()
  expect(within(panel).getByText(text)).toBeTruthy()
})

test('shows open alerts, except those shown elsewhere on the page', async () => {
  await renderPage(someSignatures(Date.now()), {
    alerts: [
      anAlert({ alertId: 'a', kind: 'stale-critical', message: 'Import newer databases.' }),
      anAlert({ alertId: 'b', kind: 'stale-warning', message: 'This is resolved.', clearedAt: '2026-03-01T04:00:00.000Z' }),
      anAlert({ alertId: 'c', kind: 'import-refused', message: 'Shown above.' }),
    ],
  })
  expect((await screen.findByText('Import newer databases.')).closest('[role=status]')?.textContent).toContain(
    'Signatures critically outdated',
  )
  expect(screen.queryByText('This is resolved.')).toBeNull()
  expect(screen.queryByText('Shown above.')).toBeNull()
})

test.each([
  { state: 'canary', shown: 'Running on 2 canary nodes', action: 'Hold', name: 'hold' },
  { state: 'held', shown: 'Held on 2 canary nodes', action: 'Promote to all', name: 'promote' },
  { state: 'held', shown: '7 previously clean files were detected on node-a1', action: 'Discard', name: 'discard' },
] as const)('changes a rollout in state $state: $name', async ({ state, shown, action, name }) => {
  const { requests } = await renderPage(canarySignatures(Date.now(), state))
  const panel = screen.getByRole('region', { name: 'Rollout' })
  expect(panel.textContent).toContain(shown)
  await userEvent.click(await within(panel).findByRole('button', { name: action }))
  const dialog = await screen.findByRole('dialog', { name: /20260302-0300/ })
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Reason' }), ' reviewed ')
  await userEvent.click(within(dialog).getByRole('button', { name: action }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(requests).toEqual([
    { method: 'POST', path: '/api/signatures/roll-out', body: { action: name, generation: '20260302-0300', reason: 'reviewed' } },
  ])
})

test('explains to viewers why the rollout actions are disabled', async () => {
  await renderPage(canarySignatures(Date.now(), 'held'), { role: 'viewer' })
  const button = screen.getByRole('button', { name: 'Discard' })
  await waitFor(() => expect(button.title).toBe('Only signature managers and administrators can change signatures.'))
  expect(button.hasAttribute('disabled')).toBe(true)
})

test('edits the age thresholds and validates them', async () => {
  const { requests } = await renderPage(someSignatures(Date.now()))
  expect(screen.getByText('Warning after 72 hours, critical after 168 hours.')).toBeTruthy()
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }))
  const dialog = await screen.findByRole('dialog')
  const critical = within(dialog).getByRole('textbox', { name: 'Critical after' })
  await userEvent.clear(critical)
  await userEvent.type(critical, '48')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await within(dialog).findByText('The critical threshold must not be lower than the warning threshold')).toBeTruthy()
  await userEvent.clear(critical)
  await userEvent.type(critical, '96')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(requests[0]?.body).toEqual({ warnHours: 72, criticalHours: 96 }))
})

test('links to the import page while there are no signatures', async () => {
  await renderPage(EMPTY_SIGNATURES)
  expect(screen.getByRole('link', { name: 'Import signatures' }).getAttribute('href')).toBe('/signatures/import')
})

test.each([
  { name: 'absent', view: absentSignatures(), role: 'status', text: /no signature server.*SIGNATURES_SOURCE_FOLDER/ },
  { name: 'unreachable', view: unreachableSignatures(), role: 'alert', text: /unreachable.*timed out after 5,000 ms/ },
])('explains the state $name and still shows what nodes have loaded', async ({ view, role, text }) => {
  await renderPage(view)
  expect(screen.getByRole(role).textContent).toMatch(text)
  expect(within(screen.getByRole('region', { name: 'Node status' })).getByText('20260301-0300')).toBeTruthy()
  expect(screen.queryByText(/have the active generation/)).toBeNull()
})
