import { expect, test } from 'vitest'
import { aFinding } from '../../../mock-api/fixtures/a-finding.js'
import { LIVE_ROWS_MAX, merge, NO_LIVE_ROWS, nextLiveRows } from './live-rows.js'

const [a, b, c] = [aFinding({ findingId: 'a' }), aFinding({ findingId: 'b' }), aFinding({ findingId: 'c' })]

test('prepends new findings', () => {
  const live = nextLiveRows({ ...NO_LIVE_ROWS, rows: [a] }, { kind: 'arrived', findings: [c, b] })
  expect(live.rows).toEqual([c, b, a])
})

test('removes duplicates', () => expect(merge([a, b], [a, c])).toEqual([a, b, c]))

test('holds new findings back during a pause and shows them on resume', () => {
  const paused = nextLiveRows({ ...NO_LIVE_ROWS, rows: [a] }, { kind: 'pause' })
  const later = nextLiveRows(paused, { kind: 'arrived', findings: [b] })
  expect(later).toEqual({ rows: [a], waiting: [b], isPaused: true })
  expect(nextLiveRows(later, { kind: 'resume' })).toEqual({ rows: [b, a], waiting: [], isPaused: false })
})

test('drops rows that the refetched list contains', () => {
  const live = nextLiveRows({ ...NO_LIVE_ROWS, rows: [c, b, a] }, { kind: 'listed', findings: [b, a] })
  expect(live.rows).toEqual([c])
})

test('bounds the number of rows in an outbreak', () => {
  const many = Array.from({ length: LIVE_ROWS_MAX + 50 }, (_, index) => aFinding({ findingId: `m${index}` }))
  expect(nextLiveRows(NO_LIVE_ROWS, { kind: 'arrived', findings: many }).rows).toHaveLength(LIVE_ROWS_MAX)
})
