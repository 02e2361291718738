import { type QueryKey, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { problem } from '../../mock-api/answer.js'
import { ApiError, ApiUnavailable } from './errors.js'
import { createQueryClient } from './query-client.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const unreachable = new ApiUnavailable('unreachable', undefined)

/** Observes a query that fails while `state.error` is set. */
function observe(queryKey: QueryKey, state: { error: Error | undefined; data: unknown }) {
  const fetches: number[] = []
  const client = createQueryClient()
  const observer = new QueryObserver(client, {
    queryKey,
    queryFn: () => {
      fetches.push(Date.now())
      return state.error ? Promise.reject(state.error) : Promise.resolve(state.data)
    },
    retry: false,
  })
  return { fetches, observer, stop: observer.subscribe(() => {}) }
}

test('repeats a failed query with growing delays until the backend is back', async () => {
  const state: { error: Error | undefined; data: unknown } = { error: unreachable, data: 'rows' }
  const { fetches, observer, stop } = observe(['nodes'], state)
  await vi.advanceTimersByTimeAsync(70_000)
  const delays = fetches.slice(1).map((at, index) => at - (fetches[index] ?? 0))
  expect(delays).toEqual([2_000, 4_000, 8_000, 16_000, 30_000])
  state.error = undefined
  await vi.advanceTimersByTimeAsync(30_000)
  expect(observer.getCurrentResult().data).toBe('rows')
  const count = fetches.length
  await vi.advanceTimersByTimeAsync(120_000)
  expect(fetches).toHaveLength(count)
  stop()
})

test('does not repeat a query that the backend rejected', async () => {
  const body: unknown = await problem('ROLE_MISSING', 'not allowed').json()
  const { fetches, stop } = observe(['keys'], { error: new ApiError(body as ApiError['problem']), data: undefined })
  await vi.advanceTimersByTimeAsync(120_000)
  expect(fetches).toHaveLength(1)
  stop()
})

test('does not read a list of several pages again', async () => {
  const state: { error: Error | undefined; data: unknown } = { error: undefined, data: { pages: [1, 2], pageParams: [null, 'a'] } }
  const { fetches, observer, stop } = observe(['findings'], state)
  await vi.advanceTimersByTimeAsync(0)
  state.error = unreachable
  await observer.refetch()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(fetches).toHaveLength(2)
  stop()
})
