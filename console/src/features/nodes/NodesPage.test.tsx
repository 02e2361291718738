import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { someNodes } from '../../../mock-api/fixtures/inventory.js'
import { absentSignatures, someSignatures } from '../../../mock-api/fixtures/signatures.js'
import { dataIsDrawn, renderInConsole } from '../../../test/render.js'
import { NodesPage } from './NodesPage.js'

const fetchEdge = vi.spyOn(globalThis, 'fetch')
afterEach(() => fetchEdge.mockReset())

async function draw(address: string, { signatures = someSignatures(0), nodes = someNodes(Date.now()) } = {}) {
  fetchEdge.mockImplementation((url) => Promise.resolve(Response.json(String(url) === '/api/nodes' ? { items: nodes } : signatures)))
  const drawn = renderInConsole(<NodesPage />, address)
  await dataIsDrawn()
  return drawn
}
const rowOf = (nodeName: string) => {
  const row = screen.getByText(nodeName).closest('tr')
  if (!row) throw new Error(`${nodeName} is in no row`)
  return within(row)
}
const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector('b')?.textContent)

test('nodes without the live generation are marked', async () => {
  await draw('/nodes')
  await rowOf('node-b2').findByText('Not the live one')
  expect(rowOf('node-a1').queryByText('Not the live one')).toBeNull()
  expect(rowOf('node-b2').getByRole('link', { name: '8,712,345 signatures' }).getAttribute('href')).toBe('/signatures/nodes?node=node-b2')
})

test('without a signature server nothing is marked, and there is nothing to filter', async () => {
  await draw('/nodes', { signatures: absentSignatures() })
  expect(names()).toHaveLength(4)
  expect(screen.queryByText('Not the live one')).toBeNull()
  expect(screen.queryByRole('switch')).toBeNull()
})

test('a node that knows no number of signatures shows none', async () => {
  await draw('/nodes', { nodes: someNodes(Date.now()).map((node) => ({ ...node, signatureCount: 0, signatureGeneration: '' })) })
  expect(screen.queryByText(/0 signatures/)).toBeNull()
  expect(rowOf('node-a1').getByText('None loaded')).toBeTruthy()
})

test.each([
  { address: '/nodes?behind=true', expected: ['node-b2'] },
  { address: '/nodes?generation=20260227-0300', expected: ['node-b2'] },
  { address: '/nodes?generation=20260301-0300', expected: ['node-a1', 'node-a2', 'node-b1'] },
])('$address shows $expected', async ({ address, expected }) => {
  await draw(address)
  await waitFor(() => expect(names()).toEqual(expected))
})

test('filters can be taken off', async () => {
  const { router } = await draw('/nodes?generation=unheard-of')
  await userEvent.click(screen.getByRole('button', { name: 'Remove the filter Signatures: unheard-of' }))
  expect(names()).toHaveLength(4)
  await userEvent.click(await screen.findByRole('switch', { name: 'Only nodes without the live signatures' }))
  expect(names()).toEqual(['node-b2'])
  expect(router.state.location.search).toBe('?behind=true')
})
