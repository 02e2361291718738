/** The value below which `share` (0..1) of the samples lie, nearest rank. @throws RangeError without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('no samples were taken')
  return value
}

/** The middle one. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

/** The sample whose figure is the middle one. @throws RangeError without samples. */
export function medianBy<Sample>(samples: readonly Sample[], figureOf: (sample: Sample) => number): Sample {
  const middle = median(samples.map(figureOf))
  return samples.find((sample) => figureOf(sample) === middle) as Sample
}
