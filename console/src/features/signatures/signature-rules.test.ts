import { DAY_MS } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { aDatabase, anImport } from '../../../mock-api/fixtures/signatures.js'
import { signaturesIntervalMs } from '../../api/queries/signatures.js'
import { buildRollOut, isOld, openRefusal, sumUp } from './signature-rules.js'

const group = (generation: string, nodes: number) => ({ generation, nodes })

test.each([
  { name: 'all have it', nodes: [group('b', 3)], live: 'b', expected: { nodes: 3, nodesCurrent: 3, behind: [] } },
  {
    name: 'some lag, most nodes first',
    nodes: [group('a', 1), group('b', 4), group('', 2)],
    live: 'b',
    expected: { nodes: 7, nodesCurrent: 4, behind: [group('', 2), group('a', 1)] },
  },
  { name: 'no node', nodes: [], live: 'b', expected: { nodes: 0, nodesCurrent: 0, behind: [] } },
  { name: 'what is live is not known', nodes: [group('', 1)], live: '', expected: { nodes: 1, nodesCurrent: 0, behind: [group('', 1)] } },
])('roll-out: $name', ({ nodes, live, expected }) => expect(buildRollOut(nodes, live)).toEqual(expected))

const refused = anImport({ importId: 'refused', state: 'refused' })
const published = anImport({ importId: 'published', state: 'published' })
const waiting = anImport({ importId: 'waiting', state: 'waiting', endedAt: null })

test.each([
  { name: 'the latest was refused', imports: [refused, published], expected: 'refused' },
  { name: 'another is under way', imports: [waiting, refused], expected: 'refused' },
  { name: 'a later one was published', imports: [published, refused], expected: undefined },
  { name: 'none', imports: [], expected: undefined },
])('open refusal: $name', ({ imports, expected }) => expect(openRefusal(imports)?.importId).toBe(expected))

test.each([
  { name: 'nothing is under way', imports: [refused, published], expected: 30_000 },
  { name: 'a copy is waited for', imports: [waiting, refused], expected: 5_000 },
  { name: 'one is being checked', imports: [anImport({ state: 'checking', endedAt: null })], expected: 5_000 },
])('asked again in $expected ms when $name', ({ imports, expected }) => {
  const server = { liveGeneration: '', generations: [], imports }
  expect(signaturesIntervalMs({ state: 'reachable', problem: '', server, nodes: [] })).toBe(expected)
})

test('databases are summed up; what one does not tell is left out', () => {
  const daily = aDatabase({ sizeBytes: 10, signatures: 2, builtAt: '07 Nov 2026 10:23 +0000' })
  const loose = aDatabase({ sizeBytes: 5, signatures: null, builtAt: '' })
  expect(sumUp([loose, daily])).toEqual({ sizeBytes: 15, signatures: 2, newestBuiltAt: '2026-11-07T10:23:00.000Z' })
  expect(sumUp([loose])).toEqual({ sizeBytes: 5, signatures: undefined, newestBuiltAt: undefined })
})

test.each([
  { ageMs: 7 * DAY_MS, expected: false },
  { ageMs: 7 * DAY_MS + 1, expected: true },
])('a database of $ageMs ms is old: $expected', ({ ageMs, expected }) =>
  expect(isOld('2026-11-07T10:23:00Z', Date.parse('2026-11-07T10:23:00Z') + ageMs)).toBe(expected),
)
