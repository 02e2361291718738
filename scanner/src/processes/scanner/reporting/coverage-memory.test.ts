import { expect, test } from 'vitest'
import { CoverageMemory } from './coverage-memory.js'

const entry = (name: string, detail = 'fifo') => ({
  reason: 'not_regular' as const,
  path: Buffer.from(name),
  count: 1,
  sizeBytes: 1,
  detail,
})

test('returns an entry again only when it changed, and for a different container', () => {
  const memory = new CoverageMemory()
  expect(memory.unreported('c1', [entry('/a')])).toHaveLength(1)
  memory.markReported('c1', [entry('/a')])
  expect(memory.unreported('c1', [entry('/a'), entry('/b')])).toMatchObject([{ path: Buffer.from('/b') }])
  expect(memory.unreported('c1', [entry('/a', 'socket')])).toHaveLength(1)
  expect(memory.unreported('c2', [entry('/a')])).toHaveLength(1)
})
