import { expect, test } from 'vitest'
import type { DescribedRoute } from '../platform/http/described-routes.js'
import { errorCodesOf } from './error-codes.js'

const aRoute = (changes: Partial<DescribedRoute>): DescribedRoute => ({
  hasPlainErrors: false,
  ...{ method: 'GET', path: '/x', access: { kind: 'public' }, status: 200, answer: undefined, errors: [] },
  ...changes,
})
const NO_INPUT = { hasBody: false, hasQuery: false }

test.each([
  { name: 'a public read', route: aRoute({}), input: NO_INPUT, expected: [] },
  {
    name: 'a change by an administrator',
    route: aRoute({ method: 'POST', access: { kind: 'permission', permission: 'api-keys:change' }, errors: ['API_KEY_LIMIT_REACHED'] }),
    input: { hasBody: true, hasQuery: false },
    expected: ['API_KEY_LIMIT_REACHED', 'ROLE_MISSING', 'ORIGIN_REFUSED', 'BODY_INVALID', 'SESSION_REQUIRED', 'DATABASE_UNAVAILABLE'],
  },
  {
    name: 'a report of a node',
    route: aRoute({ method: 'POST', access: { kind: 'scope', scope: 'ingestion' } }),
    input: { hasBody: false, hasQuery: true },
    expected: ['SCOPE_MISSING', 'API_KEY_REVOKED', 'QUERY_INVALID'],
  },
])('$name has the codes of its decorators', ({ route, input, expected }) => {
  const codes = errorCodesOf(route, input)
  expect(codes).toEqual(expect.arrayContaining([...expected, 'INTERNAL']))
  expect(new Set(codes).size).toBe(codes.length)
})

test('omits ORIGIN_REFUSED for routes of API keys', () => {
  expect(errorCodesOf(aRoute({ access: { kind: 'scope', scope: 'ingestion' }, method: 'POST' }), NO_INPUT)).not.toContain('ORIGIN_REFUSED')
})
