import { expect, test } from 'vitest'
import type { IncomingFile } from './list-incoming.js'
import { StableFileTracker } from './stable-file-tracker.js'

const aFile = (path: string, stamp: string): IncomingFile => ({
  path,
  name: path,
  kind: 'clamav',
  isRegular: true,
  sizeBytes: 1,
  stamp,
  isDowngradeAllowed: false,
})
const pathsOf = (files: readonly IncomingFile[]) => files.map(({ path }) => path)

test('returns a file once it is stable, and not while it grows', () => {
  const tracker = new StableFileTracker(5000)
  expect(pathsOf(tracker.update([aFile('a', '1'), aFile('b', '1')], 0))).toEqual([])
  expect(pathsOf(tracker.update([aFile('a', '1'), aFile('b', '2')], 4999))).toEqual([])
  expect(pathsOf(tracker.update([aFile('a', '1'), aFile('b', '3')], 5000))).toEqual(['a'])
  expect(pathsOf(tracker.update([aFile('b', '3')], 9999))).toEqual([])
  expect(pathsOf(tracker.update([aFile('b', '3')], 10_000))).toEqual(['b'])
})

test('restarts the stability period after a file disappeared', () => {
  const tracker = new StableFileTracker(1000)
  tracker.update([aFile('a', '1')], 0)
  tracker.update([], 500)
  expect(pathsOf(tracker.update([aFile('a', '1')], 1000))).toEqual([])
})
