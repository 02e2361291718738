import { DEFAULT_SCAN_CONFIG } from '@guardimesh/contracts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../mock-api/answer.js'
import { ScanConfigPage } from '../features/scan-config/ScanConfigPage.js'
import { mockFetch, sessionOf } from '../testing/mock-fetch.js'
import { renderRoutes } from '../testing/render.js'
import { AppLayout } from './AppLayout.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => {
  vi.mocked(globalThis.fetch).mockReset()
  vi.useRealTimers()
})

const ROUTES = [
  {
    Component: AppLayout,
    children: [
      { path: '/scan-settings', Component: ScanConfigPage },
      { path: '/nodes', element: <h1>Nodes page</h1> },
    ],
  },
  { path: '/sign-in', element: <h1>Login page</h1> },
]

/** The layout over a backend whose session can end. */
function renderLayout() {
  const state = { isOver: false }
  const config = { config: DEFAULT_SCAN_CONFIG, etag: '"1"', updatedAt: null, updatedBy: null }
  const expired = () => problem('SESSION_EXPIRED', 'the session expired; log in again')
  const orExpired = (answer: unknown) => () => (state.isOver ? expired() : answer)
  const recorded = mockFetch({
    '/api/session': orExpired(sessionOf('administrator')),
    'GET /api/scan/config': orExpired(config),
    'PUT /api/scan/config': orExpired(config),
    'POST /login': () => {
      state.isOver = false
      return sessionOf('administrator').account
    },
  })
  return { ...recorded, ...renderRoutes(ROUTES, '/scan-settings'), state }
}

async function changeSchedule(text: string) {
  const schedule = await screen.findByRole('textbox', { name: 'Schedule' })
  await userEvent.clear(schedule)
  await userEvent.type(schedule, text)
}

test('keeps a form while the user logs in again after the session ended', async () => {
  const { requests, state } = renderLayout()
  await changeSchedule('5 4 * * *')
  state.isOver = true
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  const dialog = await screen.findByRole('dialog', { name: 'Your session expired' })
  await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByLabelText('Password')))
  await userEvent.keyboard('{Escape}')
  await userEvent.type(within(dialog).getByLabelText('Password'), 'correct horse battery{Enter}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Schedule' }).value).toBe('5 4 * * *')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(requests.map(({ method }) => method)).toEqual(['PUT', 'POST', 'PUT']))
  expect(requests[2]?.body).toMatchObject({ schedule: '5 4 * * *' })
})

test.each([
  { role: 'administrator', isShown: true },
  { role: 'analyst', isShown: false },
] as const)('the navigation shows pages that the role may use: $role', async ({ role, isShown }) => {
  mockFetch({ '/api/session': sessionOf(role) })
  renderRoutes(ROUTES, '/nodes')
  await screen.findByRole('heading', { name: 'Nodes page' })
  for (const name of ['Notifications', 'Users', 'Audit log'])
    expect([name, screen.queryByRole('link', { name }) !== null]).toEqual([name, isShown])
  expect(screen.getByRole('link', { name: 'Scan settings' })).toBeTruthy()
})

test('redirects to the login page without a session', async () => {
  mockFetch({ '/api/session': problem('UNAUTHENTICATED', 'log in first') })
  const { router } = renderRoutes(ROUTES, '/scan-settings?a=b')
  await screen.findByText('Login page')
  expect(router.state.location.search).toBe('?returnTo=%2Fscan-settings%3Fa%3Db')
})

test('asks before a link loses unsaved settings', async () => {
  const { router } = renderLayout()
  await changeSchedule('5 4 * * *')
  await userEvent.click(screen.getByRole('link', { name: 'Nodes' }))
  const dialog = await screen.findByRole('dialog', { name: 'Discard unsaved changes?' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Keep editing' }))
  expect(router.state.location.pathname).toBe('/scan-settings')
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Schedule' }).value).toBe('5 4 * * *')
  await userEvent.click(screen.getByRole('link', { name: 'Nodes' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Discard' }))
  await screen.findByText('Nodes page')
})

test('asks before the tab is closed only while there are unsaved settings', async () => {
  renderLayout()
  await screen.findByRole('textbox', { name: 'Schedule' })
  const closeTab = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  expect(closeTab()).toBe(false)
  await changeSchedule('5 4 * * *')
  expect(closeTab()).toBe(true)
})

test('keeps title and navigation while the backend is unavailable, and recovers by itself', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  let isDown = true
  const config = { config: DEFAULT_SCAN_CONFIG, etag: '"1"', updatedAt: null, updatedBy: null }
  const orDown = (answer: unknown) => () => (isDown ? problem('DATABASE_UNAVAILABLE', 'the database is unavailable') : answer)
  mockFetch({ '/api/session': orDown(sessionOf('administrator')), '/api/scan/config': orDown(config) })
  renderRoutes(ROUTES, '/scan-settings')
  await vi.advanceTimersByTimeAsync(4_000)
  expect(await screen.findByRole('heading', { level: 1, name: 'Page not loaded' })).toBeTruthy()
  expect(document.title).toBe('Page not loaded · Guardimesh')
  expect(screen.getByRole('link', { name: 'Nodes' })).toBeTruthy()
  isDown = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await screen.findByRole('textbox', { name: 'Schedule' })).toBeTruthy()
})
