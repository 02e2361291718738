import { screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { someResultGaps } from '../../../mock-api/fixtures/inventory.js'
import { mockFetch } from '../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { LostResultsPage } from './LostResultsPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

test('lists what was lost: node, period and counts', async () => {
  mockFetch({ '/api/result-gaps?node=node-b2': { items: someResultGaps(Date.parse('2026-03-01T12:00:00Z')), nextCursor: null } })
  renderInConsole(<LostResultsPage />, '/lost-results?node=node-b2')
  await waitForData()
  const cells = screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.querySelectorAll('td')].map(({ textContent }) => textContent))
  expect(cells[0]?.slice(0, 7)).toEqual([
    'node-b2prod-west',
    '2026-03-01 07:00:00 UTC',
    '2026-03-01 08:00:00 UTC',
    '12',
    '2',
    '4,200',
    'Spool full',
  ])
  expect(screen.getByRole('button', { name: 'Remove filter Node: node-b2' })).toBeTruthy()
})

test('reports that nothing was lost', async () => {
  mockFetch({ '/api/result-gaps': { items: [], nextCursor: null } })
  renderInConsole(<LostResultsPage />, '/lost-results')
  expect(await screen.findByText('No lost results')).toBeTruthy()
})
