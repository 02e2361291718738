import { expect, test } from 'vitest'
import { COVERAGE_FILES_MAX, CoverageList } from './coverage-list.js'

const entry = (name: string, detail = 'fifo', sizeBytes = 1) => ({
  reason: 'not_regular' as const,
  path: Buffer.from(name),
  count: 1,
  sizeBytes,
  detail,
})

test('lists files up to a bound and counts all others by reason', () => {
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
