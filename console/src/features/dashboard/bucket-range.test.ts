import { expect, test } from 'vitest'
import { type Bucket, moveRange, rangeBetween, summarize } from './bucket-range.js'

const bucket = (hour: number, critical: number): Bucket => ({
  since: `2026-03-01T0${hour}:00:00.000Z`,
  until: `2026-03-01T0${hour + 1}:00:00.000Z`,
  bySeverity: { info: 0, low: 1, medium: 0, high: 0, critical },
})
const BUCKETS = [bucket(0, 5), bucket(1, 0), bucket(2, 7)]

test('summarizes a range with its exact times', () => {
  expect(summarize(BUCKETS, { from: 1, to: 2 })).toEqual({
    since: '2026-03-01T01:00:00.000Z',
    until: '2026-03-01T03:00:00.000Z',
    findings: 9,
  })
})

test.each([
  [2, 0, { from: 0, to: 2 }],
  [-3, 9, { from: 0, to: 2 }],
])('orders and limits the buckets %d and %d', (one, other, expected) => expect(rangeBetween(one, other, 3)).toEqual(expected))

test.each([
  ['ArrowRight', false, { from: 2, to: 2 }],
  ['ArrowLeft', false, { from: 0, to: 0 }],
  ['Home', false, { from: 0, to: 0 }],
  ['End', true, { from: 1, to: 2 }],
  ['ArrowRight', true, { from: 1, to: 2 }],
  ['ArrowLeft', true, { from: 1, to: 1 }],
  ['a', false, undefined],
])('%s with Shift: %s', (key, isExtended, expected) => expect(moveRange({ from: 1, to: 1 }, key, isExtended, 3)).toEqual(expected))
