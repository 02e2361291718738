import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { aFinding } from '../../../mock-api/fixtures/a-finding.js'
import { anException } from '../../../mock-api/fixtures/exceptions.js'
import { someSightings } from '../../../mock-api/fixtures/signature-parts.js'
import { mockFetch, sessionOf } from '../../testing/mock-fetch.js'
import { renderInConsole } from '../../testing/render.js'
import { FindingPage } from './FindingPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

async function renderPage(changes: Parameters<typeof aFinding>[0], role: 'administrator' | 'viewer' = 'administrator') {
  mockFetch({
    '/api/session': sessionOf(role),
    '/api/findings/': aFinding(changes),
    '/api/exceptions/preview': { isBroad: false, findings: 12, isMinimum: false, incidents: 1, hiddenIncidents: 1, samples: [] },
    'GET /api/exceptions/7': anException({ exceptionId: 7 }),
    '/api/sightings?sha256=': { hash: aFinding().sha256, items: someSightings(Date.now()), total: 14 },
  })
  renderInConsole(<FindingPage />, '/findings/x')
  await screen.findByRole('heading', { level: 2, name: 'File' })
}

test('renders attacker-controlled values as text', async () => {
  await renderPage({ path: '/tmp/<img src=x onerror=alert(1)>', process: { ...processOf(), commandLine: '<script>alert(1)</script>' } })
  expect(screen.getByText('/tmp/<img src=x onerror=alert(1)>')).toBeTruthy()
  expect(screen.getByText('<script>alert(1)</script>')).toBeTruthy()
  expect(document.querySelector('main img, main script, dl img, dl script')).toBeNull()
})

test('explains a missing process and hash', async () => {
  await renderPage({ process: null, sha256: null })
  expect(screen.getByText(/No process information/)).toBeTruthy()
  expect(screen.getByText(/the file could not be read completely/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Copy hash' })).toBeNull()
})

test('lists the recorded moments in their order', async () => {
  await renderPage({
    modifiedAt: '2026-02-24T10:00:00.000Z',
    changedAt: null,
    process: { ...processOf(), startedAt: '2026-02-24T09:00:00.000Z' },
    detectedAt: '2026-02-24T10:00:05.000Z',
    receivedAt: '2026-02-24T10:00:06.000Z',
    seen: null,
  })
  const timeline = within(screen.getByRole('region', { name: 'Timeline' }))
  const names = timeline.getAllByRole('term').map(({ textContent }) => textContent)
  expect(names).toEqual(['Process started', 'File written', 'Detected', 'Stored by the backend'])
})

test('links to other findings with the same hash', async () => {
  await renderPage({ sameContentCount: 3 })
  const link = screen.getByRole('link', { name: '2 other findings' })
  expect(link.getAttribute('href')).toMatch(/^\/findings\?sha256=[0-9a-f]{64}&exception=all$/)
})

test('explains a late detection', async () => {
  await renderPage({
    seen: { firstSeenAt: '2026-02-24T10:00:00.000Z', containers: 14, nodes: 1, isLate: true, cleanGeneration: '20260227-0300' },
  })
  const callout = screen.getByText('Late detection').closest('[role=status]')
  expect(callout?.textContent).toContain('Reported clean by generation 20260227-0300. First seen 2026-02-24 10:00:00 UTC.')
  expect(callout?.textContent).toContain('In 14 containers on 1 node.')
})

test.each([
  { name: 'a finding detected on first sight', seen: aFinding().seen },
  { name: 'a finding without sightings', seen: null },
])('does not show $name as late detection', async ({ seen }) => {
  await renderPage({ seen })
  expect(screen.queryByText('Late detection')).toBeNull()
})

test('lists some sightings and links to all', async () => {
  await renderPage({})
  const table = await screen.findByRole('table', { name: 'Locations of this file' })
  expect(within(table).getAllByRole('row')).toHaveLength(11)
  expect(screen.getByText(/Showing 10 of 14 locations/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Show all' }).getAttribute('href')).toBe(`/sightings/${aFinding().sha256}`)
  expect(screen.getByRole('link', { name: 'All locations of this file' }).getAttribute('href')).toBe(`/sightings/${aFinding().sha256}`)
})

test('links administrators to the custom signatures with hash, name and reason', async () => {
  await renderPage({})
  const parametersOf = (link: HTMLElement) => Object.fromEntries(new URL(link.getAttribute('href') ?? '', 'http://x').searchParams)
  const reason = 'Guardimesh.Test.Demo found in shop/web-7c9d8b6f5-x2x9k'
  expect(parametersOf(await screen.findByRole('link', { name: 'Always detect this hash…' }))).toEqual({
    list: 'hashes',
    hash: aFinding().sha256,
    name: 'Guardimesh.Test.Demo',
    reason,
  })
})

test('opens an exception with the facts of the finding, limited to its namespace, with a preview', async () => {
  await renderPage({})
  await userEvent.click(await enabledButton('Create exception'))
  const dialog = await screen.findByRole('dialog', { name: 'New exception' })
  const textOf = (name: string) => within(dialog).getByRole<HTMLInputElement>('textbox', { name }).value
  expect(['SHA-256', 'Path', 'Namespace', 'Cluster'].map(textOf)).toEqual([aFinding().sha256, '', 'shop', 'prod-west'])
  expect(await within(dialog).findByText(/would have hidden/)).toBeTruthy()
  await userEvent.selectOptions(within(dialog).getByRole('combobox', { name: 'Scope' }), 'This content in this image')
  expect(['Namespace', 'Image'].map(textOf)).toEqual(['', aFinding().image])
})

test('names the exception of a finding', async () => {
  await renderPage({ exceptionId: 7 })
  expect(await screen.findByText('Matches exception 7')).toBeTruthy()
  expect(await screen.findByText(/EICAR test file of the acceptance tests\. \(admin@guardimesh\.local; Active\)/)).toBeTruthy()
})

test('explains to viewers why the actions are disabled', async () => {
  await renderPage({}, 'viewer')
  expect(screen.getByText('Only signature managers and administrators can change signatures.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Always detect this hash…' }).hasAttribute('disabled')).toBe(true)
  expect(screen.getByRole('button', { name: 'Create exception' }).title).toBe('Only analysts and administrators can change exceptions.')
})

async function enabledButton(name: string) {
  const button = await screen.findByRole('button', { name })
  await waitFor(() => expect(button.hasAttribute('disabled')).toBe(false))
  return button
}

function processOf() {
  const { process } = aFinding()
  if (process === null) throw new Error('the fixture has no process')
  return process
}
