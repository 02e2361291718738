import { API_ERROR_CODES, type IncidentSummary } from '@guardimesh/contracts'
import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../mock-api/answer.js'
import { anIncident, someIncidents } from '../../../mock-api/fixtures/incidents.js'
import { FakeEventSource } from '../../api/fake-event-source.fixture.js'
import { mockFetch, sessionOf } from '../../testing/mock-fetch.js'
import { renderInConsole } from '../../testing/render.js'
import { IncidentPage } from './IncidentPage.js'
import { IncidentsPage } from './IncidentsPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const LISTED = someIncidents(Date.now()).slice(0, 5)
const pageOf = (items: readonly IncidentSummary[], total = items.length) => ({ items, nextCursor: null, total, newestEventId: 60 })

interface Options {
  answers?: Record<string, unknown>
  role?: 'administrator' | 'viewer'
  address?: string
}

async function renderList({ answers = {}, role = 'administrator', address = '/incidents' }: Options = {}) {
  const fetched = mockFetch({
    '/api/session': sessionOf(role),
    '/api/incidents': pageOf(LISTED, 2000),
    '/api/incidents/assignees': { items: [{ email: 'ada@guardimesh.local', displayName: '' }] },
    ...answers,
  })
  const view = renderInConsole(<IncidentsPage />, address)
  await screen.findByRole('table', { name: 'Incidents' })
  return { ...fetched, ...view, user: userEvent.setup() }
}

const rows = () =>
  within(screen.getByRole('table', { name: 'Incidents' }))
    .getAllByRole('row')
    .slice(1)
const boxes = () => screen.getAllByRole<HTMLInputElement>('checkbox', { name: /^Select / })
const selected = () => boxes().flatMap((box, at) => (box.checked ? [at] : []))
const listReads = () =>
  vi
    .mocked(globalThis.fetch)
    .mock.calls.filter(([url]) => String(url).startsWith('/api/incidents?'))
    .map(([url]) => String(url))

test('hides resolved incidents unless the address has a status', async () => {
  await renderList()
  expect(listReads()[0]).toContain('status=new%2Cin_progress')
  screen.getByText('2,000 incidents')
})

test('reads incidents in any state for the address "any"', async () => {
  await renderList({ address: '/incidents?status=any&severity=high' })
  expect(listReads()[0]).not.toContain('status=')
  expect(listReads()[0]).toContain('severity=high')
})

test('counts up in the same row while findings of one worm arrive', async () => {
  await renderList()
  const [first] = LISTED
  const names = rows().map((row) => row.textContent)
  for (const findings of [500, 1000, 2000])
    act(() => FakeEventSource.send('incident', JSON.stringify({ ...first, findings, workloads: findings / 2, nodes: 20 })))
  await within(rows()[0] as HTMLElement).findByText('2,000 findings')
  within(rows()[0] as HTMLElement).getByText('1,000 workloads · 20 nodes')
  expect(
    rows()
      .slice(1)
      .map((row) => row.textContent),
  ).toEqual(names.slice(1))
  expect(listReads()).toHaveLength(1)
})

test('shows a new incident only on request while some are selected', async () => {
  const { user } = await renderList()
  await user.click(boxes()[0] as HTMLElement)
  act(() => FakeEventSource.send('incident', JSON.stringify({ ...LISTED[0], incidentId: 77 })))
  act(() => FakeEventSource.send('incident', JSON.stringify({ ...LISTED[0], incidentId: 78, status: 'resolved', resolution: 'test' })))
  const show = await screen.findByRole('button', { name: '1 new incident: show' })
  expect(listReads()).toHaveLength(1)
  await user.click(show)
  await waitFor(() => expect(listReads()).toHaveLength(2))
})

test('selects a range with Shift and all that match, and changes them by filter', async () => {
  const { user, requests } = await renderList({ answers: { 'POST /api/incidents/changes': { changed: 2000, isComplete: true } } })
  await user.click(boxes()[1] as HTMLElement)
  await user.keyboard('{Shift>}')
  await user.click(boxes()[3] as HTMLElement)
  await user.keyboard('{/Shift}')
  expect(selected()).toEqual([1, 2, 3])
  await user.click(screen.getByRole('button', { name: 'Select all 2,000 that match' }))
  screen.getByText('2,000 incidents selected')
  expect(selected()).toEqual([0, 1, 2, 3, 4])
  await user.click(screen.getByRole('button', { name: 'Resolve' }))
  const dialog = await screen.findByRole('dialog', { name: 'Resolve 2,000 incidents' })
  await user.selectOptions(within(dialog).getByRole('combobox', { name: /Resolution/ }), 'False positive')
  await user.type(within(dialog).getByRole('textbox', { name: 'Comment' }), 'Test files.')
  await user.click(within(dialog).getByRole('button', { name: 'Resolve' }))
  await screen.findByText('2,000 incidents changed.')
  expect(requests).toEqual([
    {
      method: 'POST',
      path: '/api/incidents/changes',
      body: {
        target: { kind: 'matching', filters: { status: 'new,in_progress' }, upToEventId: 60 },
        change: { status: 'resolved', resolution: 'false_positive', comment: 'Test files.' },
      },
    },
  ])
  await waitFor(() => expect(selected()).toEqual([]))
})

test('moves, selects and opens the actions with keys, but not while the user types', async () => {
  const { user, requests } = await renderList({ answers: { 'POST /api/incidents/changes': { changed: 2, isComplete: true } } })
  const focused = () => rows().findIndex((row) => row.contains(document.activeElement))
  await user.keyboard('j')
  expect(focused()).toBe(0)
  await user.keyboard('jjk')
  expect(focused()).toBe(1)
  await user.keyboard('xjx')
  expect(selected()).toEqual([1, 2])
  await user.keyboard('a')
  const dialog = await screen.findByRole('dialog', { name: 'Assign 2 incidents' })
  await user.selectOptions(await within(dialog).findByRole('combobox', { name: 'Assignee' }), 'ada@guardimesh.local')
  await user.click(within(dialog).getByRole('button', { name: 'Assign' }))
  await screen.findByText('2 incidents changed.')
  const incidentIds = LISTED.slice(1, 3).map(({ incidentId }) => incidentId)
  expect(requests[0]?.body).toEqual({ target: { kind: 'ids', incidentIds }, change: { assignee: 'ada@guardimesh.local' } })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.click(screen.getByRole('searchbox', { name: 'Signature' }))
  await user.keyboard('xejk')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(selected()).toEqual([])
})

test('explains to viewers why they can change nothing', async () => {
  const { user } = await renderList({ role: 'viewer' })
  await waitFor(() => expect(boxes().every((box) => box.disabled)).toBe(true))
  await user.keyboard('jxe')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(boxes()[0]?.closest('label')?.title).toBe('Only analysts and administrators can change incidents.')
})

test('shows the three counts of an incident once, and its workloads and timeline', async () => {
  const before = { status: 'new', resolution: null, assignee: null } as const
  const after = { status: 'resolved', resolution: 'test', assignee: 'ada@guardimesh.local' } as const
  const changed = {
    entryId: 'h1',
    at: '2026-03-01T11:00:00.000Z',
    kind: 'changed',
    severity: null,
    changedBy: 'ada@guardimesh.local',
  } as const
  const { timeline } = anIncident()
  mockFetch({
    '/api/session': sessionOf('administrator'),
    '/api/incidents/': anIncident({
      findings: 2000,
      workloads: 400,
      nodes: 20,
      timeline: [{ ...changed, before, after, comment: '<b>Image</b> removed' }, ...timeline],
    }),
  })
  renderInConsole(<IncidentPage />, '/incidents/1')
  await screen.findByText('2,000 findings')
  expect(screen.getAllByText(/\b(2,000|400|20)\b (findings|workloads|nodes)$/)).toHaveLength(3)
  screen.getByText('The 2 workloads with the latest findings, of 400.')
  screen.getByText('Status: New → Resolved (Test)')
  screen.getByText('Assignee: Unassigned → ada@guardimesh.local')
  screen.getByText('<b>Image</b> removed')
  screen.getByText('Opened with severity Critical')
})

test('shows a conflict without losing the input, and saves on request', async () => {
  let isChanged = false
  const { requests } = mockFetch({
    '/api/session': sessionOf('administrator'),
    '/api/incidents/': () =>
      isChanged ? anIncident({ status: 'in_progress', assignee: 'ada@guardimesh.local', etag: '"2"' }) : anIncident(),
    'PATCH /api/incidents/': () => {
      if (isChanged) return anIncident({ status: 'resolved', resolution: 'test' })
      isChanged = true
      return problem('INCIDENT_CHANGED', 'Another user changed the incident.')
    },
  })
  expect(API_ERROR_CODES.INCIDENT_CHANGED.http).toBe(412)
  renderInConsole(<IncidentPage />, '/incidents/1')
  const user = userEvent.setup()
  await screen.findByText('4 findings')
  await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Resolve' }).disabled).toBe(false))
  await user.keyboard('e')
  const dialog = await screen.findByRole('dialog', { name: 'Resolve incident 1' })
  await user.selectOptions(within(dialog).getByRole('combobox', { name: /Resolution/ }), 'Test')
  await user.type(within(dialog).getByRole('textbox', { name: 'Comment' }), 'Our own test.')
  await user.click(within(dialog).getByRole('button', { name: 'Resolve' }))
  await within(dialog).findByText(/It is now: In progress, ada@guardimesh.local/)
  expect(within(dialog).getByRole<HTMLTextAreaElement>('textbox', { name: 'Comment' }).value).toBe('Our own test.')
  await user.click(within(dialog).getByRole('button', { name: 'Save anyway' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const body = { status: 'resolved', resolution: 'test', comment: 'Our own test.' }
  expect(requests.map((request) => request.body)).toEqual([body, body])
})
