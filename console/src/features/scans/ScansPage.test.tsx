import type { ListViews, SavedView } from '@guardimesh/contracts'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { someFindings } from '../../../mock-api/fixtures/findings.js'
import { someScans } from '../../../mock-api/fixtures/scans.js'
import { mockFetch, sessionOf } from '../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { ScansPage } from './ScansPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const NOW_MS = Date.parse('2026-03-01T12:00:00Z')
const scans = { items: someScans(NOW_MS, someFindings(NOW_MS)).slice(0, 3), nextCursor: null, total: 3, totalIsMinimum: false }
const display = { hiddenColumns: [], density: 'comfortable' as const }
const mine: SavedView = {
  viewId: '0b5f3a52-0d6f-4f0e-9d51-2a4f6f3a1c01',
  name: 'Mine',
  author: sessionOf('administrator').account.email,
  isShared: false,
  canChange: true,
  address: 'infected=true',
  hiddenColumns: ['node'],
  density: 'compact',
}
const theirs: SavedView = {
  ...mine,
  viewId: '0b5f3a52-0d6f-4f0e-9d51-2a4f6f3a1c02',
  name: 'Theirs',
  author: 'them@example.org',
  isShared: true,
  canChange: false,
  address: 'namespace=shop',
}
const answerOf = (changes: Partial<ListViews['preferences']> = {}, views = [mine, theirs]): ListViews => ({
  views,
  preferences: { ...display, defaultViewId: null, ...changes },
})
const headings = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent)

test('hides columns and makes rows compact for the user', async () => {
  let views = answerOf()
  const { requests } = mockFetch({ '/api/scans': scans, '/api/views/scans': () => views })
  renderInConsole(<ScansPage />, '/scans')
  await waitForData()
  fireEvent.click(screen.getByRole('button', { name: 'Columns' }))
  views = answerOf({ hiddenColumns: ['trigger'] })
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Trigger' }))
  await waitFor(() => expect(headings()).not.toContain('Trigger'))
  views = answerOf({ hiddenColumns: ['trigger'], density: 'compact' })
  fireEvent.click(screen.getByRole('switch', { name: 'Compact rows' }))
  await waitFor(() => expect(screen.getByRole('table').dataset.density).toBe('compact'))
  expect(requests.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['PUT', '/api/views/scans/preferences', { hiddenColumns: ['trigger'], density: 'comfortable', defaultViewId: null }],
    ['PUT', '/api/views/scans/preferences', { hiddenColumns: ['trigger'], density: 'compact', defaultViewId: null }],
  ])
})

test('opens a view with its filters and columns', async () => {
  let views = answerOf()
  mockFetch({ '/api/scans': scans, '/api/views/scans': () => views })
  const { router } = renderInConsole(<ScansPage />, '/scans')
  await waitForData()
  fireEvent.click(screen.getByRole('button', { name: 'Views' }))
  views = answerOf({ hiddenColumns: ['node'], density: 'compact' })
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Mine' }))
  await waitFor(() => expect(router.state.location.search).toBe('?infected=true'))
  await waitFor(() => expect(headings()).not.toContain('Node'))
  expect(await screen.findByRole('button', { name: 'Mine' })).toBeTruthy()
})

test('saves filters, columns and density under a name, which replaces a view of the user', async () => {
  const { requests } = mockFetch({
    '/api/scans': scans,
    '/api/session': sessionOf('administrator'),
    '/api/views/scans': answerOf({ hiddenColumns: ['node'] }),
  })
  renderInConsole(<ScansPage />, '/scans?namespace=shop')
  await waitForData()
  fireEvent.click(await screen.findByRole('button', { name: 'Theirs' }))
  expect(screen.queryByRole('menuitem', { name: 'Delete “Theirs”' })).toBeNull()
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Save this view…' }))
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'mine' } })
  const share = screen.getByRole<HTMLInputElement>('switch', { name: /Share with all users/ })
  expect(share.checked).toBe(true)
  fireEvent.click(share)
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Save view' })).toBeNull())
  expect(requests).toEqual([
    {
      method: 'PUT',
      path: `/api/views/scans/${mine.viewId}`,
      body: { name: 'mine', isShared: false, address: 'namespace=shop', hiddenColumns: ['node'], density: 'comfortable' },
    },
  ])
})

test.each([
  { name: 'replaces the open shared view of another user', address: '/scans?namespace=shop', isOpen: true, isKeptShared: true },
  { name: 'makes an own copy that is not shared', address: '/scans?namespace=shop', isOpen: true, isKeptShared: false },
  { name: 'makes an own view with other filters', address: '/scans?cluster=east', isOpen: false, isKeptShared: false },
])('an administrator who saves under the same name $name', async ({ address, isOpen, isKeptShared }) => {
  const { requests } = mockFetch({
    '/api/scans': scans,
    '/api/session': sessionOf('administrator'),
    '/api/views/scans': answerOf({}, [{ ...theirs, canChange: true }]),
  })
  renderInConsole(<ScansPage />, address)
  await waitForData()
  fireEvent.click(await screen.findByRole('button', { name: isOpen ? 'Theirs' : 'Views' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Save this view…' }))
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'theirs' } })
  if (isOpen && !isKeptShared) fireEvent.click(screen.getByRole('switch', { name: /Share with all users/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(requests).toHaveLength(1))
  expect(requests[0]).toMatchObject(
    isKeptShared ? { method: 'PUT', path: `/api/views/scans/${theirs.viewId}` } : { method: 'POST', path: '/api/views/scans' },
  )
})

test.each([
  { address: '/scans', search: '?namespace=shop' },
  { address: '/scans?cluster=east', search: '?cluster=east' },
])('opens the default view at $address only without parameters', async ({ address, search }) => {
  mockFetch({ '/api/scans': scans, '/api/views/scans': answerOf({ defaultViewId: theirs.viewId }) })
  const { router } = renderInConsole(<ScansPage />, address)
  await waitForData()
  await waitFor(() => expect(router.state.location.search).toBe(search))
})
