import { createLogger } from '@guardimesh/kit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WorkQueue, type WorkResult } from './work-queue.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const RESYNC_MS = 600_000
const queueOf = (work: (name: string) => Promise<WorkResult>) =>
  new WorkQueue({ work, log: createLogger('queue', 'silent'), resyncMs: RESYNC_MS, maxConcurrent: 2 })

test('processes a name once that is added several times', async () => {
  const done: string[] = []
  const queue = queueOf(async (name) => {
    done.push(name)
    return {}
  })
  for (const name of ['a', 'b', 'a', 'a']) queue.add(name)
  await vi.advanceTimersByTimeAsync(1000)
  expect(done).toEqual(['a', 'b'])
  await queue.stop()
})

test('processes a name again that is added while it is processed, never in parallel', async () => {
  let running = 0
  let maxRunning = 0
  let rounds = 0
  const queue = queueOf(async () => {
    running += 1
    maxRunning = Math.max(maxRunning, running)
    rounds += 1
    await new Promise((resolve) => setTimeout(resolve, 200))
    running -= 1
    return {}
  })
  queue.add('a')
  await vi.advanceTimersByTimeAsync(100)
  queue.add('a')
  await vi.advanceTimersByTimeAsync(1000)
  expect([maxRunning, rounds]).toEqual([1, 2])
  await queue.stop()
})

test('limits concurrency and processes all names', async () => {
  const running = new Set<string>()
  let maxRunning = 0
  const done: string[] = []
  const queue = queueOf(async (name) => {
    running.add(name)
    maxRunning = Math.max(maxRunning, running.size)
    await new Promise((resolve) => setTimeout(resolve, 100))
    running.delete(name)
    done.push(name)
    return {}
  })
  for (const name of ['a', 'b', 'c', 'd', 'e']) queue.add(name)
  await vi.advanceTimersByTimeAsync(1000)
  expect(maxRunning).toBe(2)
  expect(done).toHaveLength(5)
  await queue.stop()
})

test('retries failed work with exponential backoff', async () => {
  const atMs: number[] = []
  const queue = queueOf(async () => {
    atMs.push(Date.now())
    if (atMs.length < 4) throw new Error('no')
    return {}
  })
  queue.add('a')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(atMs).toHaveLength(4)
  const pauses = atMs.slice(1).map((at, index) => at - (atMs[index] ?? 0))
  for (const [index, ceilingMs] of [1000, 2000, 4000].entries()) {
    expect(pauses[index]).toBeGreaterThanOrEqual(ceilingMs / 2)
    expect(pauses[index]).toBeLessThanOrEqual(ceilingMs + 1)
  }
  await queue.stop()
})

test('processes a name again after the requested delay and at the resync', async () => {
  const atMs: number[] = []
  const queue = queueOf(async () => {
    atMs.push(Date.now())
    return { requeueAfterMs: atMs.length === 1 ? 5000 : undefined }
  })
  queue.add('a', 0)
  await vi.advanceTimersByTimeAsync(5001)
  expect(atMs).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(RESYNC_MS)
  expect(atMs).toHaveLength(3)
  await queue.stop()
})

test('drops a name whose resource is gone until it is added again', async () => {
  let rounds = 0
  const queue = queueOf(async () => {
    rounds += 1
    return 'gone'
  })
  queue.add('a')
  await vi.advanceTimersByTimeAsync(3 * RESYNC_MS)
  expect([rounds, vi.getTimerCount()]).toEqual([1, 0])
  queue.add('a')
  await vi.advanceTimersByTimeAsync(1000)
  expect(rounds).toBe(2)
  await queue.stop()
})

test('waits for running work on stop and starts nothing afterwards', async () => {
  let isDone = false
  const queue = queueOf(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    isDone = true
    return {}
  })
  queue.add('a', 0)
  await vi.advanceTimersByTimeAsync(1)
  const stopped = queue.stop()
  queue.add('b', 0)
  await vi.advanceTimersByTimeAsync(500)
  await stopped
  expect([isDone, queue.depth]).toEqual([true, 0])
})
