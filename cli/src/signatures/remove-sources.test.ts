import { describe, expect, test } from 'vitest'
import { sourcesNamed } from './remove-sources.js'

const SOURCES = ['clamav/daily.cvd', 'clamav/ours.yar', 'yara/ours.yar'].map((path) => ({ path }))

describe('what is taken out', () => {
  test.each([
    { names: ['daily.cvd'], paths: ['clamav/daily.cvd'] },
    { names: ['clamav/daily.cvd', 'daily.cvd'], paths: ['clamav/daily.cvd'] },
    { names: ['yara/ours.yar', 'daily.cvd'], paths: ['yara/ours.yar', 'clamav/daily.cvd'] },
  ])('$names: $paths', ({ names, paths }) => expect(sourcesNamed(names, SOURCES)).toEqual(paths))

  test.each([
    { name: 'ours.yar', why: 'ours.yar may be clamav/ours.yar or yara/ours.yar: name one of them.' },
    { name: 'main.cvd', why: 'main.cvd was not brought in. There are: clamav/daily.cvd, clamav/ours.yar, yara/ours.yar.' },
  ])('$name: $why', ({ name, why }) => expect(() => sourcesNamed([name], SOURCES)).toThrow(why))

  test('nothing is there', () => expect(() => sourcesNamed(['x.ndb'], [])).toThrow('There are: none.'))
})
