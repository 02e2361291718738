/** What the API reported at one time. */
export interface ProgressSample {
  readonly atMs: number
  /** Layers that are waiting or being scanned. */
  readonly backlog: number
  readonly scannedLayers: number
  readonly scannedImages: number
  /** Estimate of the backend; null while it is unknown. */
  readonly remainingSeconds: number | null
  /** Scans in progress, with the node and images of each. */
  readonly scansShown: number
}

/** How the progress appeared to a user. */
export interface ProgressSummary {
  readonly samples: number
  readonly largestBacklog: number
  /** Number of different backlogs that were visible: a backlog that only disappears shows no progress. */
  readonly differentBacklogs: number
  /** Number of times that the number of scanned layers or images became smaller, or that the backlog grew again after it was largest. */
  readonly setbacks: number
  /** Shares of the samples with a backlog, 0..1. */
  readonly estimatedRatio: number
  readonly scansShownRatio: number
  /** Estimated divided by actual remaining time, by sample. Without the last seconds, in which rounding dominates. */
  readonly estimateRatios: readonly number[]
}

const ROUNDED_SECONDS = 5

/** Summarizes samples in the order of their time. Pure. @param endMs time at which the backlog was empty. */
export function summarizeProgress(samples: readonly ProgressSample[], endMs: number): ProgressSummary {
  const busy = samples.filter(({ backlog }) => backlog > 0)
  const ratioOf = (isCounted: (sample: ProgressSample) => boolean) => busy.filter(isCounted).length / Math.max(busy.length, 1)
  const largestBacklog = Math.max(0, ...samples.map(({ backlog }) => backlog))
  // New layers become known until then.
  const largestAt = samples.findLastIndex(({ backlog }) => backlog === largestBacklog)
  const isSetback = (sample: ProgressSample, index: number) => {
    const before = samples[index - 1]
    if (!before) return false
    const { backlog, scannedLayers, scannedImages } = sample
    return (index > largestAt && backlog > before.backlog) || scannedLayers < before.scannedLayers || scannedImages < before.scannedImages
  }
  return {
    samples: samples.length,
    largestBacklog,
    differentBacklogs: new Set(samples.map(({ backlog }) => backlog)).size,
    setbacks: samples.filter(isSetback).length,
    estimatedRatio: ratioOf(({ remainingSeconds }) => remainingSeconds !== null),
    scansShownRatio: ratioOf(({ scansShown }) => scansShown > 0),
    estimateRatios: busy.flatMap(({ atMs, remainingSeconds }) => {
      const actualSeconds = (endMs - atMs) / 1000
      return remainingSeconds === null || actualSeconds < ROUNDED_SECONDS ? [] : [remainingSeconds / actualSeconds]
    }),
  }
}
