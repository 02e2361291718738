import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { somePods } from '../../../mock-api/fixtures/inventory.js'
import { mockFetch } from '../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { PodsPage } from './PodsPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

test('shows exactly the containers that are not monitored', async () => {
  const pods = somePods(Date.now())
  const notMonitored = pods.filter(({ containers }) => containers.some(({ watched }) => !watched))
  mockFetch({
    '/api/pods?watched=false': { items: notMonitored, nextCursor: null, totals: null },
    '/api/pods': { items: pods, nextCursor: null, totals: null },
  })
  const { router } = renderInConsole(<PodsPage />, '/pods?watched=false')
  await waitForData()
  expect(screen.getAllByText('Not monitored')).toHaveLength(2)
  expect(screen.queryByText('Monitored')).toBeNull()
  await userEvent.click(screen.getByRole('switch', { name: 'Only containers that are not monitored' }))
  expect(router.state.location.search).toBe('')
  expect((await screen.findAllByText('Monitored')).length).toBeGreaterThan(0)
})
