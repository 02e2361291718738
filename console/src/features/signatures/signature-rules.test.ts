import { HOUR_MS, type SignatureServerStatus } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { aDatabase, anImport, aServer, EMPTY_SIGNATURES } from '../../../mock-api/fixtures/signatures.js'
import { signaturesIntervalMs } from '../../api/queries/signatures.js'
import { buildUptake, findOpenRejection, isRarelyChanged, listDatabaseChanges, rateFreshness, sumDatabases } from './signature-rules.js'

const group = (generation: string, nodes: number) => ({ generation, nodes })
const NONE = { nodes: 0, nodesCurrent: 0, nodesAhead: 0, outdated: [] }

test.each([
  { name: 'all nodes are current', nodes: [group('b', 3)], active: 'b', expected: { ...NONE, nodes: 3, nodesCurrent: 3 } },
  {
    name: 'outdated nodes, largest group first',
    nodes: [group('a', 1), group('b', 4), group('', 2)],
    active: 'b',
    expected: { ...NONE, nodes: 7, nodesCurrent: 4, outdated: [group('', 2), group('a', 1)] },
  },
  {
    name: 'canary nodes are not outdated',
    nodes: [group('b', 3), group('c', 1)],
    active: 'b',
    rolledOut: 'c',
    expected: { ...NONE, nodes: 4, nodesCurrent: 3, nodesAhead: 1 },
  },
  { name: 'no nodes', nodes: [], active: 'b', expected: NONE },
  { name: 'unknown active generation', nodes: [group('', 1)], active: '', expected: { ...NONE, nodes: 1, outdated: [group('', 1)] } },
])('counts nodes: $name', ({ nodes, active, rolledOut, expected }) => expect(buildUptake(nodes, active, rolledOut)).toEqual(expected))

const rejected = anImport({ importId: 'rejected', state: 'refused' })
const published = anImport({ importId: 'published', state: 'published' })
const waiting = anImport({ importId: 'waiting', state: 'waiting', endedAt: null })

test.each([
  { name: 'the latest was rejected', imports: [rejected, published], expected: 'rejected' },
  { name: 'another is in progress', imports: [waiting, rejected], expected: 'rejected' },
  { name: 'a later one was published', imports: [published, rejected], expected: undefined },
  { name: 'none', imports: [], expected: undefined },
])('finds the open rejection: $name', ({ imports, expected }) => expect(findOpenRejection(imports)?.importId).toBe(expected))

const aView = (server: Partial<SignatureServerStatus>) => ({ ...EMPTY_SIGNATURES, server: aServer({ ...EMPTY_SERVER, ...server }) })
const EMPTY_SERVER = { activeGeneration: '', generations: [], imports: [] }
const rollOut = { generation: 'c', nodes: ['a'], startedAt: '2026-03-01T00:00:00Z', reason: '' }

test.each([
  { name: 'nothing is in progress', server: { imports: [rejected, published] }, expected: 30_000 },
  { name: 'an import is waiting', server: { imports: [waiting, rejected] }, expected: 5_000 },
  { name: 'an import is being verified', server: { imports: [anImport({ state: 'checking', endedAt: null })] }, expected: 5_000 },
  { name: 'a rollout is in progress', server: { rollOut: { ...rollOut, state: 'canary' as const } }, expected: 5_000 },
  { name: 'a rollout is held', server: { rollOut: { ...rollOut, state: 'held' as const } }, expected: 30_000 },
])('polls every $expected ms when $name', ({ server, expected }) => expect(signaturesIntervalMs(aView(server))).toBe(expected))

test('sums up databases and skips missing values', () => {
  const daily = aDatabase({ sizeBytes: 10, signatures: 2, builtAt: '07 Nov 2026 10:23 +0000' })
  const loose = aDatabase({ sizeBytes: 5, signatures: null, builtAt: '' })
  expect(sumDatabases([loose, daily])).toEqual({ sizeBytes: 15, signatures: 2, newestBuiltAt: '2026-11-07T10:23:00.000Z' })
  expect(sumDatabases([loose])).toEqual({ sizeBytes: 5, signatures: undefined, newestBuiltAt: undefined })
})

const STALENESS = { warnHours: 72, criticalHours: 168 }
const BUILT_AT = '2026-11-07T10:23:00Z'

test.each([
  { builtAt: BUILT_AT, ageMs: 72 * HOUR_MS - 1, expected: 'fresh' },
  { builtAt: BUILT_AT, ageMs: 72 * HOUR_MS, expected: 'old' },
  { builtAt: BUILT_AT, ageMs: 168 * HOUR_MS, expected: 'critical' },
  { builtAt: '', ageMs: 0, expected: 'unknown' },
])('rates a database built "$builtAt" at the age of $ageMs ms as $expected', ({ builtAt, ageMs, expected }) =>
  expect(rateFreshness(builtAt, STALENESS, Date.parse(BUILT_AT) + ageMs)).toBe(expected),
)

test.each([
  { path: 'clamav/main.cvd', expected: true },
  { path: 'clamav/bytecode.cld', expected: true },
  { path: 'clamav/daily.cvd', expected: false },
  { path: 'clamav/main.hdb', expected: false },
])('$path rarely changes: $expected', ({ path, expected }) => expect(isRarelyChanged(path)).toBe(expected))

test('lists the databases that differ between generations', () => {
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
  expect(listDatabaseChanges(generation([daily(2), main, extra]), generation([daily(1), main]))).toEqual([
    { name: 'daily.cvd', from: daily(2), to: daily(1) },
    { name: 'site.hdb', from: extra, to: null },
  ])
})
