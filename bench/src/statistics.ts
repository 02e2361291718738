/** Returns the percentile for `share` (0..1) by nearest rank. @throws RangeError without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('no samples')
  return value
}

/** Returns the median by nearest rank. @throws RangeError without samples. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

/** Returns the sample whose `rankBy` value is the median. @throws RangeError without samples. */
export function medianBy<Sample>(samples: readonly Sample[], rankBy: (sample: Sample) => number): Sample {
  const middle = median(samples.map(rankBy))
  return samples.find((sample) => rankBy(sample) === middle) as Sample
}
