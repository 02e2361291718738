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
  expect(memory.claim('c1', [entry('/a')])).toHaveLength(1)
  // Also before the first report is stored: another one may be built at the same time.
  expect(memory.claim('c1', [entry('/a'), entry('/b')])).toMatchObject([{ path: Buffer.from('/b') }])
  expect(memory.claim('c1', [entry('/a', 'socket')])).toHaveLength(1)
  expect(memory.claim('c2', [entry('/a')])).toHaveLength(1)
})

test('returns an entry again that could not be reported, unless it changed in the meantime', () => {
  const memory = new CoverageMemory()
  memory.claim('c1', [entry('/a'), entry('/b')])
  memory.claim('c1', [entry('/b', 'socket')])
  memory.release('c1', [entry('/a'), entry('/b')])
  expect(memory.claim('c1', [entry('/a'), entry('/b', 'socket')])).toMatchObject([{ path: Buffer.from('/a') }])
})
