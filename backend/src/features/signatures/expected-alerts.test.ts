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
  clockOffsetMs: null,
  selfTestFailed: '',
  selfTestDetail: '',
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
  { name: 'nothing for a healthy status', alerts: [] },
  {
    name: 'outdated signatures',
    status: live('2026-11-20T11:00:00Z'),
    alerts: [['stale-warning', 'active', /built at 2026-11-20T11:00:00.000Z, more than 24 hours/]],
  },
  {
    name: 'critically outdated signatures',
    status: live('2026-11-01T00:00:00Z'),
    alerts: [['stale-critical', 'active', /more than 48 hours.*Import newer/]],
  },
  {
    name: 'wrong clocks',
    nodes: [
      aNode({ nodeName: 'n1', clockOffsetMs: 60_000, refusedGeneration: '' }),
      aNode({ nodeName: 'n2', clockOffsetMs: -3_600_000, refusedGeneration: '' }),
      aNode({ nodeName: 'n3', clockOffsetMs: 61_000, refusedGeneration: '' }),
      aNode({ nodeName: 'n4', clockOffsetMs: 120_000, state: 'silent', refusedGeneration: '' }),
    ],
    alerts: [
      ['node-clock', 'nodes', /clock of 3 of 4 nodes \(1 silent\) is off.*: n2 is 3.?600 seconds behind\. Check the time synchronization/],
    ],
  },
  {
    name: 'failed self-tests',
    nodes: [
      aNode({ nodeName: 'n1', refusedGeneration: '' }),
      aNode({ nodeName: 'n2', selfTestFailed: 'layer', selfTestDetail: 'layer: no event', refusedGeneration: '' }),
      aNode({ nodeName: 'n3', selfTestFailed: 'layer', selfTestDetail: 'layer: no event', state: 'silent', refusedGeneration: '' }),
    ],
    alerts: [['node-self-test', 'nodes', /self-test of 2 of 3 nodes \(1 silent\) failed.* Reason on n2: layer: no event$/]],
  },
  { name: 'nothing without a build time', status: live(''), alerts: [] },
  {
    name: 'nothing before the first generation',
    status: { activeGeneration: '', generations: [] },
    nodes: [aNode({ refusedGeneration: '' })],
    alerts: [],
  },
  {
    name: 'nothing during the observation period',
    status: { rollOut: { ...rollOut, state: 'canary', startedAt: NOW.toISOString() } },
    alerts: [],
  },
  {
    name: 'a rollout that no canary node loads',
    status: { rollOut: { ...rollOut, state: 'canary' } },
    alerts: [['roll-out-stalled', 'g2', /g2 is stalled.*None of the canary nodes exists: n1, n2\. Correct the names/]],
  },
  { name: 'a held rollout', status: { rollOut }, alerts: [['roll-out-held', 'g2', /g2 is held on 2 canary nodes: Too many\./]] },
  {
    name: 'a rollout held without a reason',
    status: { rollOut: { ...rollOut, reason: '' } },
    alerts: [['roll-out-held', 'g2', /held by a user/]],
  },
  {
    name: 'a rejected import',
    status: { imports: [anImport({ importedBy: 'ops@example.org' })] },
    alerts: [['import-refused', 'i1', /An import by ops@example\.org was rejected by the check "test-load": a\.ndb is broken/]],
  },
  {
    name: 'nothing after a later published import',
    status: { imports: [anImport({ importId: 'i2', state: 'published', endedAt: '2026-11-21T11:30:00Z' }), anImport()] },
    alerts: [],
  },
  {
    name: 'a rejected import after a published one',
    status: { imports: [anImport(), anImport({ importId: 'i2', state: 'published', endedAt: '2026-11-21T10:30:00Z' })] },
    alerts: [['import-refused', 'i1', /An import was rejected/]],
  },
  { name: 'nothing for an old rejected import', status: { imports: [anImport({ endedAt: '2026-11-14T11:59:59Z' })] }, alerts: [] },
  { name: 'nothing for an import in progress', status: { imports: [anImport({ state: 'checking', endedAt: null })] }, alerts: [] },
  {
    name: 'nodes that rejected the active generation',
    nodes: [aNode(), aNode({ nodeName: 'n2' })],
    alerts: [['node-refused', 'g1', /2 nodes rejected generation g1\. Reason on n1: clamscan crashed/]],
  },
  {
    name: 'a node that rejected the candidate',
    status: { rollOut: { ...rollOut, state: 'canary', startedAt: NOW.toISOString() } },
    nodes: [aNode({ refusedGeneration: 'g2' })],
    alerts: [['node-refused', 'g2', /1 node rejected/]],
  },
  { name: 'nothing for a generation that is no longer offered', nodes: [aNode({ refusedGeneration: 'g0' })], alerts: [] },
  {
    name: 'a node that became silent after it rejected the active generation',
    nodes: [aNode(), ...Array.from({ length: 20 }, (_, index) => aNode({ nodeName: `s${index}`, state: 'silent', refusedGeneration: '' }))],
    alerts: [['node-refused', 'g1', /^1 of 21 nodes \(20 silent\) rejected generation g1\. Reason on n1: clamscan crashed$/]],
  },
  {
    name: 'only silent nodes rejected the active generation',
    nodes: [aNode({ state: 'silent' }), aNode({ nodeName: 'n2', refusedGeneration: '' })],
    alerts: [['node-refused', 'g1', /^1 of 2 nodes \(1 silent\) rejected generation g1\. Reason on n1: clamscan crashed$/]],
  },
])('raises: $name', ({ status, nodes = [], alerts }) => {
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

test('raises one alert with ten names for thousands of nodes', () => {
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
