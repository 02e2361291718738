import { DAY_MS, HOUR_MS, SECOND_MS } from '@guardimesh/contracts'

/** Selectable time ranges, by their name in the URL. */
export const LAST_MS = { '1h': HOUR_MS, '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS } as const
export type LastName = keyof typeof LAST_MS
export const isLastName = (text: string): text is LastName => Object.hasOwn(LAST_MS, text)

/** Returns the start of a time range that ends now, as ISO 8601; undefined for an unknown range. */
export function lastToSince(last: string | undefined, nowMs = Date.now()): string | undefined {
  if (last === undefined || !isLastName(last)) return undefined
  // Whole seconds are easier to read in the backend's log.
  return new Date(Math.floor((nowMs - LAST_MS[last]) / SECOND_MS) * SECOND_MS).toISOString()
}
