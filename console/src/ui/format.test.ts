import { DAY_MS, HOUR_MS, MIB_BYTES, MINUTE_MS } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { formatBytes, formatMode } from './format-number.js'
import { formatDuration, formatRelative, formatSpan, formatUtc, isShownAsDate } from './format-time.js'

const nowMs = Date.parse('2026-03-01T10:00:00Z')

test.each([
  { name: 'now', elapsedMs: 400, expected: undefined },
  { name: 'a clock that is ahead', elapsedMs: -20_000, expected: undefined },
  { name: 'seconds', elapsedMs: 9_900, expected: '9s ago' },
  { name: 'minutes', elapsedMs: 5 * MINUTE_MS, expected: '5m ago' },
  { name: 'hours', elapsedMs: 25 * HOUR_MS - 1, expected: '1d ago' },
  { name: 'a clock that is far ahead', elapsedMs: -2 * HOUR_MS, expected: 'in 2h' },
])('relative time: $name', ({ elapsedMs, expected }) => expect(formatRelative(nowMs - elapsedMs, nowMs)).toBe(expected))

test('formats exact times in UTC', () => expect(formatUtc('2026-03-01T11:02:03.456+01:00')).toBe('2026-03-01 10:02:03 UTC'))

test.each([
  { durationMs: 0.4, expected: '0 ms' },
  { durationMs: 2_440, expected: '2.4 s' },
  { durationMs: 185_000, expected: '3 min 5 s' },
])('duration $expected', ({ durationMs, expected }) => expect(formatDuration(durationMs)).toBe(expected))

test.each([
  { spanMs: 0, expected: '0 s' },
  { spanMs: 40_900, expected: '40 s' },
  { spanMs: 899_000, expected: '14 min' },
  { spanMs: 900_000, expected: '15 min' },
  { spanMs: 11_100_000, expected: '3 h 5 min' },
  { spanMs: 183_600_000, expected: '2 d 3 h' },
  { spanMs: 86_400_000, expected: '1 d' },
])('span $expected', ({ spanMs, expected }) => expect(formatSpan(spanMs)).toBe(expected))

test.each([
  { sizeBytes: 0, expected: '0 B' },
  { sizeBytes: 68, expected: '68 B' },
  { sizeBytes: 1536, expected: '1.5 KiB' },
  { sizeBytes: 100 * MIB_BYTES, expected: '100 MiB' },
])('size $expected', ({ sizeBytes, expected }) => expect(formatBytes(sizeBytes)).toBe(expected))

test.each([
  { mode: 0o100644, expected: '-rw-r--r-- (0644)' },
  { mode: 0o104755, expected: '-rwsr-xr-x (4755)' },
  { mode: 0o041777, expected: 'drwxrwxrwt (1777)' },
  { mode: 0o102644, expected: '-rw-r-Sr-- (2644)' },
])('mode $expected', ({ mode, expected }) => expect(formatMode(mode)).toBe(expected))

test.each([
  { ageMs: 29 * DAY_MS, isDate: false },
  { ageMs: 1_900 * DAY_MS, isDate: true },
  { ageMs: -HOUR_MS, isDate: false },
])('shows a time of $ageMs ms ago as a date: $isDate', ({ ageMs, isDate }) => expect(isShownAsDate(nowMs - ageMs, nowMs)).toBe(isDate))
