import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { aNodeWithSignatures, someNodesWithSignatures } from '../../../../mock-api/fixtures/signature-parts.js'
import { absentSignatures, canarySignatures, someSignatures, unreachableSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { mockFetch, sessionOf } from '../../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../../testing/render.js'
import { SignatureNodesPage } from './SignatureNodesPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

async function renderPage(address: string, { view = someSignatures(Date.now()), nodes = someNodesWithSignatures(Date.now()) } = {}) {
  mockFetch({ '/api/session': sessionOf('administrator'), '/api/signatures/nodes': { items: nodes }, '/api/signatures': view })
  const rendered = renderInConsole(<SignatureNodesPage />, address)
  await waitForData()
  await waitFor(waitForData)
  return rendered
}
const rowOf = (name: RegExp) => within(screen.getByRole('row', { name }))
const names = () =>
  screen
    .queryAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector('b')?.textContent)

test('shows loaded signatures, load time and rejections of a node', async () => {
  await renderPage('/signatures/nodes')
  const first = rowOf(/node-a1/)
  for (const text of ['Canary', 'Reporting', '20260301-0300', 'Fresh', 'in 21.4 s', '1.2 GiB', '793 KiB'])
    expect(first.getByText(text)).toBeTruthy()
  const last = rowOf(/node-b2/)
  expect(last.getByText('Outdated')).toBeTruthy()
  expect(last.getByText('Critical')).toBeTruthy()
  expect(last.getByText(/clamd needs 1.3 GiB/).textContent).toMatch(/^Rejected 20260301-0300: clamd needs/)
})

test.each([
  { name: 'a canary node with the new generation', node: 'node-a1', generation: '20260302-0300', isOutdated: false },
  { name: 'a canary node with the active generation', node: 'node-a1', generation: '20260301-0300', isOutdated: true },
  { name: 'another node with the active generation', node: 'node-b9', generation: '20260301-0300', isOutdated: false },
  { name: 'a node without signatures', node: 'node-b9', generation: '', isOutdated: true },
])('during a rollout, $name is outdated: $isOutdated', async ({ node, generation, isOutdated }) => {
  await renderPage('/signatures/nodes', {
    view: canarySignatures(Date.now(), 'canary'),
    nodes: [aNodeWithSignatures({ nodeName: node, generation })],
  })
  expect(screen.queryAllByText('Outdated')).toHaveLength(isOutdated ? 1 : 0)
})

test.each([
  { address: '/signatures/nodes?outdated=true', expected: ['node-b2.rack-17.datacentre-west.shop.internal'] },
  { address: '/signatures/nodes?generation=20260301-0300', expected: ['node-a1', 'node-a2', 'node-b1'] },
  { address: '/signatures/nodes?node=a2', expected: ['node-a2'] },
])('shows $expected at $address', async ({ address, expected }) => {
  await renderPage(address)
  expect(names()).toEqual(expected)
})

test('keeps the filter in the URL', async () => {
  const { router } = await renderPage('/signatures/nodes')
  await userEvent.click(screen.getByRole('switch', { name: 'Only outdated nodes' }))
  expect(router.state.location.search).toBe('?outdated=true')
  expect(names()).toHaveLength(1)
})

test.each([
  { name: 'no nodes', address: '/signatures/nodes', nodes: [], text: /No nodes have reported/ },
  {
    name: 'no match for the filters',
    address: '/signatures/nodes?node=zzz',
    nodes: someNodesWithSignatures(0),
    text: /No nodes match these filters/,
  },
])('reports $name', async ({ address, nodes, text }) => {
  await renderPage(address, { nodes })
  expect(screen.getByRole('status').textContent).toMatch(text)
})

test.each([
  { name: 'without a signature server', view: absentSignatures() },
  { name: 'while the server is unreachable', view: unreachableSignatures() },
])('shows nodes and marks none as outdated $name', async ({ view }) => {
  await renderPage('/signatures/nodes', { view })
  expect(names()).toHaveLength(4)
  expect(screen.queryByText('Outdated')).toBeNull()
})
