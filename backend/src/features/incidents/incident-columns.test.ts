import { HOUR_MS, INCIDENT_HOURS } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { hoursUntil } from './incident-columns.js'

const LAST_SEEN_MS = Date.UTC(2026, 10, 30, 12, 59)
const COUNTS = [...Array<number>(INCIDENT_HOURS - 2).fill(0), 3, 7]

test.each([
  { name: 'in the same hour', nowMs: LAST_SEEN_MS + 30_000, tail: [0, 3, 7] },
  { name: 'in the next hour', nowMs: LAST_SEEN_MS + 60_000, tail: [3, 7, 0] },
  { name: 'with a clock behind that of the database', nowMs: LAST_SEEN_MS - HOUR_MS, tail: [0, 3, 7] },
  { name: 'after a day', nowMs: LAST_SEEN_MS + 24 * HOUR_MS, tail: [0, 0, 0] },
])('counts per hour $name', ({ nowMs, tail }) => {
  const hours = hoursUntil(nowMs, COUNTS, LAST_SEEN_MS)
  expect(hours).toHaveLength(INCIDENT_HOURS)
  expect(hours.slice(-3)).toEqual(tail)
})
