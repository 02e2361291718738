import { expect, test } from 'vitest'
import { type IncidentSelection, NO_SELECTION, nextSelection } from './incident-selection.js'

const loadedIds = [5, 4, 3, 2, 1]
const toggle = (selection: IncidentSelection, incidentId: number, isRange = false) =>
  nextSelection(selection, { kind: 'toggle', incidentId, isRange, loadedIds })
const idsOf = ({ ids }: IncidentSelection) => [...ids].toSorted()

test('toggles one incident', () => {
  const one = toggle(NO_SELECTION, 4)
  expect(idsOf(one)).toEqual([4])
  expect(idsOf(toggle(one, 4))).toEqual([])
})

test('selects and clears a range from the last changed incident, in both directions', () => {
  const range = toggle(toggle(NO_SELECTION, 4), 2, true)
  expect(idsOf(range)).toEqual([2, 3, 4])
  expect(idsOf(toggle(range, 4, true))).toEqual([])
  expect(idsOf(toggle(toggle(NO_SELECTION, 1), 3, true))).toEqual([1, 2, 3])
})

test('treats a range without a start as one incident', () => {
  expect(idsOf(toggle(NO_SELECTION, 2, true))).toEqual([2])
})

test('keeps the other loaded incidents when one of all that match is cleared', () => {
  const all = nextSelection(NO_SELECTION, { kind: 'all-matching', loadedIds })
  expect(all.isAllMatching).toBe(true)
  const others = toggle(all, 3)
  expect([others.isAllMatching, idsOf(others)]).toEqual([false, [1, 2, 4, 5]])
  expect(nextSelection(others, { kind: 'clear' })).toEqual(NO_SELECTION)
})
