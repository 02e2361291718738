import { expect, test } from 'vitest'
import { RateLimit } from './rate-limit.js'

const limited = (retryAfterSeconds: number) => expect.objectContaining({ code: 'INGEST_RATE_LIMITED', facts: { retryAfterSeconds } })

test('a second’s worth at once, then as fast as the limit', () => {
  const limit = new RateLimit(10, 0)
  limit.check(0)
  limit.charge(10)
  expect(() => limit.check(0)).toThrow(limited(1))
  limit.check(100)
  limit.charge(1)
  expect(() => limit.check(100)).toThrow(limited(1))
})

test('a batch that is larger than the limit is taken, and paid off by those that follow', () => {
  const limit = new RateLimit(10, 0)
  limit.check(0)
  limit.charge(500)
  expect(() => limit.check(0)).toThrow(limited(49))
  expect(() => limit.check(48_000)).toThrow(limited(1))
  limit.check(49_100)
})

test('quiet hours save nothing up, and a clock that is set back does no harm', () => {
  const limit = new RateLimit(10, 3_600_000)
  limit.check(7_200_000)
  limit.charge(11)
  expect(() => limit.check(7_200_000)).toThrow(limited(1))
  expect(() => limit.check(0)).toThrow(limited(1))
  limit.check(1_000)
})
