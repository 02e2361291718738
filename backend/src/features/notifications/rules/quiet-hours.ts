import { MINUTE_MS, type QuietHours } from '@guardimesh/contracts'

const DAY_MINUTES = 1440
const HOUR_MINUTES = 60

/** Returns the end of the quiet hours that contain a moment; undefined outside of them. Pure. */
export function quietUntil({ from, to, timeZone }: QuietHours, now: Date): Date | undefined {
  const [start, end, local] = [minuteOf(from), minuteOf(to), localMinute(now, timeZone)]
  const isQuiet = (minute: number) => (start < end ? minute >= start && minute < end : minute >= start || minute < end)
  if (!isQuiet(local)) return undefined
  const remaining = (end - local + DAY_MINUTES) % DAY_MINUTES
  const startOfMinuteMs = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS
  const until = new Date(startOfMinuteMs + remaining * MINUTE_MS)
  // The clock may change before the end.
  const shift = shortestShift(localMinute(until, timeZone) - end)
  let found = new Date(Math.max(until.getTime() - shift * MINUTE_MS, startOfMinuteMs + MINUTE_MS))
  // The end itself may be skipped by the clock.
  while (isQuiet(localMinute(found, timeZone))) found = new Date(found.getTime() + MINUTE_MS)
  return found
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * HOUR_MINUTES + minutes
}

/** Minute of the local day. */
function localMinute(at: Date, timeZone: string): number {
  return minuteOf(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at))
}

/** The difference of two minutes of a day, between minus and plus twelve hours. */
function shortestShift(minutes: number): number {
  return ((minutes + DAY_MINUTES + DAY_MINUTES / 2) % DAY_MINUTES) - DAY_MINUTES / 2
}
