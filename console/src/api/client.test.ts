import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { callApi, commandApi } from './client.js'
import { ApiError, ApiUnavailable, isSessionOver, isWorthRetrying } from './errors.js'

const Things = z.object({ count: z.number() })
const fetchMock = vi.spyOn(globalThis, 'fetch')
afterEach(() => fetchMock.mockReset())

const answerWith = (body: string, status = 200) => fetchMock.mockResolvedValue(new Response(body, { status }))
const problem = (status: number, code: string) => JSON.stringify({ type: 'x', title: 'Title', status, code, detail: 'Why.' })
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

test('validates the response and reduces it to the schema', async () => {
  answerWith('{"count":3,"secret":"x"}')
  expect(await callApi('/api/things', Things, { query: { a: '1 2', b: undefined } })).toEqual({ count: 3 })
  expect(fetchMock.mock.calls[0]?.[0]).toBe('/api/things?a=1+2')
})

test('converts a problem document to an ApiError', async () => {
  answerWith(problem(404, 'FINDING_NOT_FOUND'), 404)
  const failure = await failureOf(callApi('/api/things', Things))
  expect(failure).toBeInstanceOf(ApiError)
  expect(failure).toMatchObject({ message: 'Why.', problem: { code: 'FINDING_NOT_FOUND' } })
})

test.each([
  { name: 'a response with another shape', body: '{"count":"three"}', status: 200, kind: 'unexpected' },
  { name: 'an HTML page of a proxy', body: '<html>', status: 200, kind: 'unexpected' },
  { name: 'a gateway error', body: '<html>', status: 502, kind: 'unreachable' },
  { name: 'an error without a problem document', body: '{}', status: 500, kind: 'unexpected' },
])('reports $name as $kind', async ({ body, status, kind }) => {
  answerWith(body, status)
  const failure = await failureOf(callApi('/api/things', Things))
  expect(failure).toBeInstanceOf(ApiUnavailable)
  expect(failure).toMatchObject({ kind })
})

test('reports a network error as unreachable and worth retrying', async () => {
  fetchMock.mockRejectedValue(new TypeError('Failed to fetch'))
  const failure = await failureOf(commandApi('/logout', { method: 'POST' }))
  expect(failure).toMatchObject({ kind: 'unreachable' })
  expect(isWorthRetrying(failure)).toBe(true)
})

test('rethrows the reason of an aborted request', async () => {
  const navigation = new AbortController()
  fetchMock.mockImplementation(() => {
    navigation.abort()
    return Promise.reject(navigation.signal.reason)
  })
  expect(await failureOf(callApi('/api/things', Things, { signal: navigation.signal }))).toBe(navigation.signal.reason)
})

test.each([
  { status: 401, code: 'SESSION_EXPIRED', isOver: true, isRetried: false },
  { status: 401, code: 'LOGIN_FAILED', isOver: false, isRetried: false },
  { status: 403, code: 'ROLE_MISSING', isOver: false, isRetried: false },
  { status: 503, code: 'DATABASE_UNAVAILABLE', isOver: false, isRetried: true },
])('treats $code as session over: $isOver, worth retrying: $isRetried', async ({ status, code, isOver, isRetried }) => {
  answerWith(problem(status, code), status)
  const failure = await failureOf(callApi('/api/things', Things))
  expect(isSessionOver(failure)).toBe(isOver)
  expect(isWorthRetrying(failure)).toBe(isRetried)
})
