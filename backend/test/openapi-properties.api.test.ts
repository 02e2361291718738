import { arbitraryRequest, type DocumentedRoute, readDocumentedRoutes } from '@guardimesh/testbed/hostile/generated-requests.js'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi, type TestSession } from './harness.js'

/** Fixed, so that a failure can be repeated. */
const SEED = 20_261_130
/** Requests of each operation; more with HOSTILE_REQUESTS. */
const REQUESTS = Number(process.env.HOSTILE_REQUESTS ?? 12)
const ROUTES = await readDocumentedRoutes()

const UNAVAILABLE: Readonly<Record<string, RegExp>> = { HEAD: /^503 $/ }

let api: TestApi
let session: TestSession
let keys: string[]

beforeAll(async () => {
  api = await startTestApi()
  session = await api.login()
  keys = [await api.createKey('ingestion'), await api.createKey('console:read', 'signatures:write', 'exceptions:write')]
})
afterAll(() => api.close())

function headersOf(actor: number): Record<string, string> {
  if (actor >= 2) return { ...session }
  return { authorization: `Bearer ${keys[actor]}` }
}

const isDocumented = ({ operation }: DocumentedRoute, status: number) =>
  String(status) in operation.responses || `${Math.floor(status / 100)}XX` in operation.responses

test('the document has operations', () => {
  expect(ROUTES.length).toBeGreaterThan(50)
})

test.each(ROUTES)('$method $path: documented statuses only', async (one) => {
  await fc.assert(
    fc.asyncProperty(arbitraryRequest(one), async ({ path, body, mediaType, actor }) => {
      const response = await fetch(`${api.url}${path}`, {
        method: one.method,
        redirect: 'manual',
        headers: { ...headersOf(actor), ...(body ? { 'content-type': mediaType } : {}) },
        ...(body ? { body } : {}),
      })
      const text = await response.text()
      const context = `${response.status} for ${path}: ${text}`
      // Without a signature server, its routes answer 503 with their own code; the answer to HEAD has no body.
      if (response.status >= 500)
        expect(`${response.status} ${text}`, context).toMatch(UNAVAILABLE[one.method] ?? /^503 .*SIGNATURE_SERVER_UNAVAILABLE/)
      expect(isDocumented(one, response.status), context).toBe(true)
    }),
    { seed: SEED, numRuns: REQUESTS, endOnFailure: true },
  )
})
