import { DASHBOARD_RANGES, type DashboardRange, HOUR_MS } from '@guardimesh/contracts'

/** Hours of a range, as numbers of `hour_number()`. */
export interface HourRange {
  readonly untilMs: number
  /** First hour, a multiple of `bucketHours`. */
  readonly sinceHour: number
  readonly bucketHours: number
  readonly buckets: number
}

/** Returns the buckets of a range; the last one contains `untilMs`, and all start at full hours, 6 hours or days in UTC. Pure. */
export function hourRange(range: DashboardRange, untilMs: number): HourRange {
  const { hours, bucketHours } = DASHBOARD_RANGES[range]
  const buckets = hours / bucketHours
  const lastBucket = Math.floor(untilMs / HOUR_MS / bucketHours)
  return { untilMs, sinceHour: (lastBucket - buckets + 1) * bucketHours, bucketHours, buckets }
}

/** Returns start and end of a bucket, as ISO 8601. Pure. */
export function bucketBounds({ untilMs, sinceHour, bucketHours }: HourRange, bucket: number): { since: string; until: string } {
  const sinceMs = (sinceHour + bucket * bucketHours) * HOUR_MS
  return { since: new Date(sinceMs).toISOString(), until: new Date(Math.min(sinceMs + bucketHours * HOUR_MS, untilMs)).toISOString() }
}
