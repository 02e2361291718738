import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describedRoutes } from '../src/platform/http/described-routes.js'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'

let api: TestApi
let keys: Record<'ingestion' | 'read' | 'write', string>
let administrator: TestSession
let viewer: TestSession

beforeAll(async () => {
  api = await startTestApi()
  keys = {
    ingestion: await api.createKey('ingestion'),
    read: await api.createKey('console:read'),
    write: await api.createKey('signatures:write'),
  }
  administrator = await api.login()
  viewer = await viewerSession()
})
afterAll(() => api.close())

/** A viewer with the administrator's password; no route creates accounts yet. */
async function viewerSession(): Promise<TestSession> {
  await api.query(
    `INSERT INTO accounts (email, role, password_hash) SELECT 'viewer@example.org', 'viewer', password_hash FROM accounts WHERE role = 'administrator'`,
  )
  const { password } = await api.administrator()
  const { headers } = await request(api, 'POST', '/login', { json: { email: 'Viewer@example.org', password } })
  return { cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '', origin: administrator.origin }
}

/** Expected result for each caller, by access of the route: an error code, or "ok" for any result that does not concern access. */
const EXPECTED = {
  public: { nobody: 'ok', ingestion: 'ok', read: 'ok', write: 'ok', viewer: 'ok', administrator: 'ok' },
  session: {
    nobody: 'UNAUTHENTICATED',
    ingestion: 'SESSION_REQUIRED',
    read: 'SESSION_REQUIRED',
    write: 'SESSION_REQUIRED',
    viewer: 'ok',
    administrator: 'ok',
  },
  administrator: {
    nobody: 'UNAUTHENTICATED',
    ingestion: 'SESSION_REQUIRED',
    read: 'SESSION_REQUIRED',
    write: 'SESSION_REQUIRED',
    viewer: 'ROLE_MISSING',
    administrator: 'ok',
  },
  scope: {
    nobody: 'UNAUTHENTICATED',
    ingestion: 'ok',
    read: 'SCOPE_MISSING',
    write: 'SCOPE_MISSING',
    viewer: 'UNAUTHENTICATED',
    administrator: 'UNAUTHENTICATED',
  },
  read: { nobody: 'UNAUTHENTICATED', ingestion: 'SCOPE_MISSING', read: 'ok', write: 'SCOPE_MISSING', viewer: 'ok', administrator: 'ok' },
  'read signatures': { nobody: 'UNAUTHENTICATED', ingestion: 'SCOPE_MISSING', read: 'ok', write: 'ok', viewer: 'ok', administrator: 'ok' },
  'manage signatures': {
    nobody: 'UNAUTHENTICATED',
    ingestion: 'SCOPE_MISSING',
    read: 'SCOPE_MISSING',
    write: 'ok',
    viewer: 'ROLE_MISSING',
    administrator: 'ok',
  },
}
const ACCESS_CODES = ['UNAUTHENTICATED', 'SESSION_REQUIRED', 'ROLE_MISSING', 'SCOPE_MISSING', 'API_KEY_UNKNOWN', 'SESSION_EXPIRED']

/** All routes of the API and their access. Add new routes to this list. */
const ROUTES: readonly (readonly [string, string, keyof typeof EXPECTED])[] = [
  ['GET', '/livez', 'public'],
  ['GET', '/readyz', 'public'],
  ['GET', '/metrics', 'public'],
  ['POST', '/login', 'public'],
  ['POST', '/logout', 'public'],
  ['GET', '/api/v1/version', 'public'],
  ['GET', '/*', 'public'],
  ['GET', '/api/session', 'session'],
  ['POST', '/api/account/password', 'session'],
  ['GET', '/api/incidents', 'read'],
  ['GET', '/api/incidents/assignees', 'session'],
  ['GET', '/api/incidents/:incidentId', 'read'],
  ['PATCH', '/api/incidents/:incidentId', 'administrator'],
  ['POST', '/api/incidents/:incidentId/comments', 'administrator'],
  ['POST', '/api/incidents/changes', 'administrator'],
  ['GET', '/api/keys', 'session'],
  ['POST', '/api/keys/create', 'administrator'],
  ['DELETE', '/api/keys/:apiKeyId', 'administrator'],
  ['GET', '/api/notifications/channels', 'administrator'],
  ['POST', '/api/notifications/channels', 'administrator'],
  ['PUT', '/api/notifications/channels/:channelId', 'administrator'],
  ['DELETE', '/api/notifications/channels/:channelId', 'administrator'],
  ['POST', '/api/notifications/channels/:channelId/test', 'administrator'],
  ['GET', '/api/notifications/channels/:channelId/deliveries', 'administrator'],
  ['GET', '/api/scan/config', 'session'],
  ['PUT', '/api/scan/config', 'administrator'],
  ['GET', '/api/findings', 'read'],
  ['GET', '/api/findings/stream', 'read'],
  ['GET', '/api/findings/facets', 'read'],
  ['GET', '/api/findings/:findingId', 'read'],
  ['GET', '/api/scans', 'read'],
  ['GET', '/api/signatures', 'read signatures'],
  ['GET', '/api/signatures/nodes', 'read signatures'],
  ['GET', '/api/signatures/alerts', 'read signatures'],
  ['POST', '/api/signatures/imports', 'manage signatures'],
  ['POST', '/api/signatures/roll-out', 'manage signatures'],
  ['POST', '/api/signatures/rollback', 'manage signatures'],
  ['PUT', '/api/signatures/settings', 'manage signatures'],
  ['GET', '/api/signatures/custom', 'manage signatures'],
  ['PUT', '/api/signatures/custom', 'manage signatures'],
  ['PUT', '/api/signatures/staleness', 'manage signatures'],
  ['OPTIONS', '/api/signatures/uploads', 'manage signatures'],
  ['POST', '/api/signatures/uploads', 'manage signatures'],
  ['OPTIONS', '/api/signatures/uploads/:uploadId', 'manage signatures'],
  ['HEAD', '/api/signatures/uploads/:uploadId', 'manage signatures'],
  ['PATCH', '/api/signatures/uploads/:uploadId', 'manage signatures'],
  ['DELETE', '/api/signatures/uploads/:uploadId', 'manage signatures'],
  ['POST', '/api/signatures/dry-run', 'administrator'],
  ['POST', '/api/signatures/rule-trials', 'manage signatures'],
  ['GET', '/api/signatures/rule-trials', 'manage signatures'],
  ['GET', '/api/signatures/rule-trials/:trialId', 'manage signatures'],
  ['DELETE', '/api/signatures/rule-trials/:trialId', 'manage signatures'],
  ['GET', '/api/sightings', 'read'],
  ['GET', '/api/nodes', 'read'],
  ['GET', '/api/pods', 'read'],
  ['GET', '/api/coverage', 'read'],
  ['GET', '/api/result-gaps', 'read'],
  ['GET', '/api/image-layers', 'read'],
  ['GET', '/api/image-layers/images', 'read'],
  ['POST', '/api/v1/image-layers/claims', 'scope'],
  ['POST', '/api/v1/image-layers/reports', 'scope'],
  ['GET', '/api/overview', 'read'],
  ['GET', '/api/dashboard', 'read'],
  ['GET', '/api/v1/scan/config', 'scope'],
  ['GET', '/api/v1/scan/rule-trial', 'scope'],
  ['POST', '/api/v1/scan/rule-trials/:trialId/reports', 'scope'],
  ['POST', '/api/v1/scan/results', 'scope'],
  ['POST', '/api/v1/pods/logs', 'scope'],
]

test('requires an access decorator and an entry in ROUTES for every route', () => {
  const routes = describedRoutes(api.app)
  expect(routes.filter(({ access }) => access === undefined)).toEqual([])
  const names = routes.map(({ method, path }) => `${method} ${path}`)
  expect(names.toSorted()).toEqual(ROUTES.map(([method, path]) => `${method} ${path}`).toSorted())
})

describe.each(ROUTES)('%s %s (%s)', (method, route, decision) => {
  test.each(['nobody', 'ingestion', 'read', 'write', 'viewer', 'administrator'] as const)('%s', async (caller) => {
    // A rejected query or body also implies that the guard admitted the caller.
    const path = route
      .replace(':apiKeyId', 'none')
      .replace(':channelId', 'none')
      .replace(':findingId', 'none')
      .replace(':uploadId', 'none')
      .replace(':trialId', 'none')
      .replace('*', 'none')
      .replace('stream', 'stream?severity=none')
    const credentials = {
      nobody: {},
      ingestion: { key: keys.ingestion },
      read: { key: keys.read },
      write: { key: keys.write },
      viewer: { session: viewer },
      administrator: { session: administrator },
    }[caller]
    // A logout would end the session of the next case, so it ends another one.
    const ended = route === '/logout' ? { headers: { cookie: 'guardimesh_session=other' } } : {}
    const { status, body } = await request(api, method, path, { ...credentials, ...ended })
    const expected = EXPECTED[decision][caller]
    expect(status).not.toBe(500)
    // A response to HEAD has no body with a code.
    if (method === 'HEAD') return expect([401, 403].includes(status)).toBe(expected !== 'ok')
    const code = ACCESS_CODES.includes(body?.code ?? '') ? body.code : 'ok'
    expect(code).toBe(expected)
  })
})

test.each([
  { name: 'an unknown key', headers: { authorization: `Bearer gmk_abcdefgh_${'A'.repeat(43)}` }, code: 'API_KEY_UNKNOWN' },
  { name: 'a malformed key', headers: { authorization: 'Bearer hello' }, code: 'API_KEY_UNKNOWN' },
  { name: 'another scheme', headers: { authorization: 'Basic YTpi' }, code: 'UNAUTHENTICATED' },
  { name: 'an unknown session', headers: { cookie: `guardimesh_session=${'A'.repeat(43)}` }, code: 'SESSION_EXPIRED' },
  { name: 'a malformed session', headers: { cookie: "guardimesh_session='; DROP TABLE sessions" }, code: 'SESSION_EXPIRED' },
])('rejects $name with $code and counts it', async ({ headers, code }) => {
  const metric = `guardimesh_http_problems_total{code="${code}"}`
  const before = await api.metric(metric)
  const answer = await request(api, 'GET', '/api/findings', { headers: { ...headers } })
  expect(answer).toMatchObject({ status: 401, body: { code } })
  expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  expect(await api.metric(metric)).toBe(before + 1)
})
