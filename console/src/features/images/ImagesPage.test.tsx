import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { NO_LAYER_PROGRESS, someImages, someLayerProgress } from '../../../mock-api/fixtures/image-layers.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { ImagesPage } from './ImagesPage.js'

const fetchMock = vi.spyOn(globalThis, 'fetch')
afterEach(() => fetchMock.mockReset())

async function renderPage(address = '/images', { images = someImages(), progress = someLayerProgress(Date.now()) } = {}) {
  fetchMock.mockImplementation((url) =>
    Promise.resolve(Response.json(String(url).startsWith('/api/image-layers/images') ? { items: images, nextCursor: null } : progress)),
  )
  const rendered = renderInConsole(<ImagesPage />, address)
  await waitForData()
  return rendered
}
const requested = () => fetchMock.mock.calls.map(([url]) => String(url)).filter((url) => url.includes('/images?'))

test('shows the progress, the layer in progress and the failed one', async () => {
  await renderPage()
  const panel = within(screen.getByRole('region', { name: 'Layers' }))
  expect(panel.getByText('15 of 19 layers scanned')).toBeTruthy()
  expect(panel.getByRole('progressbar', { name: 'Layers' }).getAttribute('value')).toBe('15')
  expect(panel.getByText(/3 layers remaining · about 1 min/)).toBeTruthy()
  expect(within(panel.getByRole('list', { name: 'Being scanned' })).getByText(/120 MiB of 310 MiB/)).toBeTruthy()
  expect(within(panel.getByRole('list', { name: 'Not scanned' })).getByText(/node-b1: openat2 failed: EIO/)).toBeTruthy()
})

test('lists images with their state, findings and workloads', async () => {
  await renderPage()
  const rows = screen.getAllByRole('row').slice(1)
  expect(rows.map((row) => within(row).getByText(/^(Scanned|Pending|Failed)$/).textContent)).toEqual([
    'Scanned',
    'Pending',
    'Scanned',
    'Failed',
  ])
  expect(within(rows[1] as HTMLElement).getByText('and 21 more pods')).toBeTruthy()
  const link = within(rows[2] as HTMLElement).getByRole('link', { name: '2' })
  expect(link.getAttribute('href')).toContain('source=image_layer')
})

test('filters by state and findings', async () => {
  const { router } = await renderPage('/images?state=unknown')
  expect(requested().at(-1)).not.toContain('state=')
  await userEvent.click(screen.getByRole('switch', { name: 'Only images that are not scanned completely' }))
  await userEvent.click(screen.getByRole('switch', { name: 'Only images with findings' }))
  expect(router.state.location.search).toBe('?state=pending&findings=true')
  expect(requested().at(-1)).toMatch(/state=pending.*findings=true|findings=true.*state=pending/)
})

test('explains an empty list', async () => {
  await renderPage('/images', { images: [], progress: NO_LAYER_PROGRESS })
  expect(screen.getByText('No images')).toBeTruthy()
  expect(screen.queryByRole('progressbar')).toBeNull()
})
