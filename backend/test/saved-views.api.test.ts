import { type ListViews, SAVED_VIEWS_MAX, type SaveView } from '@guardimesh/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'

let api: TestApi
let administrator: TestSession
let viewer: TestSession

beforeAll(async () => {
  api = await startTestApi()
  administrator = await api.login()
  await api.query(
    `INSERT INTO accounts (email, role, password_hash) SELECT 'viewer@example.org', 'viewer', password_hash FROM accounts WHERE role = 'administrator'`,
  )
  const { password } = await api.administrator()
  const { headers } = await request(api, 'POST', '/login', { json: { email: 'viewer@example.org', password } })
  viewer = { cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '', origin: administrator.origin }
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE saved_views, list_preferences, audit_log'))

const aView = (changes: Partial<SaveView> = {}): SaveView => ({
  name: 'Night shift',
  isShared: false,
  address: 'severity=critical&sort=severity',
  hiddenColumns: ['node'],
  density: 'compact',
  ...changes,
})
const call = (session: TestSession, method: string, path: string, json?: unknown) =>
  request<ListViews & { code: string }>(api, method, `/api/views/${path}`, json === undefined ? { session } : { session, json })
const namesOf = async (session: TestSession, list = 'findings') => (await call(session, 'GET', list)).body.views.map(({ name }) => name)

test('own views are private, shared ones are visible to all, for the list they were saved for', async () => {
  await call(administrator, 'POST', 'findings', aView())
  const { body } = await call(administrator, 'POST', 'findings', aView({ name: 'All hands', isShared: true }))
  expect(body.views).toEqual([
    { ...aView({ name: 'All hands', isShared: true }), viewId: expect.any(String), author: 'admin@example.org', canChange: true },
    expect.objectContaining({ name: 'Night shift' }),
  ])
  const seen = (await call(viewer, 'GET', 'findings')).body.views
  expect(seen).toMatchObject([{ name: 'All hands', canChange: false }])
  expect(await namesOf(administrator, 'scans')).toEqual([])
  expect(await call(administrator, 'GET', 'nodes')).toMatchObject({ status: 404, body: { code: 'SAVED_VIEW_NOT_FOUND' } })
})

test('only the author and administrators change a view; changes are in the audit log', async () => {
  const created = await call(viewer, 'POST', 'scans', aView({ isShared: true }))
  const { viewId } = created.body.views[0] ?? { viewId: '' }
  const [other] = (await call(administrator, 'POST', 'scans', aView({ name: 'Theirs', isShared: true }))).body.views.filter(
    ({ author }) => author === 'admin@example.org',
  )
  const theirs = `scans/${other?.viewId}`
  expect(await call(viewer, 'PUT', theirs, aView())).toMatchObject({ status: 403, body: { code: 'ROLE_MISSING' } })
  expect((await call(viewer, 'DELETE', theirs)).body.code).toBe('ROLE_MISSING')
  expect((await call(viewer, 'PUT', `scans/${viewId}`, aView({ name: 'Renamed', isShared: true }))).status).toBe(200)
  expect((await call(administrator, 'DELETE', `scans/${viewId}`)).body.views).toHaveLength(1)
  for (const id of [viewId, 'none']) expect((await call(administrator, 'DELETE', `scans/${id}`)).body.code).toBe('SAVED_VIEW_NOT_FOUND')
  const entries = await api.query('SELECT actor_name, action, details FROM audit_log WHERE target = $1 ORDER BY audit_id', [viewId])
  expect(entries).toMatchObject([
    { actor_name: 'viewer@example.org', action: 'saved-view.create', details: { after: { list: 'scans', name: 'Night shift' } } },
    { action: 'saved-view.change', details: { before: { name: 'Night shift' }, after: { name: 'Renamed' } } },
    { actor_name: 'admin@example.org', action: 'saved-view.delete', details: { before: { name: 'Renamed' } } },
  ])
})

test('columns, density and default view belong to the user', async () => {
  const { body } = await call(administrator, 'POST', 'findings', aView({ isShared: true }))
  const viewId = body.views[0]?.viewId ?? ''
  expect(body.preferences).toEqual({ hiddenColumns: [], density: 'comfortable', defaultViewId: null })
  const preferences = { hiddenColumns: ['path', 'node'], density: 'compact', defaultViewId: viewId }
  expect((await call(viewer, 'PUT', 'findings/preferences', preferences)).body.preferences).toEqual(preferences)
  expect((await call(administrator, 'GET', 'findings')).body.preferences.defaultViewId).toBeNull()
  expect((await call(viewer, 'PUT', 'scans/preferences', preferences)).body.code).toBe('SAVED_VIEW_NOT_FOUND')
  await call(administrator, 'PUT', `findings/${viewId}`, aView({ isShared: false }))
  expect((await call(viewer, 'GET', 'findings')).body.preferences).toEqual({ ...preferences, defaultViewId: null })
  await call(administrator, 'DELETE', `findings/${viewId}`)
  expect((await call(viewer, 'GET', 'findings')).body.preferences).toEqual({ ...preferences, defaultViewId: null })
})

test('an account has a limited number of views', async () => {
  await api.query(
    `INSERT INTO saved_views (list, name, author_id, is_shared, address, hidden_columns, density)
     SELECT 'findings', 'view ' || n, account_id, false, '', '{}', 'compact' FROM accounts, generate_series(1, $1) AS n WHERE role = 'viewer'`,
    [SAVED_VIEWS_MAX],
  )
  expect(await call(viewer, 'POST', 'scans', aView())).toMatchObject({ status: 409, body: { code: 'SAVED_VIEW_LIMIT_REACHED' } })
  expect((await call(administrator, 'POST', 'scans', aView())).status).toBe(200)
})
