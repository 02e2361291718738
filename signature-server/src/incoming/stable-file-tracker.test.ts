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
  mayBeOlder: false,
})
const pathsOf = (files: readonly IncomingFile[]) => files.map(({ path }) => path)

test('a file is taken once it stood still for long enough; one that grows is waited for, however long', () => {
  const settler = new StableFileTracker(5000)
  expect(pathsOf(settler.look([aFile('a', '1'), aFile('b', '1')], 0))).toEqual([])
  expect(pathsOf(settler.look([aFile('a', '1'), aFile('b', '2')], 4999))).toEqual([])
  expect(pathsOf(settler.look([aFile('a', '1'), aFile('b', '3')], 5000))).toEqual(['a'])
  expect(pathsOf(settler.look([aFile('b', '3')], 9999))).toEqual([])
  expect(pathsOf(settler.look([aFile('b', '3')], 10_000))).toEqual(['b'])
})

test('a file that was away begins anew', () => {
  const settler = new StableFileTracker(1000)
  settler.look([aFile('a', '1')], 0)
  settler.look([], 500)
  expect(pathsOf(settler.look([aFile('a', '1')], 1000))).toEqual([])
})
