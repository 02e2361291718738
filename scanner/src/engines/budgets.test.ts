import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Budgets } from './budgets.js'

const never = new AbortController().signal

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Enters, and records when it got in. */
function enter(budgets: Budgets, sizeBytes: number, log: string[], name: string): void {
  void budgets.acquire(sizeBytes, never).then(() => log.push(`${name}@${Math.round(performance.now())}`))
}

test('no more files than allowed are under way, in order of asking', async () => {
  const budgets = new Budgets({ concurrentScans: 2, bytesPerSecond: 0 })
  const places = [await budgets.acquire(1, never), await budgets.acquire(1, never)]
  const order: string[] = []
  for (const name of ['third', 'fourth']) void budgets.acquire(1, never).then(() => order.push(name))
  await vi.advanceTimersByTimeAsync(1000)
  expect(order).toEqual([])
  expect(budgets.queueLength).toBe(2)
  places[0]?.[Symbol.dispose]()
  places[0]?.[Symbol.dispose]()
  await vi.advanceTimersByTimeAsync(0)
  expect(order).toEqual(['third'])
  budgets.set({ concurrentScans: 3, bytesPerSecond: 0 })
  await vi.advanceTimersByTimeAsync(0)
  expect(order).toEqual(['third', 'fourth'])
})

test('bytes pass at their rate, and a file larger than a second of it passes too', async () => {
  const startMs = performance.now()
  const budgets = new Budgets({ concurrentScans: 10, bytesPerSecond: 1000 })
  const log: string[] = []
  enter(budgets, 3000, log, 'large')
  enter(budgets, 500, log, 'next')
  enter(budgets, 500, log, 'last')
  await vi.advanceTimersByTimeAsync(10_000)
  const atMs = log.map((line) => Number(line.split('@')[1]) - startMs)
  expect(atMs[0]).toBe(0)
  expect(atMs[1]).toBeGreaterThanOrEqual(2000)
  expect(atMs[1]).toBeLessThan(2100)
  expect(atMs[2]).toBeGreaterThanOrEqual(2500)
  expect(atMs[2]).toBeLessThan(2600)
})

test('a place that is given up while waiting is not taken', async () => {
  const budgets = new Budgets({ concurrentScans: 1, bytesPerSecond: 0 })
  const first = await budgets.acquire(1, never)
  const giveUp = new AbortController()
  const second = budgets.acquire(1, giveUp.signal)
  const third = budgets.acquire(1, never)
  giveUp.abort(new Error('enough'))
  await expect(second).rejects.toThrow('enough')
  first[Symbol.dispose]()
  await expect(third).resolves.toBeDefined()
})

test('who is patient lets everybody else go first, and is let in when nobody waits', async () => {
  const budgets = new Budgets({ concurrentScans: 1, bytesPerSecond: 0 })
  const patient = await budgets.acquire(1, never, true)
  const order: string[] = []
  const giveUp = new AbortController()
  const wait = (name: string, isPatient: boolean, signal = never) =>
    budgets.acquire(1, signal, isPatient).then(
      (place) => {
        order.push(name)
        return place
      },
      () => order.push(`${name} gave up`),
    )
  void wait('patient', true)
  void wait('no more', true, giveUp.signal)
  const first = wait('first', false)
  const second = wait('second', false)
  expect(budgets.queueLength).toBe(2)
  giveUp.abort()
  patient[Symbol.dispose]()
  for (const next of [first, second]) {
    const place = (await next) as Disposable
    place[Symbol.dispose]()
  }
  await vi.advanceTimersByTimeAsync(0)
  expect(order).toEqual(['no more gave up', 'first', 'second', 'patient'])
})
