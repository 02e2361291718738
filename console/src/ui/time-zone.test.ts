import { expect, test } from 'vitest'
import { formatExact, fromInputTime, toInputTime } from './time-zone.js'

const ISO = '2026-03-01T22:05:09.000Z'

test('formats an exact time in UTC', () => expect(formatExact(ISO, 'utc')).toBe('2026-03-01 22:05:09'))

test.each(['utc', 'local'] as const)('returns the same time from an input in the time zone %s', (zone) =>
  expect(fromInputTime(toInputTime(ISO, zone), zone)).toBe(ISO),
)

test.each(['', '2026-03-01T', 'soon'])('ignores the incomplete input %j', (value) => expect(fromInputTime(value, 'utc')).toBeUndefined())

test.each([undefined, 'soon'])('leaves the input empty for %j', (iso) => expect(toInputTime(iso, 'utc')).toBe(''))
