import { describe, expect, test } from 'vitest'
import { isSkippedNamespace } from '../triggers/schedule.js'
import { COVERAGE_FILES_MAX, CoverageList } from '../results/coverage-list.js'
import { CoverageMemory } from './coverage-memory.js'

const entry = (name: string, detail = 'fifo', sizeBytes = 1) => ({
  reason: 'not_regular' as const,
  path: Buffer.from(name),
  count: 1,
  sizeBytes,
  detail,
})

test('files are listed up to a bound, the rest is counted by reason', () => {
  const list = new CoverageList()
  for (let n = 0; n < COVERAGE_FILES_MAX + 50; n++) list.add(entry(`/${n}`))
  list.add({ ...entry('/large', '', 900), reason: 'too_large' })
  expect(list.files).toBe(COVERAGE_FILES_MAX + 51)
  const entries = list.list()
  expect(entries).toHaveLength(COVERAGE_FILES_MAX + 2)
  expect(entries.slice(-2)).toMatchObject([
    { reason: 'not_regular', count: 50, sizeBytes: 50 },
    { reason: 'too_large', count: 1, sizeBytes: 900 },
  ])
})

test('an entry is told again only when it changed, and for another container', () => {
  const memory = new CoverageMemory()
  expect(memory.unknown('c1', [entry('/a')])).toHaveLength(1)
  memory.told('c1', [entry('/a')])
  expect(memory.unknown('c1', [entry('/a'), entry('/b')])).toMatchObject([{ path: Buffer.from('/b') }])
  expect(memory.unknown('c1', [entry('/a', 'socket')])).toHaveLength(1)
  expect(memory.unknown('c2', [entry('/a')])).toHaveLength(1)
})

describe('isSkippedNamespace', () => {
  test.each([
    { namespace: 'shop', patterns: [], expected: false },
    { namespace: 'shop', patterns: ['shop'], expected: true },
    { namespace: 'shop-2', patterns: ['shop'], expected: false },
    { namespace: 'shop-2', patterns: ['shop-*'], expected: true },
    { namespace: '', patterns: ['shop-*'], expected: false },
  ])('$namespace in $patterns', ({ namespace, patterns, expected }) => expect(isSkippedNamespace(namespace, patterns)).toBe(expected))
})
