import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { aNodeWithSignatures, someNodesWithSignatures } from '../../../../mock-api/fixtures/signature-parts.js'
import { absentSignatures, canarySignatures, someSignatures, unreachableSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { answerWith, sessionOf } from '../../../../test/answers.js'
import { dataIsDrawn, renderInConsole } from '../../../../test/render.js'
import { SignatureNodesPage } from './SignatureNodesPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

async function draw(address: string, { view = someSignatures(Date.now()), nodes = someNodesWithSignatures(Date.now()) } = {}) {
  answerWith({ '/api/session': sessionOf('administrator'), '/api/signatures/nodes': { items: nodes }, '/api/signatures': view })
  const drawn = renderInConsole(<SignatureNodesPage />, address)
  await dataIsDrawn()
  await waitFor(dataIsDrawn)
  return drawn
}
const rowOf = (name: RegExp) => within(screen.getByRole('row', { name }))
const names = () =>
  screen
    .queryAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector('b')?.textContent)

test('what a node has loaded, what it took, and what it refused, in its own words', async () => {
  await draw('/signatures/nodes')
  const first = rowOf(/node-a1/)
  for (const text of ['Canary', 'Reporting', '20260301-0300', 'Fresh', 'load took 21.4 s', '1.2 GiB', '793 KiB'])
    expect(first.getByText(text)).toBeTruthy()
  const last = rowOf(/node-b2/)
  expect(last.getByText('Not what it is offered')).toBeTruthy()
  expect(last.getByText('Far too old')).toBeTruthy()
  expect(last.getByText(/clamd needs 1.3 GiB/).textContent).toMatch(/^Refused 20260301-0300: clamd needs/)
})

test.each([
  { name: 'a canary node that has it', node: 'node-a1', generation: '20260302-0300', isBehind: false },
  { name: 'a canary node that still has the live one', node: 'node-a1', generation: '20260301-0300', isBehind: true },
  { name: 'another node with the live one', node: 'node-b9', generation: '20260301-0300', isBehind: false },
  { name: 'a node with nothing', node: 'node-b9', generation: '', isBehind: true },
])('during a roll-out, $name lags: $isBehind', async ({ node, generation, isBehind }) => {
  await draw('/signatures/nodes', {
    view: canarySignatures(Date.now(), 'canary'),
    nodes: [aNodeWithSignatures({ nodeName: node, generation })],
  })
  expect(screen.queryAllByText('Not what it is offered')).toHaveLength(isBehind ? 1 : 0)
})

test.each([
  { address: '/signatures/nodes?behind=true', expected: ['node-b2.rack-17.datacentre-west.shop.internal'] },
  { address: '/signatures/nodes?generation=20260301-0300', expected: ['node-a1', 'node-a2', 'node-b1'] },
  { address: '/signatures/nodes?node=a2', expected: ['node-a2'] },
])('$address shows $expected', async ({ address, expected }) => {
  await draw(address)
  expect(names()).toEqual(expected)
})

test('the filter is in the address', async () => {
  const { router } = await draw('/signatures/nodes')
  await userEvent.click(screen.getByRole('switch', { name: 'Only nodes that lag behind' }))
  expect(router.state.location.search).toBe('?behind=true')
  expect(names()).toHaveLength(1)
})

test.each([
  { name: 'no node', address: '/signatures/nodes', nodes: [], text: /No node has reported/ },
  {
    name: 'none under the filters',
    address: '/signatures/nodes?node=zzz',
    nodes: someNodesWithSignatures(0),
    text: /No nodes under these filters/,
  },
])('$name is said', async ({ address, nodes, text }) => {
  await draw(address, { nodes })
  expect(screen.getByRole('status').textContent).toMatch(text)
})

test.each([
  { name: 'without a signature server', view: absentSignatures() },
  { name: 'while it does not answer', view: unreachableSignatures() },
])('$name, nodes are shown and none is called behind', async ({ view }) => {
  await draw('/signatures/nodes', { view })
  expect(names()).toHaveLength(4)
  expect(screen.queryByText('Not what it is offered')).toBeNull()
})
