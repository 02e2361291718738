import { expect, test } from 'vitest'
import { freshnessOf, newestBuiltAt } from './freshness.js'

const NOW = new Date('2026-11-21T12:00:00Z')
const STALENESS = { warnHours: 24, criticalHours: 48 }
const aDatabase = (builtAt: string) => ({
  path: 'clamav/daily.cvd',
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  version: 1,
  signatures: 1,
  builtAt,
})

test.each([
  { name: 'just built', builtAt: '2026-11-21T11:59:59Z', state: 'fresh' },
  { name: 'just below the warning threshold', builtAt: '2026-11-20T12:00:01Z', state: 'fresh' },
  { name: 'at the warning threshold', builtAt: '2026-11-20T12:00:00Z', state: 'old' },
  { name: 'just below the critical threshold', builtAt: '2026-11-19T12:00:01Z', state: 'old' },
  { name: 'at the critical threshold', builtAt: '2026-11-19T12:00:00Z', state: 'critical' },
  { name: 'built by a clock that is ahead', builtAt: '2026-11-22T12:00:00Z', state: 'fresh' },
])('$name: $state', ({ builtAt, state }) => {
  expect(freshnessOf(new Date(builtAt), STALENESS, NOW)).toEqual({ state, newestBuiltAt: new Date(builtAt).toISOString() })
})

test('is unknown without a build time', () => {
  expect(freshnessOf(null, STALENESS, NOW)).toEqual({ state: 'unknown', newestBuiltAt: null })
})

test.each([
  { name: 'no database', builtAt: [], newest: null },
  { name: 'databases without a build time', builtAt: ['', ''], newest: null },
  {
    name: 'the latest build time',
    builtAt: ['2026-11-01T00:00:00Z', '', '2026-11-03T00:00:00Z'],
    newest: '2026-11-03T00:00:00.000Z',
  },
])('$name', ({ builtAt, newest }) => {
  expect(newestBuiltAt(builtAt.map(aDatabase))?.toISOString() ?? null).toBe(newest)
})
