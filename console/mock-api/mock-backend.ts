import { SECOND_MS, SESSION_COOKIE } from '@guardimesh/contracts'
import { z } from 'zod'
import type { MockSession } from './accounts.js'
import { problem } from './answer.js'
import { createDb, emptyDb, type MockDb } from './db.js'
import { type FindingFeed, startFindingFeed } from './finding-feed.js'
import { accountRoutes } from './handlers/accounts.js'
import { auditRoutes } from './handlers/audit.js'
import { dashboardRoutes } from './handlers/dashboard.js'
import { exceptionRoutes } from './handlers/exceptions.js'
import { findingRoutes } from './handlers/findings.js'
import { imageLayerRoutes } from './handlers/image-layers.js'
import { incidentRoutes } from './handlers/incidents.js'
import { inventoryRoutes } from './handlers/inventory.js'
import type { MockRoute } from './handlers/mock-route.js'
import { notificationRuleRoutes } from './handlers/notification-rules.js'
import { notificationRoutes } from './handlers/notifications.js'
import { ruleTrialRoutes } from './handlers/rule-trials.js'
import { savedViewRoutes } from './handlers/saved-views.js'
import { sessionRoutes } from './handlers/sessions.js'
import { settingsRoutes } from './handlers/settings.js'
import { signatureRoutes } from './handlers/signatures.js'

const ROUTES: readonly MockRoute[] = [
  ...sessionRoutes,
  ...accountRoutes,
  // Before routes with an id.
  ...auditRoutes,
  ...findingRoutes,
  ...dashboardRoutes,
  ...incidentRoutes,
  ...exceptionRoutes,
  ...inventoryRoutes,
  ...imageLayerRoutes,
  ...signatureRoutes,
  ...settingsRoutes,
  ...notificationRoutes,
  ...notificationRuleRoutes,
  ...ruleTrialRoutes,
  ...savedViewRoutes,
]
const OPEN_PATHS = new Set(['/login', '/api/session', '/api/invitations/read', '/api/invitations/accept'])
/** Exempt from failures, so that every account can log in and out. */
const PLAIN_PATHS = new Set(['/login', '/logout', '/api/session'])
const SLOW_MS = 4 * SECOND_MS

/** True for API requests; all others are files of the console. */
export function isApiRequest(method: string, path: string): boolean {
  return path.startsWith('/api/') || (method === 'POST' && (path === '/login' || path === '/logout'))
}

export interface MockBackend {
  handle: (request: Request) => Promise<Response>
  stop: () => void
}

/** The whole API in memory. Failures are triggered by marked input: the account (MOCK_ACCOUNTS) or the search text (`error-500` and the like). */
export function createMockBackend({ findingEveryMs }: { findingEveryMs: number }): MockBackend {
  const db = createDb()
  const feed = startFindingFeed(db, findingEveryMs)
  return { handle: (request) => handle(request, db, feed), stop: feed.stop }
}

async function handle(request: Request, db: MockDb, feed: FindingFeed): Promise<Response> {
  const { pathname, searchParams: query } = new URL(request.url)
  const session = findSession(request, db)
  if (!session && !OPEN_PATHS.has(pathname)) return problem('UNAUTHENTICATED', 'Log in first.')
  const failure = PLAIN_PATHS.has(pathname) ? undefined : await markedFailure(query, session)
  if (failure) return failure
  const route = ROUTES.find(([method, path]) => method === request.method && path.test(pathname))
  if (!route) return problem('ROUTE_NOT_FOUND', `No route for ${request.method} ${pathname}.`)
  const parts = (route[1].exec(pathname) ?? []).slice(1).map(decodeURIComponent)
  const seen = session?.behaviour === 'empty' ? emptyDb(db) : db
  try {
    const body = request.headers.get('content-type') === 'application/json' ? await request.json() : undefined
    return await route[2]({ request, query, parts, body, db: seen, session, feed })
  } catch (error) {
    if (error instanceof z.ZodError) return problem('BODY_INVALID', z.prettifyError(error))
    throw error
  }
}

function findSession(request: Request, db: MockDb): MockSession | undefined {
  const cookie = request.headers.get('cookie') ?? ''
  const token = new RegExp(`${SESSION_COOKIE}=([^;]+)`).exec(cookie)?.[1]
  return token === undefined ? undefined : db.sessions.get(token)
}

async function markedFailure(query: URLSearchParams, session: MockSession | undefined): Promise<Response | undefined> {
  const mark = query.get('search')
  if (mark === 'error-401') return problem('SESSION_EXPIRED', 'The session expired. Log in again.')
  if (mark === 'error-500')
    return problem('INTERNAL', 'Reading the findings failed. Try again. If the problem persists, report the request ID.')
  if (session?.behaviour === 'forbidden' || mark === 'error-403')
    return problem('ROLE_MISSING', 'Your role does not allow this. Contact an administrator.')
  if (session?.behaviour === 'outage' || mark === 'error-503')
    return problem('DATABASE_UNAVAILABLE', 'The database is unavailable. Try again in a moment.')
  if (session?.behaviour === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
  return undefined
}
