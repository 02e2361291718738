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
import { answerWith, sessionOf } from '../../../../test/answers.js'
import { FakeEventSource } from '../../../../test/fake-event-source.js'
import { dataIsDrawn, renderInConsole } from '../../../../test/render.js'
import { SignaturesPage } from './SignaturesPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

interface Drawn {
  role?: 'administrator' | 'viewer'
  alerts?: ReturnType<typeof anAlert>[]
}

async function draw(view: SignaturesView, { role = 'administrator', alerts = [] }: Drawn = {}) {
  const edge = answerWith({
    '/api/session': sessionOf(role),
    '/api/signatures/alerts': { items: alerts },
    'POST /api/signatures/roll-out': view.server,
    'PUT /api/signatures/staleness': {},
    '/api/signatures': view,
  })
  const drawn = renderInConsole(<SignaturesPage />, '/signatures')
  await dataIsDrawn()
  return { ...drawn, ...edge }
}

function withImports(...imports: ReturnType<typeof anImport>[]): SignaturesView {
  const view = someSignatures(Date.now())
  return { ...view, server: view.server && { ...view.server, imports } }
}

test('nodes that lag are counted, and each count leads to its nodes', async () => {
  await draw(someSignatures(Date.now()))
  expect(screen.getByText('3 of 4 reporting nodes have the live generation')).toBeTruthy()
  expect(screen.getByText('Nodes lag behind')).toBeTruthy()
  const panel = screen.getByRole('region', { name: 'On the nodes' })
  expect(within(panel).getByRole('link', { name: '1 node' }).getAttribute('href')).toBe('/signatures/nodes?generation=20260227-0300')
  expect(within(panel).getByRole('link', { name: 'Show the nodes without it' }).getAttribute('href')).toBe('/signatures/nodes?behind=true')
})

test('refetches when the event stream reports a change', async () => {
  await draw({ ...someSignatures(Date.now()), nodes: [] })
  expect([...FakeEventSource.all].map(({ url }) => url)).toEqual(['/api/findings/stream?events=signatures'])
  answerWith({
    '/api/session': sessionOf('administrator'),
    '/api/signatures/alerts': { items: [] },
    '/api/signatures': { ...someSignatures(Date.now()), nodes: [{ generation: '20260301-0300', nodes: 2 }] },
  })
  FakeEventSource.send('signatures')
  expect(await screen.findByText('2 of 2 reporting nodes have the live generation')).toBeTruthy()
})

test('when all nodes have the live generation, nothing warns', async () => {
  await draw({ ...someSignatures(Date.now()), nodes: [{ generation: '20260301-0300', nodes: 2 }] })
  expect(screen.getByText('2 of 2 reporting nodes have the live generation')).toBeTruthy()
  expect(screen.getByText('All have it')).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Show the nodes without it' })).toBeNull()
})

test('canary nodes are ahead, which is no reason to warn', async () => {
  await draw(canarySignatures(Date.now(), 'canary'))
  expect(screen.getByText('1 canary node is ahead with the generation that is rolled out.')).toBeTruthy()
  expect(screen.queryByText('Nodes lag behind')).toBeNull()
})

test.each(['fresh', 'old', 'critical', 'unknown'] as const)('how fresh the live generation is stands in words: %s', async (state) => {
  await draw({ ...someSignatures(Date.now()), freshness: { state, newestBuiltAt: null } })
  const words = { fresh: 'Fresh', old: 'Old', critical: 'Far too old', unknown: 'Age not known' }
  expect(within(screen.getByRole('region', { name: 'Live generation' })).getByText(words[state])).toBeTruthy()
})

test('databases that hardly ever change are not called old', async () => {
  await draw(someSignatures(Date.now()))
  const rowOf = (name: string) => within(screen.getByRole('row', { name: new RegExp(`^${name}`) }))
  expect(rowOf('clamav/main.cvd').getByText('Rarely changes')).toBeTruthy()
  expect(rowOf('clamav/daily.cvd').getByText('Fresh')).toBeTruthy()
})

test('a refusal stands out with its check and what to do, until something is published', async () => {
  const refused = anImport({
    importId: 'r',
    state: 'refused',
    check: 'digital-signature',
    message: 'Fetch <b>main.cvd</b> again.',
    generation: '',
  })
  const { unmount } = await draw(withImports(refused))
  const alert = screen.getByRole('alert')
  expect(alert.textContent).toContain('Fetch <b>main.cvd</b> again.')
  expect(alert.textContent).toContain('Check: digital-signature')
  unmount()
  await draw(withImports(anImport({ importId: 'p' }), refused))
  expect(screen.queryByRole('alert')).toBeNull()
})

test.each([
  { name: 'in words of its state', changes: { message: '' }, text: 'Waits until the copy is whole.' },
  { name: 'why it waits', changes: { message: 'daily.cvd still grows.' }, text: 'daily.cvd still grows.' },
  { name: 'what is being done', changes: { state: 'checking', progress: 'Loading 8 signatures.' }, text: 'Loading 8 signatures.' },
] as const)('what is under way says so: $name', async ({ changes, text }) => {
  await draw(withImports(anImport({ state: 'waiting', endedAt: null, ...changes })))
  const panel = screen.getByRole('region', { name: 'Under way' })
  expect(within(panel).getByText('daily.cvd')).toBeTruthy()
  expect(within(panel).getByText(text)).toBeTruthy()
})

test('alerts are shown while they are open; those that stand here already are not shown twice', async () => {
  await draw(someSignatures(Date.now()), {
    alerts: [
      anAlert({ alertId: 'a', kind: 'stale-critical', message: 'Bring newer ones in.' }),
      anAlert({ alertId: 'b', kind: 'stale-warning', message: 'That is over.', clearedAt: '2026-03-01T04:00:00.000Z' }),
      anAlert({ alertId: 'c', kind: 'import-refused', message: 'Said above.' }),
    ],
  })
  expect((await screen.findByText('Bring newer ones in.')).closest('[role=status]')?.textContent).toContain('Signatures are far too old')
  expect(screen.queryByText('That is over.')).toBeNull()
  expect(screen.queryByText('Said above.')).toBeNull()
})

test.each([
  { state: 'canary', shown: 'On 2 canary nodes first', action: 'Hold', name: 'hold' },
  { state: 'held', shown: 'Goes no further than 2 canary nodes', action: 'Promote to all', name: 'promote' },
  { state: 'held', shown: '7 files were detected on node-a1', action: 'Discard', name: 'discard' },
] as const)('a roll-out that is $state can be changed: $name', async ({ state, shown, action, name }) => {
  const { asked } = await draw(canarySignatures(Date.now(), state))
  const panel = screen.getByRole('region', { name: 'Roll-out' })
  expect(panel.textContent).toContain(shown)
  await userEvent.click(await within(panel).findByRole('button', { name: action }))
  const dialog = await screen.findByRole('dialog', { name: /20260302-0300/ })
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Reason' }), ' looked at ')
  await userEvent.click(within(dialog).getByRole('button', { name: action }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(asked).toEqual([
    { method: 'POST', path: '/api/signatures/roll-out', body: { action: name, generation: '20260302-0300', reason: 'looked at' } },
  ])
})

test('a viewer sees the roll-out and is told why it cannot be changed', async () => {
  await draw(canarySignatures(Date.now(), 'held'), { role: 'viewer' })
  const button = screen.getByRole('button', { name: 'Discard' })
  await waitFor(() => expect(button.title).toBe('Only administrators change signatures.'))
  expect(button.hasAttribute('disabled')).toBe(true)
})

test('from when on signatures are old is changed, and must make sense', async () => {
  const { asked } = await draw(someSignatures(Date.now()))
  expect(screen.getByText('Called old after 72 hours, far too old after 168.')).toBeTruthy()
  await userEvent.click(await screen.findByRole('button', { name: 'Change' }))
  const dialog = await screen.findByRole('dialog')
  const critical = within(dialog).getByRole('textbox', { name: 'Far too old after' })
  await userEvent.clear(critical)
  await userEvent.type(critical, '48')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await within(dialog).findByText('must be at least as many hours as the warning')).toBeTruthy()
  await userEvent.clear(critical)
  await userEvent.type(critical, '96')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked[0]?.body).toEqual({ warnHours: 72, criticalHours: 96 }))
})

test('who never brought anything in is led to where that is done', async () => {
  await draw(EMPTY_SIGNATURES)
  expect(screen.getByRole('link', { name: 'Bring databases in' }).getAttribute('href')).toBe('/signatures/import')
})

test.each([
  { name: 'absent', view: absentSignatures(), role: 'status', text: /no signature server.*SIGNATURES_SOURCE_FOLDER/ },
  { name: 'unreachable', view: unreachableSignatures(), role: 'alert', text: /does not answer.*gave no answer in 5,000 ms/ },
])('$name: it says why, and still what nodes have', async ({ view, role, text }) => {
  await draw(view)
  expect(screen.getByRole(role).textContent).toMatch(text)
  expect(within(screen.getByRole('region', { name: 'On the nodes' })).getByText('20260301-0300')).toBeTruthy()
  expect(screen.queryByText(/have the live generation/)).toBeNull()
})
