import { type SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { expectedAlerts, type SignatureWorld } from './expected-alerts.js'

const NOW = new Date('2026-11-21T12:00:00Z')
const aDatabase = (builtAt: string) => ({
  path: 'clamav/daily.cvd',
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  version: 1,
  signatures: 1,
  builtAt,
})
const live = (builtAt: string) => ({
  activeGeneration: 'g1',
  generations: [{ generation: 'g1', publishedAt: '2026-11-21T10:00:00Z', isActive: true, databases: [aDatabase(builtAt)] }],
})
const anImport = (changes: Partial<z.input<typeof SignatureImport>> = {}) => ({
  ...{ importId: 'i1', files: ['a.ndb'], state: 'refused' as const, check: 'test-load', message: 'a.ndb is broken.' },
  ...{ startedAt: '2026-11-21T11:00:00Z', endedAt: '2026-11-21T11:00:00Z', generation: '' },
  ...changes,
})
const aNode = (changes: Partial<SignatureWorld['nodes'][number]> = {}) => ({
  ...{ nodeName: 'n1', state: 'reporting' as const, generation: 'g1', refusedGeneration: 'g1', refusal: 'clamscan crashed' },
  ...changes,
})
const rollOut = { generation: 'g2', state: 'held' as const, nodes: ['n1', 'n2'], startedAt: '2026-11-21T10:00:00Z', reason: 'Too many.' }

interface Case {
  readonly name: string
  readonly status?: Partial<z.input<typeof SignatureServerStatus>>
  readonly nodes?: SignatureWorld['nodes']
  readonly alerts: readonly (readonly [kind: string, subject: string, message: RegExp])[]
}

test.each<Case>([
  { name: 'all is well', alerts: [] },
  {
    name: 'old',
    status: live('2026-11-20T11:00:00Z'),
    alerts: [['stale-warning', 'active', /made 2026-11-20T11:00:00.000Z, more than 24 hours/]],
  },
  {
    name: 'critically old',
    status: live('2026-11-01T00:00:00Z'),
    alerts: [['stale-critical', 'active', /more than 48 hours.*carry newer/]],
  },
  { name: 'nobody knows how old', status: live(''), alerts: [] },
  { name: 'nothing is live yet', status: { activeGeneration: '', generations: [] }, nodes: [aNode({ refusedGeneration: '' })], alerts: [] },
  { name: 'a roll-out is watched', status: { rollOut: { ...rollOut, state: 'canary', startedAt: NOW.toISOString() } }, alerts: [] },
  {
    name: 'no canary node loads it',
    status: { rollOut: { ...rollOut, state: 'canary' } },
    alerts: [
      ['roll-out-stalled', 'g2', /g2 stands still.*No node with the name of a canary node is known here: n1, n2\. Correct the names/],
    ],
  },
  { name: 'a roll-out is held', status: { rollOut }, alerts: [['roll-out-held', 'g2', /g2 is held on 2 canary nodes: Too many\./]] },
  { name: 'held without a word', status: { rollOut: { ...rollOut, reason: '' } }, alerts: [['roll-out-held', 'g2', /somebody held it/]] },
  {
    name: 'an import was refused',
    status: { imports: [anImport({ importedBy: 'ops@example.org' })] },
    alerts: [['import-refused', 'i1', /An import of ops@example\.org was refused by the check "test-load": a\.ndb is broken/]],
  },
  {
    name: 'something was published after it',
    status: { imports: [anImport({ importId: 'i2', state: 'published', endedAt: '2026-11-21T11:30:00Z' }), anImport()] },
    alerts: [],
  },
  {
    name: 'something was published before it',
    status: { imports: [anImport(), anImport({ importId: 'i2', state: 'published', endedAt: '2026-11-21T10:30:00Z' })] },
    alerts: [['import-refused', 'i1', /An import was refused/]],
  },
  { name: 'it was refused long ago', status: { imports: [anImport({ endedAt: '2026-11-14T11:59:59Z' })] }, alerts: [] },
  { name: 'an import is being checked', status: { imports: [anImport({ state: 'checking', endedAt: null })] }, alerts: [] },
  {
    name: 'nodes refused the live generation',
    nodes: [aNode(), aNode({ nodeName: 'n2' })],
    alerts: [['node-refused', 'g1', /2 nodes refused the generation g1, n1 because: clamscan crashed/]],
  },
  {
    name: 'a node refused the one that is rolled out',
    status: { rollOut: { ...rollOut, state: 'canary', startedAt: NOW.toISOString() } },
    nodes: [aNode({ refusedGeneration: 'g2' })],
    alerts: [['node-refused', 'g2', /1 node refused/]],
  },
  { name: 'a node refused what nobody offers any more', nodes: [aNode({ refusedGeneration: 'g0' })], alerts: [] },
  { name: 'a node that refused it is silent', nodes: [aNode({ state: 'silent' })], alerts: [] },
])('$name', ({ status, nodes = [], alerts }) => {
  const world = {
    status: SignatureServerStatus.parse({ imports: [], ...live('2026-11-21T11:00:00Z'), ...status }),
    staleness: { warnHours: 24, criticalHours: 48 },
    nodes,
    lastLoadedAt: undefined,
    now: NOW,
  }
  const found = expectedAlerts(world)
  expect(found.map(({ kind, subject }) => [kind, subject])).toEqual(alerts.map(([kind, subject]) => [kind, subject]))
  for (const [index, [, , message]] of alerts.entries()) expect(found[index]?.message).toMatch(message)
})

test('thousands of nodes that refuse are one alert of a few names', () => {
  const nodes = Array.from({ length: 5000 }, (_, index) => aNode({ nodeName: `n${index}` }))
  const status = SignatureServerStatus.parse({ imports: [], ...live('2026-11-21T11:00:00Z') })
  const [alert, ...others] = expectedAlerts({
    status,
    staleness: { warnHours: 24, criticalHours: 48 },
    nodes,
    lastLoadedAt: undefined,
    now: NOW,
  })
  expect(others).toEqual([])
  expect(alert?.facts).toMatchObject({ nodes: 5000, names: Array.from({ length: 10 }, (_, index) => `n${index}`) })
})
