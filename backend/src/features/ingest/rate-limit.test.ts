import { expect, test } from 'vitest'
import { RateLimit } from './rate-limit.js'

const limited = (retryAfterSeconds: number) => expect.objectContaining({ code: 'INGEST_RATE_LIMITED', facts: { retryAfterSeconds } })

test('allows a burst of one second, then the configured rate', () => {
  const limit = new RateLimit(10, 0)
  limit.check(0)
  limit.charge(10)
  expect(() => limit.check(0)).toThrow(limited(1))
  limit.check(100)
  limit.charge(1)
  expect(() => limit.check(100)).toThrow(limited(1))
})

test('accepts a batch larger than the limit and delays later ones', () => {
  const limit = new RateLimit(10, 0)
  limit.check(0)
  limit.charge(500)
  expect(() => limit.check(0)).toThrow(limited(49))
  expect(() => limit.check(48_000)).toThrow(limited(1))
  limit.check(49_100)
})

test('does not accumulate tokens, and tolerates a clock that is set back', () => {
  const limit = new RateLimit(10, 3_600_000)
  limit.check(7_200_000)
  limit.charge(11)
  expect(() => limit.check(7_200_000)).toThrow(limited(1))
  expect(() => limit.check(0)).toThrow(limited(1))
  limit.check(1_000)
})
