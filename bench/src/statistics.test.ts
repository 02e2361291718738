import { expect, test } from 'vitest'
import { formatMeasurement } from './report.js'
import { median, medianBy, percentile } from './statistics.js'

test.each([
  { samples: [5], share: 0.99, expected: 5 },
  { samples: [4, 1, 3, 2], share: 0.5, expected: 2 },
  { samples: Array.from({ length: 100 }, (_, i) => i + 1), share: 0.99, expected: 99 },
  { samples: Array.from({ length: 100 }, (_, i) => i + 1), share: 0, expected: 1 },
])('returns the percentile for share $share of $samples.length samples', ({ samples, share, expected }) =>
  expect(percentile(samples, share)).toBe(expected),
)

test('rejects an empty list of samples', () => expect(() => median([])).toThrow(RangeError))

test('returns the sample with the median value', () => {
  const rounds = [
    { us: 9, peer: 3 },
    { us: 5, peer: 5 },
    { us: 8, peer: 4 },
  ]
  expect(medianBy(rounds, ({ us, peer }) => peer / us)).toEqual({ us: 8, peer: 4 })
})

test('formats a measurement as a line for scripts', () => {
  const measured = { name: 'x', value: 1.23456, unit: 'MB/s', peer: 'p', peerValue: 2, ratio: 0.61728, bar: '', isMet: true, details: {} }
  expect(formatMeasurement(measured)).toBe('bench=x value=1.235 unit=MB/s peer=p peer_value=2 ratio=0.6173')
})
