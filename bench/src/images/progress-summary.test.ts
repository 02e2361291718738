import { expect, test } from 'vitest'
import { type ProgressSample, summarizeProgress } from './progress-summary.js'

const aSample = (second: number, backlog: number, changes: Partial<ProgressSample> = {}): ProgressSample => ({
  ...{ atMs: second * 1000, backlog, scannedLayers: 10 - backlog, scannedImages: 0, remainingSeconds: null, scansShown: 1 },
  ...changes,
})

test('summarizes a backlog that decreases once all layers are known', () => {
  const samples = [
    aSample(-1, 1, { scannedLayers: 7 }),
    aSample(0, 3),
    aSample(10, 2, { remainingSeconds: 20 }),
    aSample(16, 1, { remainingSeconds: 9, scansShown: 0 }),
    aSample(20, 0),
  ]
  expect(summarizeProgress(samples, 20_000)).toEqual({
    ...{ samples: 5, largestBacklog: 3, differentBacklogs: 4, setbacks: 0 },
    ...{ estimatedRatio: 2 / 4, scansShownRatio: 3 / 4, estimateRatios: [2] },
  })
})

test.each([
  { name: 'a backlog that grows again', changes: { backlog: 2 } },
  { name: 'a scanned layer that is missing later', changes: { scannedLayers: 8 } },
  { name: 'a scanned image that is missing later', changes: { scannedImages: 1 } },
])('counts $name as a setback', ({ changes }) => {
  const samples = [aSample(0, 3), aSample(1, 1, { scannedImages: 2 }), aSample(2, 1, { scannedImages: 2, ...changes })]
  expect(summarizeProgress(samples, 3000).setbacks).toBe(1)
})

test('without samples shows nothing', () => {
  expect(summarizeProgress([], 0)).toMatchObject({ samples: 0, largestBacklog: 0, estimatedRatio: 0, estimateRatios: [] })
})
