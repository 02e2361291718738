import { expect, test } from 'vitest'
import { quietUntil } from './quiet-hours.js'

test.each([
  { name: 'the night, before midnight', now: '2026-01-10T22:30:40Z', until: '2026-01-11T06:00:00.000Z' },
  { name: 'the night, after midnight', now: '2026-01-11T05:59:59Z', until: '2026-01-11T06:00:00.000Z' },
  { name: 'its first moment', now: '2026-01-10T22:00:00Z', until: '2026-01-11T06:00:00.000Z' },
  { name: 'not its end', now: '2026-01-11T06:00:00Z', until: undefined },
  { name: 'not the day', now: '2026-01-11T12:00:00Z', until: undefined },
  { name: 'a pause of the day', from: '12:00', to: '13:30', now: '2026-01-11T13:00:00Z', until: '2026-01-11T13:30:00.000Z' },
  { name: 'the local night', timeZone: 'America/New_York', now: '2026-01-11T04:00:00Z', until: '2026-01-11T11:00:00.000Z' },
  { name: 'not the night of UTC', timeZone: 'America/New_York', now: '2026-01-11T23:00:00Z', until: undefined },
  { name: 'a zone of half hours', timeZone: 'Asia/Kolkata', now: '2026-01-11T18:00:00Z', until: '2026-01-12T00:30:00.000Z' },
  { name: 'the short night in spring', timeZone: 'Europe/Berlin', now: '2026-03-28T23:00:00Z', until: '2026-03-29T04:00:00.000Z' },
  { name: 'the long night in autumn', timeZone: 'Europe/Berlin', now: '2026-10-24T22:00:00Z', until: '2026-10-25T05:00:00.000Z' },
  {
    name: 'an end that the clock skips',
    ...{ to: '02:30', timeZone: 'Europe/Berlin', now: '2026-03-28T22:00:00Z', until: '2026-03-29T01:00:00.000Z' },
  },
  {
    name: 'the last minutes before a change of the clock',
    ...{ to: '02:30', timeZone: 'Europe/Berlin', now: '2026-03-29T00:45:00Z', until: '2026-03-29T01:00:00.000Z' },
  },
])('recognizes $name', ({ from = '22:00', to = '06:00', timeZone = 'UTC', now, until }) =>
  expect(quietUntil({ from, to, timeZone, passCritical: true }, new Date(now))?.toISOString()).toBe(until),
)
