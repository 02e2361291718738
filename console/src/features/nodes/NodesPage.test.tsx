import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { someNodes } from '../../../mock-api/fixtures/inventory.js'
import { absentSignatures, someSignatures } from '../../../mock-api/fixtures/signatures.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { NodesPage } from './NodesPage.js'

const fetchMock = vi.spyOn(globalThis, 'fetch')
afterEach(() => fetchMock.mockReset())

async function renderPage(address: string, { signatures = someSignatures(0), nodes = someNodes(Date.now()) } = {}) {
  fetchMock.mockImplementation((url) =>
    Promise.resolve(Response.json(String(url) === '/api/nodes' ? { items: nodes, nextCursor: null } : signatures)),
  )
  const rendered = renderInConsole(<NodesPage />, address)
  await waitForData()
  return rendered
}
const rowOf = (nodeName: string) => {
  const row = screen.getByText(nodeName, { selector: 'b' }).closest('tr')
  if (!row) throw new Error(`${nodeName} has no row`)
  return within(row)
}
const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector('summary b')?.textContent)

test('marks nodes without the active generation', async () => {
  await renderPage('/nodes')
  await rowOf('node-b2').findByText('Outdated')
  expect(rowOf('node-b2').getByText('Signatures are not the active generation')).toBeTruthy()
  expect(rowOf('node-a1').queryByText('Outdated')).toBeNull()
  expect(rowOf('node-b2').getByRole('link', { name: '8,712,345 signatures' }).getAttribute('href')).toBe('/signatures/nodes?node=node-b2')
})

test('reports a node whose clock is wrong', async () => {
  await renderPage('/nodes')
  expect(rowOf('node-a2').getByText(/^Clock is 2 .* behind\. Check the time synchronization/)).toBeTruthy()
  expect(rowOf('node-a1').queryByText(/Clock is/)).toBeNull()
})

test('reports a node whose self-test failed', async () => {
  await renderPage('/nodes')
  expect(rowOf('node-b2').getByText(/^Self-test failed, malware may go undetected: obfuscation: no verdict/)).toBeTruthy()
  expect(rowOf('node-a1').queryByText(/Self-test/)).toBeNull()
})

test('lists silence and rejected signatures as issues, with such nodes first', async () => {
  await renderPage('/nodes')
  await rowOf('node-b2').findByText('Outdated')
  expect(names()).toEqual(['node-b1', 'node-b2', 'node-a2', 'node-a1'])
  expect(rowOf('node-b1').getByText(/^No report for more than 3 minutes/)).toBeTruthy()
  expect(rowOf('node-b2').getByText('Rejected the signatures 20260301-0300: daily.cvd: the digest differs from the catalogue')).toBeTruthy()
  expect(rowOf('node-a1').getByText('None')).toBeTruthy()
})

test('links the numbers of a node to what they count', async () => {
  await renderPage('/nodes')
  const hrefOf = (node: string, name: string) => rowOf(node).getByRole('link', { name }).getAttribute('href')
  expect(hrefOf('node-a2', '1 container not monitored')).toBe('/pods?node=node-a2&cluster=prod-west&watched=false')
  expect(hrefOf('node-b2', '17 scan results lost: spool full')).toBe('/lost-results?node=node-b2&cluster=prod-west')
})

test('reads all pages', async () => {
  const nodes = someNodes(Date.now())
  fetchMock.mockImplementation((url) => {
    if (!String(url).startsWith('/api/nodes')) return Promise.resolve(Response.json(absentSignatures()))
    const isFirst = !String(url).includes('cursor=next')
    return Promise.resolve(Response.json({ items: isFirst ? nodes.slice(0, 2) : nodes.slice(2), nextCursor: isFirst ? 'next' : null }))
  })
  renderInConsole(<NodesPage />, '/nodes')
  await waitForData()
  expect(names()).toHaveLength(4)
})

test('marks no node and has no filter for outdated nodes without a signature server', async () => {
  await renderPage('/nodes', { signatures: absentSignatures() })
  expect(names()).toHaveLength(4)
  expect(screen.queryByText('Outdated')).toBeNull()
  expect(screen.queryByRole('switch', { name: 'Only outdated signatures' })).toBeNull()
})

test('hides an unknown number of signatures', async () => {
  await renderPage('/nodes', { nodes: someNodes(Date.now()).map((node) => ({ ...node, signatureCount: 0, signatureGeneration: '' })) })
  expect(screen.queryByText(/0 signatures/)).toBeNull()
  expect(rowOf('node-a1').getByText('None loaded')).toBeTruthy()
})

test.each([
  { address: '/nodes?outdated=true', expected: ['node-b2'] },
  { address: '/nodes?generation=20260227-0300', expected: ['node-b2'] },
  { address: '/nodes?generation=20260301-0300', expected: ['node-b1', 'node-a2', 'node-a1'] },
  { address: '/nodes?state=silent', expected: ['node-b1'] },
  { address: '/nodes?issues=true', expected: ['node-b1', 'node-b2', 'node-a2'] },
  { address: '/nodes?search=A1', expected: ['node-a1'] },
])('shows $expected at $address', async ({ address, expected }) => {
  await renderPage(address)
  await waitFor(() => expect(names()).toEqual(expected))
})

test('removes and sets filters', async () => {
  const { router } = await renderPage('/nodes?generation=unheard-of')
  await userEvent.click(screen.getByRole('button', { name: 'Remove filter Generation: unheard-of' }))
  expect(names()).toHaveLength(4)
  await userEvent.click(await screen.findByRole('switch', { name: 'Only outdated signatures' }))
  expect(names()).toEqual(['node-b2'])
  expect(router.state.location.search).toBe('?outdated=true')
})
