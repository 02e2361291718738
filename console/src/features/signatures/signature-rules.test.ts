import { HOUR_MS, type SignatureServerStatus } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { aDatabase, anImport, aServer, EMPTY_SIGNATURES } from '../../../mock-api/fixtures/signatures.js'
import { signaturesIntervalMs } from '../../api/queries/signatures.js'
import { buildUptake, databaseChanges, freshnessOf, isRarelyChanged, openRefusal, sumUp } from './signature-rules.js'

const group = (generation: string, nodes: number) => ({ generation, nodes })
const NONE = { nodes: 0, nodesCurrent: 0, nodesAhead: 0, behind: [] }

test.each([
  { name: 'all have it', nodes: [group('b', 3)], live: 'b', expected: { ...NONE, nodes: 3, nodesCurrent: 3 } },
  {
    name: 'some lag, most nodes first',
    nodes: [group('a', 1), group('b', 4), group('', 2)],
    live: 'b',
    expected: { ...NONE, nodes: 7, nodesCurrent: 4, behind: [group('', 2), group('a', 1)] },
  },
  {
    name: 'canary nodes are ahead, not behind',
    nodes: [group('b', 3), group('c', 1)],
    live: 'b',
    rolledOut: 'c',
    expected: { ...NONE, nodes: 4, nodesCurrent: 3, nodesAhead: 1 },
  },
  { name: 'no node', nodes: [], live: 'b', expected: NONE },
  { name: 'what is live is not known', nodes: [group('', 1)], live: '', expected: { ...NONE, nodes: 1, behind: [group('', 1)] } },
])('uptake: $name', ({ nodes, live, rolledOut, expected }) => expect(buildUptake(nodes, live, rolledOut)).toEqual(expected))

const refused = anImport({ importId: 'refused', state: 'refused' })
const published = anImport({ importId: 'published', state: 'published' })
const waiting = anImport({ importId: 'waiting', state: 'waiting', endedAt: null })

test.each([
  { name: 'the latest was refused', imports: [refused, published], expected: 'refused' },
  { name: 'another is under way', imports: [waiting, refused], expected: 'refused' },
  { name: 'a later one was published', imports: [published, refused], expected: undefined },
  { name: 'none', imports: [], expected: undefined },
])('open refusal: $name', ({ imports, expected }) => expect(openRefusal(imports)?.importId).toBe(expected))

const aView = (server: Partial<SignatureServerStatus>) => ({ ...EMPTY_SIGNATURES, server: aServer({ ...EMPTY_SERVER, ...server }) })
const EMPTY_SERVER = { activeGeneration: '', generations: [], imports: [] }
const rollOut = { generation: 'c', nodes: ['a'], startedAt: '2026-03-01T00:00:00Z', reason: '' }

test.each([
  { name: 'nothing is under way', server: { imports: [refused, published] }, expected: 60_000 },
  { name: 'a copy is waited for', server: { imports: [waiting, refused] }, expected: 5_000 },
  { name: 'one is being checked', server: { imports: [anImport({ state: 'checking', endedAt: null })] }, expected: 5_000 },
  { name: 'a roll-out is watched', server: { rollOut: { ...rollOut, state: 'canary' as const } }, expected: 5_000 },
  { name: 'a roll-out is held', server: { rollOut: { ...rollOut, state: 'held' as const } }, expected: 60_000 },
])('asked again in $expected ms when $name', ({ server, expected }) => expect(signaturesIntervalMs(aView(server))).toBe(expected))

test('databases are summed up; what one does not tell is left out', () => {
  const daily = aDatabase({ sizeBytes: 10, signatures: 2, builtAt: '07 Nov 2026 10:23 +0000' })
  const loose = aDatabase({ sizeBytes: 5, signatures: null, builtAt: '' })
  expect(sumUp([loose, daily])).toEqual({ sizeBytes: 15, signatures: 2, newestBuiltAt: '2026-11-07T10:23:00.000Z' })
  expect(sumUp([loose])).toEqual({ sizeBytes: 5, signatures: undefined, newestBuiltAt: undefined })
})

const STALENESS = { warnHours: 72, criticalHours: 168 }
const BUILT_AT = '2026-11-07T10:23:00Z'

test.each([
  { builtAt: BUILT_AT, ageMs: 72 * HOUR_MS - 1, expected: 'fresh' },
  { builtAt: BUILT_AT, ageMs: 72 * HOUR_MS, expected: 'old' },
  { builtAt: BUILT_AT, ageMs: 168 * HOUR_MS, expected: 'critical' },
  { builtAt: '', ageMs: 0, expected: 'unknown' },
])('a database of $ageMs ms, built "$builtAt", is $expected', ({ builtAt, ageMs, expected }) =>
  expect(freshnessOf(builtAt, STALENESS, Date.parse(BUILT_AT) + ageMs)).toBe(expected),
)

test.each([
  { path: 'clamav/main.cvd', expected: true },
  { path: 'clamav/bytecode.cld', expected: true },
  { path: 'clamav/daily.cvd', expected: false },
  { path: 'clamav/main.hdb', expected: false },
])('$path rarely changes: $expected', ({ path, expected }) => expect(isRarelyChanged(path)).toBe(expected))

test('what another generation changes, by name; what is the same is left out', () => {
  const daily = (version: number) => aDatabase({ version, sha256: String(version).padStart(64, '0') })
  const extra = aDatabase({ path: 'clamav/site.hdb' })
  const main = aDatabase({ path: 'clamav/main.cvd' })
  const generation = (databases: ReturnType<typeof aDatabase>[]) => ({
    generation: 'a',
    publishedAt: BUILT_AT,
    isActive: false,
    memoryBytes: null,
    databases,
  })
  expect(databaseChanges(generation([daily(2), main, extra]), generation([daily(1), main]))).toEqual([
    { name: 'daily.cvd', from: daily(2), to: daily(1) },
    { name: 'site.hdb', from: extra, to: null },
  ])
})
