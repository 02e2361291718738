import { expect, test } from 'vitest'
import { type Source, SourceSet } from './source-set.js'

const aSource = (name: string, version?: number): Source => ({
  name,
  kind: 'clamav',
  path: `/${name}`,
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  ...(version === undefined ? {} : { version }),
})
const keptOf = (...sources: Source[]) => {
  const set = new SourceSet([])
  for (const source of sources) set.put(source)
  return set.kept.map(({ name }) => name)
}

test('replaces a database by another format of it', () => {
  expect(keptOf(aSource('daily.cvd', 1), aSource('main.cvd', 1), aSource('daily.cld', 2))).toEqual(['daily.cld', 'main.cvd'])
})

test('keeps 40 deltas up to the version of their database', () => {
  expect(keptOf(aSource('daily.cld', 50), aSource('daily-10.cdiff'), aSource('daily-11.cdiff'), aSource('daily-50.cdiff'))).toEqual([
    'daily-11.cdiff',
    'daily-50.cdiff',
    'daily.cld',
  ])
  expect(keptOf(aSource('daily.cld', 50), aSource('daily-51.cdiff'), aSource('main-50.cdiff'))).toEqual(['daily.cld'])
})

test('keeps detached signatures as long as the signed file', () => {
  const files = ['daily-50.cvd.sign', 'daily-49.cvd.sign', 'daily.cvd.sign', 'daily-50.cdiff.sign', 'daily-50.cdiff', 'main-1.cvd.sign']
  expect(keptOf(aSource('daily.cvd', 50), ...files.map((name) => aSource(name)))).toEqual([
    'daily-50.cdiff',
    'daily-50.cdiff.sign',
    'daily-50.cvd.sign',
    'daily.cvd',
    'daily.cvd.sign',
  ])
})
