import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' })
const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' })

const UNITS = [
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: HOUR_MS },
  { unit: 'minute', ms: MINUTE_MS },
  { unit: 'second', ms: SECOND_MS },
] as const

/**
 * Formats a time as "3h ago", in the largest unit that fits. Pure.
 *
 * @returns undefined for "now": less than a second ago, or up to a minute ahead, because the clocks of nodes differ.
 */
export function formatRelative(atMs: number, nowMs: number): string | undefined {
  const elapsedMs = nowMs - atMs
  const fitting = UNITS.find(({ ms }) => Math.abs(elapsedMs) >= ms)
  if (!fitting || (elapsedMs < 0 && elapsedMs > -MINUTE_MS)) return undefined
  return relative.format(-Math.trunc(elapsedMs / fitting.ms), fitting.unit)
}

/** From this age on, a date says more than a number of days. */
const RELATIVE_MAX_MS = 30 * DAY_MS

/** True if a time is shown as a date instead of relative to now. Pure. */
export function isShownAsDate(atMs: number, nowMs: number): boolean {
  return nowMs - atMs > RELATIVE_MAX_MS
}

/** Formats an ISO 8601 time as "2026-03-01 10:00:00 UTC". */
export function formatUtc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** Formats an ISO 8601 time as a UTC date: "2026-03-01". */
export function formatDay(iso: string): string {
  return new Date(iso).toISOString().slice(0, 10)
}

/** Formats an ISO 8601 time in the local time zone of the browser. */
export function formatLocal(iso: string): string {
  return local.format(new Date(iso))
}

/** Formats a duration as "850 ms", "2.4 s" or "3 min 5 s". */
export function formatDuration(durationMs: number): string {
  if (durationMs < SECOND_MS) return `${Math.max(0, Math.round(durationMs))} ms`
  if (durationMs < MINUTE_MS) return `${(durationMs / SECOND_MS).toFixed(1)} s`
  return `${Math.floor(durationMs / MINUTE_MS)} min ${Math.floor((durationMs % MINUTE_MS) / SECOND_MS)} s`
}

/** Formats a long duration with its two largest units: "2 d 3 h", "3 h 5 min", "14 min", "40 s". */
export function formatSpan(spanMs: number): string {
  const units = [
    { ms: DAY_MS, unit: 'd' },
    { ms: HOUR_MS, unit: 'h' },
    { ms: MINUTE_MS, unit: 'min' },
    { ms: SECOND_MS, unit: 's' },
  ]
  const first = units.findIndex(({ ms }) => spanMs >= ms)
  if (first < 0) return '0 s'
  // Seconds are omitted next to minutes, because they change too often.
  const shown = units.slice(first, Math.min(first + 2, first === 2 ? 3 : 4))
  return shown
    .map(({ ms, unit }, index) => ({ count: Math.floor((index === 0 ? spanMs : spanMs % (shown[index - 1]?.ms ?? spanMs)) / ms), unit }))
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count} ${unit}`)
    .join(' ')
}
