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
 * "3h ago", in the largest unit that fits. Pure.
 *
 * @returns undefined for a moment within a second of now; clocks of nodes differ, so a moment just ahead is "now" too.
 */
export function formatRelative(atMs: number, nowMs: number): string | undefined {
  const passedMs = nowMs - atMs
  const fitting = UNITS.find(({ ms }) => Math.abs(passedMs) >= ms)
  if (!fitting || (passedMs < 0 && passedMs > -MINUTE_MS)) return undefined
  return relative.format(-Math.trunc(passedMs / fitting.ms), fitting.unit)
}

/** "2026-03-01 10:00:00 UTC" of an ISO 8601 moment. */
export function formatUtc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** "2026-03-01" of an ISO 8601 moment, in UTC. */
export function formatDay(iso: string): string {
  return new Date(iso).toISOString().slice(0, 10)
}

/** The same moment on the reader's clock. */
export function formatLocal(iso: string): string {
  return local.format(new Date(iso))
}

/** "850 ms", "2.4 s", "3 min 5 s" for a length of time. */
export function formatDuration(durationMs: number): string {
  if (durationMs < SECOND_MS) return `${Math.max(0, Math.round(durationMs))} ms`
  if (durationMs < MINUTE_MS) return `${(durationMs / SECOND_MS).toFixed(1)} s`
  return `${Math.floor(durationMs / MINUTE_MS)} min ${Math.floor((durationMs % MINUTE_MS) / SECOND_MS)} s`
}

/** "2 d 3 h", "3 h 5 min", "14 min", "40 s" for a time that a person waits or has waited. */
export function formatSpan(spanMs: number): string {
  const steps = [
    { ms: DAY_MS, unit: 'd' },
    { ms: HOUR_MS, unit: 'h' },
    { ms: MINUTE_MS, unit: 'min' },
    { ms: SECOND_MS, unit: 's' },
  ]
  const first = steps.findIndex(({ ms }) => spanMs >= ms)
  if (first < 0) return '0 s'
  // Seconds beside minutes would only flicker.
  const shown = steps.slice(first, Math.min(first + 2, first === 2 ? 3 : 4))
  return shown
    .map(({ ms, unit }, index) => ({ count: Math.floor((index === 0 ? spanMs : spanMs % (shown[index - 1]?.ms ?? spanMs)) / ms), unit }))
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count} ${unit}`)
    .join(' ')
}
