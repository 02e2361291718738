import { expect, test } from 'vitest'
import { walkIntervalMs } from './walk-intervals.js'

test.each([
  { name: '20 small containers', busyMs: Array<number>(20).fill(1) },
  { name: '200 small containers', busyMs: Array<number>(200).fill(5) },
  { name: 'a million files in one of 20', busyMs: [8000, ...Array<number>(19).fill(1)] },
  { name: 'a million files in each of 5', busyMs: Array<number>(5).fill(8000) },
])('all walks together use at most one percent of a core: $name', ({ busyMs }) => {
  const load = busyMs.reduce((sum, one) => sum + one / walkIntervalMs(one, busyMs), 0)
  expect(load).toBeLessThanOrEqual(0.0101)
})

test('one huge container hardly delays the walks of the others', () => {
  const all = [8000, ...Array<number>(19).fill(1)]
  expect(walkIntervalMs(1, all)).toBe(15_000)
  expect(walkIntervalMs(8000, all)).toBeGreaterThan(800_000)
})
