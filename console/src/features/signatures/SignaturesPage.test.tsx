import type { SignaturesView } from '@guardimesh/contracts'
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import {
  absentSignatures,
  anImport,
  EMPTY_SIGNATURES,
  someSignatures,
  unreachableSignatures,
} from '../../../mock-api/fixtures/signatures.js'
import { dataIsDrawn, renderInConsole } from '../../../test/render.js'
import { SignaturesPage } from './SignaturesPage.js'

const fetchEdge = vi.spyOn(globalThis, 'fetch')
afterEach(() => fetchEdge.mockReset())

async function draw(view: SignaturesView) {
  fetchEdge.mockImplementation(() => Promise.resolve(Response.json(view)))
  const drawn = renderInConsole(<SignaturesPage />, '/signatures')
  await dataIsDrawn()
  return drawn
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
  expect(within(panel).getByRole('link', { name: '1 node' }).getAttribute('href')).toBe('/nodes?generation=20260227-0300')
  expect(within(panel).getByRole('link', { name: 'Show the nodes without it' }).getAttribute('href')).toBe('/nodes?behind=true')
})

test('when all nodes have the live generation, nothing warns', async () => {
  await draw({ ...someSignatures(Date.now()), nodes: [{ generation: '20260301-0300', nodes: 2 }] })
  expect(screen.getByText('2 of 2 reporting nodes have the live generation')).toBeTruthy()
  expect(screen.getByText('All have it')).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Show the nodes without it' })).toBeNull()
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
  expect(screen.getByRole('row', { name: /Refused by the check digital-signature/ })).toBeTruthy()
})

test.each([
  { state: 'waiting', text: /Waiting.*Waits until the copy is whole/ },
  { state: 'checking', text: /Checking.*loaded by an engine for a test/ },
  { state: 'published', text: /Published.*In the generation 20260301-0300/ },
] as const)('an import that is $state says so', async ({ state, text }) => {
  await draw(withImports(anImport({ state, endedAt: state === 'published' ? '2026-03-01T03:00:00.000Z' : null })))
  expect(within(screen.getByRole('table', { name: 'Imports' })).getAllByRole('row')[1]?.textContent).toMatch(text)
})

test('why an import waits is told when the server says it', async () => {
  await draw(withImports(anImport({ state: 'waiting', endedAt: null, message: 'daily.cvd still grows.' })))
  expect(screen.getByText('daily.cvd still grows.')).toBeTruthy()
  expect(screen.queryByText('Waits until the copy is whole.')).toBeNull()
})

test('of many imports the latest are shown first, and all on request', async () => {
  await draw(withImports(...Array.from({ length: 20 }, (_, index) => anImport({ importId: `i${index}` }))))
  const rows = () => within(screen.getByRole('table', { name: 'Imports' })).getAllByRole('row').length - 1
  expect(rows()).toBe(8)
  await userEvent.click(screen.getByRole('button', { name: 'Show all 20' }))
  expect(rows()).toBe(20)
})

test('databases older than a week are pointed out', async () => {
  const { unmount } = await draw(someSignatures(Date.now()))
  expect(screen.getByText('Less than a week old')).toBeTruthy()
  unmount()
  await draw(someSignatures(Date.now() - 30 * 86_400_000))
  expect(screen.getByText('Over a week old: bring in newer ones')).toBeTruthy()
})

test('who never brought anything in is shown how, everybody else on request', async () => {
  const { unmount } = await draw(EMPTY_SIGNATURES)
  expect(screen.getByText(/No signatures yet/)).toBeTruthy()
  expect(screen.getByText(/kubectl cp daily.cvd guardimesh-system\/\$POD:\/signatures\/incoming\/daily.cvd/)).toBeTruthy()
  unmount()
  await draw(someSignatures(Date.now()))
  expect(screen.queryByText(/kubectl cp/)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Bring signatures in' }))
  expect(screen.getAllByText(/kubectl cp/)).toHaveLength(2)
})

test.each([
  { name: 'absent', view: absentSignatures(), role: 'status', text: /no signature server.*SIGNATURES_SOURCE_FOLDER/ },
  { name: 'unreachable', view: unreachableSignatures(), role: 'alert', text: /does not answer.*gave no answer in 5,000 ms/ },
])('$name: it says why, and still what nodes have', async ({ view, role, text }) => {
  await draw(view)
  expect(screen.getByRole(role).textContent).toMatch(text)
  expect(within(screen.getByRole('region', { name: 'On the nodes' })).getByText('20260301-0300')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Bring signatures in' })).toBeNull()
  expect(screen.queryByText(/have the live generation/)).toBeNull()
})
