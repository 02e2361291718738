import { type DashboardView, SEVERITIES, type SeverityName } from '@guardimesh/contracts'

export type Bucket = DashboardView['findings']['buckets'][number]

/** Selected buckets by their index, both inclusive. */
export interface BucketRange {
  readonly from: number
  readonly to: number
}

/** Lowest part of a bar first. */
export const STACK_ORDER: readonly SeverityName[] = SEVERITIES.toReversed()

/** Returns the range between two buckets in any order, within the buckets. Pure. */
export function rangeBetween(one: number, other: number, bucketCount: number): BucketRange {
  const within = (bucket: number) => Math.max(0, Math.min(bucketCount - 1, bucket))
  return { from: within(Math.min(one, other)), to: within(Math.max(one, other)) }
}

/** Returns the times of a range and the number of its findings. Pure. */
export function summarize(buckets: readonly Bucket[], { from, to }: BucketRange) {
  const selected = buckets.slice(from, to + 1)
  const findings = selected.reduce((sum, bucket) => sum + totalOf(bucket), 0)
  return { since: selected[0]?.since ?? '', until: selected.at(-1)?.until ?? '', findings }
}

/** Number of findings of all severities. Pure. */
export function totalOf({ bySeverity }: Bucket): number {
  return SEVERITIES.reduce((sum, severity) => sum + bySeverity[severity], 0)
}

/** What a key does to a selection: moves it, extends it with Shift, or nothing (undefined). Pure. */
export function moveRange(range: BucketRange, key: string, isExtended: boolean, bucketCount: number): BucketRange | undefined {
  const target = { ArrowLeft: range.to - 1, ArrowRight: range.to + 1, Home: 0, End: bucketCount - 1 }[key]
  if (target === undefined) return undefined
  return isExtended
    ? { from: range.from, to: Math.max(range.from, Math.min(bucketCount - 1, target)) }
    : rangeBetween(target, target, bucketCount)
}
