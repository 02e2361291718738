import { describe, expect, test } from 'vitest'
import { findSourcePaths } from './remove-sources.js'

const SOURCES = ['clamav/daily.cvd', 'clamav/ours.yar', 'yara/ours.yar'].map((path) => ({ path }))

describe('findSourcePaths', () => {
  test.each([
    { names: ['daily.cvd'], paths: ['clamav/daily.cvd'] },
    { names: ['clamav/daily.cvd', 'daily.cvd'], paths: ['clamav/daily.cvd'] },
    { names: ['yara/ours.yar', 'daily.cvd'], paths: ['yara/ours.yar', 'clamav/daily.cvd'] },
  ])('finds $names: $paths', ({ names, paths }) => expect(findSourcePaths(names, SOURCES)).toEqual(paths))

  test.each([
    { name: 'ours.yar', why: 'ours.yar is ambiguous: specify clamav/ours.yar or yara/ours.yar.' },
    { name: 'main.cvd', why: 'Source main.cvd not found. Available: clamav/daily.cvd, clamav/ours.yar, yara/ours.yar.' },
  ])('rejects $name: $why', ({ name, why }) => expect(() => findSourcePaths([name], SOURCES)).toThrow(why))

  test('reports that there are no sources', () => expect(() => findSourcePaths(['x.ndb'], [])).toThrow('Available: none.'))
})
