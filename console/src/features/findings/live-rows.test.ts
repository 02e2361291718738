import { expect, test } from 'vitest'
import { aFinding } from '../../../mock-api/fixtures/a-finding.js'
import { LIVE_ROWS_MAX, type LiveEvent, type LiveRows, merge, NO_LIVE_ROWS, nextLiveRows } from './live-rows.js'

const [a, b, c] = [aFinding({ findingId: 'a' }), aFinding({ findingId: 'b' }), aFinding({ findingId: 'c' })]
const many = (count: number) => Array.from({ length: count }, (_, index) => aFinding({ findingId: `m${index}` }))
const after = (...events: LiveEvent[]) => events.reduce<LiveRows>(nextLiveRows, NO_LIVE_ROWS)

test('prepends new findings and counts each once', () => {
  const live = after({ kind: 'arrived', findings: [a], isHeld: false }, { kind: 'arrived', findings: [c, b, a], isHeld: false })
  expect(live).toMatchObject({ rows: [c, b, a], arrivedCount: 3 })
})

test('removes duplicates', () => expect(merge([a, b], [a, c])).toEqual([a, b, c]))

test('holds new findings back until they are released', () => {
  const held = after({ kind: 'arrived', findings: [a], isHeld: false }, { kind: 'arrived', findings: [b], isHeld: true })
  expect(held).toMatchObject({ rows: [a], waiting: [b], waitingCount: 1, arrivedCount: 1 })
  expect(nextLiveRows(held, { kind: 'released' })).toMatchObject({ rows: [b, a], waiting: [], waitingCount: 0, arrivedCount: 2 })
  expect(nextLiveRows(held, { kind: 'arrived', findings: [c], isHeld: false })).toMatchObject({ rows: [c, b, a], arrivedCount: 3 })
})

test('bounds the rows in an outbreak, but not their number', () => {
  const live = after({ kind: 'arrived', findings: many(2_008), isHeld: false })
  expect([live.rows.length, live.arrivedCount]).toEqual([LIVE_ROWS_MAX, 2_008])
  const held = after({ kind: 'arrived', findings: many(2_008), isHeld: true })
  expect([held.waiting.length, held.waitingCount]).toEqual([LIVE_ROWS_MAX, 2_008])
})

test('keeps the number when the list is read again, and restarts it when the user sees the list', () => {
  const live = after({ kind: 'arrived', findings: many(250), isHeld: false }, { kind: 'listed', isSeen: false })
  expect(live).toMatchObject({ rows: [], arrivedCount: 250 })
  expect(nextLiveRows(live, { kind: 'arrived', findings: [a], isHeld: false }).arrivedCount).toBe(251)
  expect(nextLiveRows(live, { kind: 'listed', isSeen: true })).toEqual(NO_LIVE_ROWS)
})

test('corrects the number after lost events', () => {
  const findings = many(LIVE_ROWS_MAX)
  const live = after(
    { kind: 'arrived', findings: [a], isHeld: false },
    { kind: 'listed', isSeen: false },
    { kind: 'arrived', findings: [b], isHeld: false },
  )
  expect(nextLiveRows(live, { kind: 'counted', findings, count: 900, isHeld: false })).toMatchObject({ arrivedCount: 901, waitingCount: 0 })
  expect(nextLiveRows(live, { kind: 'counted', findings, count: 900, isHeld: true })).toMatchObject({
    rows: [b],
    arrivedCount: 2,
    waitingCount: 899,
  })
})
