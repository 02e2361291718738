import { expect, test } from 'vitest'
import { backoffMs, sleep } from './backoff.js'

const policy = { firstMs: 100, maxMs: 1000 }

test.each([
  { failures: 1, random: 0, expected: 50 },
  { failures: 1, random: 1, expected: 100 },
  { failures: 3, random: 1, expected: 400 },
  { failures: 10, random: 1, expected: 1000 },
  { failures: 100_000, random: 0, expected: 500 },
])('waits $expected ms after $failures failures with random $random', ({ failures, random, expected }) => {
  expect(backoffMs(failures, policy, () => random)).toBe(expected)
})

test('sleep returns early without an error when aborted', async () => {
  const startedAt = Date.now()
  await sleep(60_000, AbortSignal.timeout(20))
  expect(Date.now() - startedAt).toBeLessThan(10_000)
})
