import { ROLES, type Role } from '@guardimesh/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describedRoutes } from '../src/platform/http/described-routes.js'
import { type RequestOptions, request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'

let api: TestApi
let credentials: Record<Caller, RequestOptions>

beforeAll(async () => {
  api = await startTestApi()
  const administrator = await api.login()
  const roles = await Promise.all(
    ROLES.filter((role) => role !== 'administrator').map(async (role) => [role, { session: await sessionOf(role, administrator.origin) }]),
  )
  credentials = {
    ...(Object.fromEntries(roles) as Record<Role, RequestOptions>),
    administrator: { session: administrator },
    nobody: {},
    ingestion: { key: await api.createKey('ingestion') },
    read: { key: await api.createKey('console:read') },
    write: { key: await api.createKey('signatures:write') },
    exceptions: { key: await api.createKey('exceptions:write') },
    audit: { key: await api.createKey('audit:read') },
  }
})
afterAll(() => api.close())

/** Creates an account and a session. */
async function sessionOf(role: Role, origin: string): Promise<TestSession> {
  await api.query('INSERT INTO accounts (email, role) VALUES ($1, $2)', [`${role}@example.org`, role])
  return { cookie: await api.createSession(`${role}@example.org`), origin }
}

const KEYS = ['ingestion', 'read', 'write', 'exceptions', 'audit'] as const
const CALLERS = ['nobody', ...KEYS, ...ROLES] as const
type Caller = (typeof CALLERS)[number]

const USERS = 'viewer analyst signature_manager administrator'
/** Callers with access, by decision of the route. Not derived from PERMISSIONS, so that a change there must be repeated here. */
const ADMITTED = {
  public: `nobody ingestion read write exceptions audit ${USERS}`,
  session: USERS,
  administrator: 'administrator',
  triage: 'analyst administrator',
  'dry run': 'analyst signature_manager administrator',
  scope: 'ingestion',
  read: `read ${USERS}`,
  'read signatures': `read write ${USERS}`,
  'manage signatures': 'write signature_manager administrator',
  'read audit': 'audit administrator',
  'read exceptions': `read exceptions ${USERS}`,
  'manage exceptions': 'exceptions analyst administrator',
}
type Decision = keyof typeof ADMITTED
/** Routes with these decisions are not for programs. */
const ONLY_FOR_USERS: ReadonlySet<Decision> = new Set(['session', 'administrator', 'triage', 'dry run'])

/** Returns the expected result: an error code, or "ok" for any result that does not concern access. */
function expectedCode(decision: Decision, caller: Caller): string {
  if (ADMITTED[decision].split(' ').includes(caller)) return 'ok'
  if (caller === 'nobody') return 'UNAUTHENTICATED'
  if (KEYS.some((key) => key === caller)) return ONLY_FOR_USERS.has(decision) ? 'SESSION_REQUIRED' : 'SCOPE_MISSING'
  return decision === 'scope' ? 'UNAUTHENTICATED' : 'ROLE_MISSING'
}
const ACCESS_CODES = ['UNAUTHENTICATED', 'SESSION_REQUIRED', 'ROLE_MISSING', 'SCOPE_MISSING', 'API_KEY_UNKNOWN', 'SESSION_EXPIRED']

/** All routes of the API and their access. Add new routes to this list. */
const ROUTES: readonly (readonly [string, string, Decision])[] = [
  ['GET', '/livez', 'public'],
  ['GET', '/readyz', 'public'],
  ['GET', '/metrics', 'public'],
  ['POST', '/login', 'public'],
  ['POST', '/login/verify-totp', 'public'],
  ['POST', '/logout', 'public'],
  ['GET', '/api/v1/version', 'public'],
  ['GET', '/*', 'public'],
  ['GET', '/api/session', 'session'],
  ['POST', '/api/account/password', 'session'],
  ['GET', '/api/account/sessions', 'session'],
  ['DELETE', '/api/account/sessions', 'session'],
  ['DELETE', '/api/account/sessions/:sessionId', 'session'],
  ['GET', '/api/account/two-factor', 'session'],
  ['POST', '/api/account/two-factor', 'session'],
  ['POST', '/api/account/two-factor/confirm', 'session'],
  ['POST', '/api/account/two-factor/recovery-codes', 'session'],
  ['POST', '/api/account/two-factor/disable', 'session'],
  ['DELETE', '/api/accounts/:accountId/two-factor', 'administrator'],
  ['GET', '/api/accounts', 'administrator'],
  ['POST', '/api/accounts', 'administrator'],
  ['PATCH', '/api/accounts/:accountId', 'administrator'],
  ['DELETE', '/api/accounts/:accountId', 'administrator'],
  ['POST', '/api/accounts/:accountId/invitation', 'administrator'],
  ['GET', '/api/accounts/:accountId/sessions', 'administrator'],
  ['DELETE', '/api/accounts/:accountId/sessions', 'administrator'],
  ['DELETE', '/api/accounts/:accountId/sessions/:sessionId', 'administrator'],
  ['POST', '/api/invitations/read', 'public'],
  ['POST', '/api/invitations/accept', 'public'],
  ['GET', '/api/incidents', 'read'],
  ['GET', '/api/incidents/assignees', 'session'],
  ['GET', '/api/incidents/:incidentId', 'read'],
  ['PATCH', '/api/incidents/:incidentId', 'triage'],
  ['POST', '/api/incidents/:incidentId/comments', 'triage'],
  ['POST', '/api/incidents/changes', 'triage'],
  ['GET', '/api/exceptions', 'read exceptions'],
  ['GET', '/api/exceptions/:exceptionId', 'read exceptions'],
  ['POST', '/api/exceptions', 'manage exceptions'],
  ['POST', '/api/exceptions/preview', 'read exceptions'],
  ['PATCH', '/api/exceptions/:exceptionId', 'manage exceptions'],
  ['POST', '/api/exceptions/:exceptionId/revoke', 'manage exceptions'],
  ['GET', '/api/keys', 'session'],
  ['POST', '/api/keys/create', 'administrator'],
  ['DELETE', '/api/keys/:apiKeyId', 'administrator'],
  ['GET', '/api/notifications/channels', 'administrator'],
  ['POST', '/api/notifications/channels', 'administrator'],
  ['PUT', '/api/notifications/channels/:channelId', 'administrator'],
  ['DELETE', '/api/notifications/channels/:channelId', 'administrator'],
  ['POST', '/api/notifications/channels/:channelId/test', 'administrator'],
  ['GET', '/api/notifications/channels/:channelId/deliveries', 'administrator'],
  ['GET', '/api/notifications/deliveries', 'administrator'],
  ['POST', '/api/notifications/deliveries/:deliveryId/send-again', 'administrator'],
  ['GET', '/api/notifications/rules', 'administrator'],
  ['POST', '/api/notifications/rules', 'administrator'],
  ['POST', '/api/notifications/rules/preview', 'administrator'],
  ['PUT', '/api/notifications/rules/:ruleId', 'administrator'],
  ['DELETE', '/api/notifications/rules/:ruleId', 'administrator'],
  ['GET', '/api/scan/config', 'session'],
  ['PUT', '/api/scan/config', 'administrator'],
  ['GET', '/api/findings', 'read'],
  ['GET', '/api/findings/stream', 'read'],
  ['GET', '/api/findings/facets', 'read'],
  ['GET', '/api/findings/:findingId', 'read'],
  ['GET', '/api/scans', 'read'],
  ['GET', '/api/views/:list', 'session'],
  ['POST', '/api/views/:list', 'session'],
  ['PUT', '/api/views/:list/preferences', 'session'],
  ['PUT', '/api/views/:list/:viewId', 'session'],
  ['DELETE', '/api/views/:list/:viewId', 'session'],
  ['GET', '/api/audit', 'read audit'],
  ['GET', '/api/audit/verify', 'read audit'],
  ['GET', '/api/audit/export', 'read audit'],
  ['GET', '/api/coverage/export', 'read'],
  ['GET', '/api/findings/export', 'read'],
  ['GET', '/api/incidents/export', 'read'],
  ['GET', '/api/scans/export', 'read'],
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
  ['POST', '/api/signatures/dry-run', 'dry run'],
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
  test.each(CALLERS)('%s', async (caller) => {
    // A rejected query or body also implies that the guard admitted the caller.
    const path = route
      .replace(':list', 'findings')
      .replaceAll(/:\w+|\*/g, 'none')
      .replace('stream', 'stream?severity=none')
    // A logout would end the session of the next case, so it ends another one.
    const ended = route === '/logout' ? { headers: { cookie: 'guardimesh_session=other' } } : {}
    const { status, body } = await request(api, method, path, { ...credentials[caller], ...ended })
    const expected = expectedCode(decision, caller)
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
