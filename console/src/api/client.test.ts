import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { callApi, commandApi } from './client.js'
import { ApiError, ApiUnusable, isSessionOver, isWorthRetrying } from './errors.js'

const Answer = z.object({ count: z.number() })
const fetchEdge = vi.spyOn(globalThis, 'fetch')
afterEach(() => fetchEdge.mockReset())

const answerWith = (body: string, status = 200) => fetchEdge.mockResolvedValue(new Response(body, { status }))
const problem = (status: number, code: string) => JSON.stringify({ type: 'x', title: 'Title', status, code, detail: 'Why.' })
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

test('the answer is checked and cut to its schema', async () => {
  answerWith('{"count":3,"secret":"x"}')
  expect(await callApi('/api/things', Answer, { query: { a: '1 2', b: undefined } })).toEqual({ count: 3 })
  expect(fetchEdge.mock.calls[0]?.[0]).toBe('/api/things?a=1+2')
})

test('a problem document becomes an ApiError', async () => {
  answerWith(problem(404, 'FINDING_NOT_FOUND'), 404)
  const failure = await failureOf(callApi('/api/things', Answer))
  expect(failure).toBeInstanceOf(ApiError)
  expect(failure).toMatchObject({ message: 'Why.', problem: { code: 'FINDING_NOT_FOUND' } })
})

test.each([
  { name: 'an answer of another shape', body: '{"count":"three"}', status: 200, kind: 'unexpected' },
  { name: 'a page of a proxy instead of JSON', body: '<html>', status: 200, kind: 'unexpected' },
  { name: 'a gateway without a backend', body: '<html>', status: 502, kind: 'unreachable' },
  { name: 'a failure that is no problem document', body: '{}', status: 500, kind: 'unexpected' },
])('$name is $kind', async ({ body, status, kind }) => {
  answerWith(body, status)
  const failure = await failureOf(callApi('/api/things', Answer))
  expect(failure).toBeInstanceOf(ApiUnusable)
  expect(failure).toMatchObject({ kind })
})

test('no network is unreachable, and worth another try', async () => {
  fetchEdge.mockRejectedValue(new TypeError('Failed to fetch'))
  const failure = await failureOf(commandApi('/logout', { method: 'POST' }))
  expect(failure).toMatchObject({ kind: 'unreachable' })
  expect(isWorthRetrying(failure)).toBe(true)
})

test('a request that was given up is not a failure of the backend', async () => {
  const leaving = new AbortController()
  fetchEdge.mockImplementation(() => {
    leaving.abort()
    return Promise.reject(leaving.signal.reason)
  })
  expect(await failureOf(callApi('/api/things', Answer, { signal: leaving.signal }))).toBe(leaving.signal.reason)
})

test.each([
  { status: 401, code: 'SESSION_EXPIRED', isOver: true, isRetried: false },
  { status: 401, code: 'LOGIN_FAILED', isOver: false, isRetried: false },
  { status: 403, code: 'ROLE_MISSING', isOver: false, isRetried: false },
  { status: 503, code: 'DATABASE_UNAVAILABLE', isOver: false, isRetried: true },
])('$code: session over $isOver, retried $isRetried', async ({ status, code, isOver, isRetried }) => {
  answerWith(problem(status, code), status)
  const failure = await failureOf(callApi('/api/things', Answer))
  expect(isSessionOver(failure)).toBe(isOver)
  expect(isWorthRetrying(failure)).toBe(isRetried)
})
