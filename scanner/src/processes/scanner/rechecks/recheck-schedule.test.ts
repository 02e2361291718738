import { expect, test } from 'vitest'
import { type CheckedState, FIRST_RECHECK, mayHaveChangedUnseen, nextRecheck, type RecheckProgress } from './recheck-schedule.js'

const unchanged: CheckedState = { hasChanged: false, hasWriters: false, sizeBytes: 68 }

/** Returns the times of the checks in seconds, when every check sees the same state. */
function checkTimes(state: CheckedState, maxChecks = 20): number[] {
  const times: number[] = []
  let progress: (RecheckProgress & { readonly delayMs: number }) | undefined = FIRST_RECHECK
  for (let atMs = 0; progress && times.length < maxChecks; progress = nextRecheck(progress, state)) {
    atMs += progress.delayMs
    times.push(atMs / 1000)
  }
  return times
}

test.each([
  { name: 'an unchanged file', state: unchanged, expected: [1, 3, 10, 30, 60] },
  { name: 'an unchanged file with writers', state: { ...unchanged, hasWriters: true }, expected: [1, 3, 10, 30, 60, 80, 100] },
  { name: 'a small file that always changes', state: { ...unchanged, hasChanged: true }, expected: [1, 2, 4, 8, 13, 18, 23] },
  {
    name: 'a file of 20 MiB that always changes',
    state: { ...unchanged, hasChanged: true, sizeBytes: 20 * 1024 * 1024 },
    expected: [1, 2, 4, 8, 16, 32, 52],
  },
  {
    name: 'a file of 1 GiB that always changes',
    state: { ...unchanged, hasChanged: true, sizeBytes: 1024 ** 3 },
    expected: [1, 2, 4, 8, 16, 32, 64],
  },
])('checks $name after a while', ({ state, expected }) => expect(checkTimes(state, 7)).toEqual(expected))

test('starts over after a change', () => {
  const late = { quietChecks: 3, changes: 0 }
  expect(nextRecheck(late, { ...unchanged, hasChanged: true })).toEqual({ quietChecks: 0, changes: 1, delayMs: 1000 })
  expect(nextRecheck({ quietChecks: 0, changes: 7 }, unchanged)).toEqual({ quietChecks: 1, changes: 0, delayMs: 2000 })
})

test.each([
  { name: 'with writers, soon after the change', quietChecks: 4, hasWriters: true, hadWriters: true, expected: true },
  { name: 'with writers, once the kernel has written its pages', quietChecks: 5, hasWriters: true, hadWriters: true, expected: false },
  { name: 'when the last writer has gone', quietChecks: 9, hasWriters: false, hadWriters: true, expected: true },
  { name: 'without writers', quietChecks: 0, hasWriters: false, hadWriters: false, expected: false },
])('may change without a new change time: $name', ({ quietChecks, hasWriters, hadWriters, expected }) =>
  expect(mayHaveChangedUnseen({ quietChecks, changes: 0 }, hasWriters, hadWriters)).toBe(expected),
)
