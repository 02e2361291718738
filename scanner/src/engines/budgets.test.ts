import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Budgets } from './budgets.js'

const never = new AbortController().signal

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Waits for admission and records the time. */
function acquire(budgets: Budgets, sizeBytes: number, log: string[], name: string): void {
  void budgets.acquire(sizeBytes, never).then(() => log.push(`${name}@${Math.round(performance.now())}`))
}

test('admits up to the maximum number of files, in order', async () => {
  const budgets = new Budgets({ concurrentScans: 2, bytesPerSecond: 0 })
  const slots = [await budgets.acquire(1, never), await budgets.acquire(1, never)]
  const order: string[] = []
  for (const name of ['third', 'fourth']) void budgets.acquire(1, never).then(() => order.push(name))
  await vi.advanceTimersByTimeAsync(1000)
  expect(order).toEqual([])
  expect(budgets.queueLength).toBe(2)
  slots[0]?.[Symbol.dispose]()
  slots[0]?.[Symbol.dispose]()
  await vi.advanceTimersByTimeAsync(0)
  expect(order).toEqual(['third'])
  budgets.set({ concurrentScans: 3, bytesPerSecond: 0 })
  await vi.advanceTimersByTimeAsync(0)
  expect(order).toEqual(['third', 'fourth'])
})

test('admits bytes at the limit, and files larger than one second of it', async () => {
  const startMs = performance.now()
  const budgets = new Budgets({ concurrentScans: 10, bytesPerSecond: 1000 })
  const log: string[] = []
  acquire(budgets, 3000, log, 'large')
  acquire(budgets, 500, log, 'next')
  acquire(budgets, 500, log, 'last')
  await vi.advanceTimersByTimeAsync(10_000)
  const atMs = log.map((line) => Number(line.split('@')[1]) - startMs)
  expect(atMs[0]).toBe(0)
  expect(atMs[1]).toBeGreaterThanOrEqual(2000)
  expect(atMs[1]).toBeLessThan(2100)
  expect(atMs[2]).toBeGreaterThanOrEqual(2500)
  expect(atMs[2]).toBeLessThan(2600)
})

test('skips a waiting file that was aborted', async () => {
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

test('admits background work only when no other work waits', async () => {
  const budgets = new Budgets({ concurrentScans: 1, bytesPerSecond: 0 })
  const background = await budgets.acquire(1, never, true)
  const order: string[] = []
  const giveUp = new AbortController()
  const wait = (name: string, isBackground: boolean, signal = never) =>
    budgets.acquire(1, signal, isBackground).then(
      (slot) => {
        order.push(name)
        return slot
      },
      () => order.push(`${name} aborted`),
    )
  void wait('background', true)
  void wait('aborted', true, giveUp.signal)
  const first = wait('first', false)
  const second = wait('second', false)
  expect(budgets.queueLength).toBe(2)
  giveUp.abort()
  background[Symbol.dispose]()
  for (const next of [first, second]) {
    const slot = (await next) as Disposable
    slot[Symbol.dispose]()
  }
  await vi.advanceTimersByTimeAsync(0)
  expect(order).toEqual(['aborted aborted', 'first', 'second', 'background'])
})
