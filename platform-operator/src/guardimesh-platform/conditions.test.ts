import { generateKeyPairSync } from 'node:crypto'
import { PLATFORM_CONDITIONS, type RollOut, SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { anOwner } from '../desired/fixtures.fixture.js'
import type { KubeObject } from '../desired/object.js'
import { withPlatformDefaults } from '../desired/platform-defaults.js'
import { secretData } from '../kube/secret-data.js'
import type { PolledStatus } from '../signature-status/polled-status.js'
import { buildPlatformConditions, type Progress } from './conditions.js'
import type { PlatformObservation } from './observe.js'
import { firstUnmetPrerequisite } from './prerequisites.js'

const owner = anOwner({ name: 'gm' })

function aWorkload(kind: string, name: string, ready = true): KubeObject {
  const status = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: ready ? 1 : 0 }
  return { apiVersion: 'apps/v1', kind, metadata: { name, generation: 1 }, spec: { replicas: 1 }, status }
}

const scanner: KubeObject = {
  apiVersion: 'guardimesh.io/v1alpha1',
  kind: 'GuardimeshScanner',
  metadata: { name: 'gm' },
  status: { conditions: [{ type: 'Ready', status: 'True', reason: 'AsDesired', message: 'm' }] },
}
const EVERYTHING = [
  ...['gm-backend', 'gm-worker', 'gm-console', 'gm-signature-server'].map((name) => aWorkload('Deployment', name)),
  aWorkload('StatefulSet', 'gm-postgres'),
  scanner,
]
const answered = (parts: Partial<SignatureServerStatus>): PolledStatus => ({
  kind: 'answered',
  status: SignatureServerStatus.parse({ activeGeneration: 'g1', generations: [], imports: [], ...parts }),
})

function aWorld(parts: Partial<PlatformObservation> = {}, objects: readonly KubeObject[] = EVERYTHING): PlatformObservation {
  return {
    now: new Date('2026-01-01T00:00:00Z'),
    resource: { apiVersion: owner.apiVersion, kind: owner.kind, metadata: { name: 'gm', generation: 4 } },
    owner,
    cluster: { domain: 'cluster.local', dnsServer: '10.96.0.10', listenHost: '::' },
    spec: withPlatformDefaults({}),
    specProblem: '',
    find: (kind, name) => objects.find((object) => object.kind === kind && object.metadata.name === name),
    userSecrets: new Map(),
    jobs: [],
    optionalKinds: new Set(),
    signatures: answered({}),
    ...parts,
  }
}

const DONE: Progress = { isPaused: false, blocked: undefined, missingCertificates: [], setUp: { kind: 'done', outcome: undefined } }
const judge = (world: PlatformObservation, progress: Progress = DONE) =>
  Object.fromEntries(
    buildPlatformConditions(world, progress).map(({ type, status, reason, message }) => [type, { status, reason, message }]),
  )
const without = (name: string) => EVERYTHING.filter(({ metadata }) => metadata.name !== name)

test('when everything runs, all is true and nothing is being changed', () => {
  const conditions = buildPlatformConditions(aWorld(), DONE)
  expect(conditions.map(({ type }) => type)).toEqual([...PLATFORM_CONDITIONS])
  expect(conditions.filter(({ status }) => status !== 'True').map(({ type }) => type)).toEqual(['Progressing'])
  expect(conditions.every(({ observedGeneration }) => observedGeneration === 4)).toBe(true)
})

const refused = SignatureImport.parse({
  importId: 'i',
  files: ['x.ndb'],
  state: 'refused',
  check: 'name',
  message: 'no',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: null,
  generation: '',
})
const rollOut: RollOut = {
  generation: 'g2',
  state: 'canary',
  nodes: ['n1', 'n2', 'n3', 'n4'],
  startedAt: '2026-01-01T00:00:00Z',
  reason: '',
}
test.each([
  { name: 'a database that is not there', world: aWorld({}, without('gm-postgres')), type: 'DatabaseReady', reason: 'WaitingForDatabase' },
  {
    name: 'a pod that is not ready',
    world: aWorld({}, [...without('gm-worker'), aWorkload('Deployment', 'gm-worker', false)]),
    type: 'BackendReady',
    reason: 'PodsNotReady',
  },
  {
    name: 'a console that is not there yet',
    world: aWorld({}, without('gm-console')),
    type: 'ConsoleReady',
    reason: 'WaitingForMigration',
  },
  { name: 'no scanner yet', world: aWorld({}, EVERYTHING.slice(0, -1)), type: 'ScannersReady', reason: 'WaitingForBackend' },
  {
    name: 'no signatures',
    world: aWorld({ signatures: answered({ activeGeneration: '' }) }),
    type: 'SignaturesReady',
    reason: 'SignaturesMissing',
  },
  {
    name: 'a signature server without answer',
    world: aWorld({ signatures: { kind: 'unreachable', reason: 'refused' } }),
    type: 'SignaturesReady',
    reason: 'Unreachable',
  },
])('$name makes the platform not ready, and says why', ({ world, type, reason }) => {
  const conditions = judge(world)
  expect(conditions[type]).toMatchObject({ reason })
  expect(conditions[type]?.status).not.toBe('True')
  expect(conditions.Ready).toMatchObject({ status: 'False', reason })
})

test('refused signatures are told, and the platform stays ready on the old ones', () => {
  const conditions = judge(aWorld({ signatures: answered({ imports: [refused] }) }))
  expect(conditions.SignaturesReady).toMatchObject({ status: 'True', reason: 'SignaturesRefused' })
  expect(conditions.SignaturesReady?.message).toBe('x.ndb refused by the check name: no Generation g1 stays in force.')
  expect(conditions.Ready?.status).toBe('True')
})

test('a held roll-out is told before a refusal, with its reason and what to do, and the platform stays ready', () => {
  const held: RollOut = { ...rollOut, state: 'held', reason: '4 files detected by new signatures on n1.' }
  const conditions = judge(aWorld({ signatures: answered({ imports: [refused], rollOut: held }) }))
  expect(conditions.SignaturesReady).toEqual({
    status: 'True',
    reason: 'SignaturesHeld',
    message:
      'Generation g2 goes no further than n1, n2, n3 and 1 more nodes: 4 files detected by new signatures on n1. All other nodes keep g1. Promote or discard it: page Signatures of the console, or guardimesh signatures roll-out.',
  })
  expect(conditions.Ready?.status).toBe('True')
})

test('a roll-out that goes on is told in passing', () => {
  expect(judge(aWorld({ signatures: answered({ rollOut: { ...rollOut, nodes: ['n1'] } }) })).SignaturesReady).toEqual({
    status: 'True',
    reason: 'AsDesired',
    message: 'Generation g1 is offered to the nodes. Generation g2 is tried on n1 first.',
  })
})

test('a set-up that failed says its own words', () => {
  const outcome = { result: 'database-unreachable', message: 'Nobody answers.', administrator: 'unknown', schema: '' } as const
  const conditions = judge(aWorld(), { ...DONE, setUp: { kind: 'failed', outcome, failedAt: new Date() } })
  expect(conditions.Migrated).toMatchObject({ status: 'False', reason: 'MigrationFailed' })
  expect(conditions.DatabaseReady).toEqual({ status: 'False', reason: 'Unreachable', message: 'Nobody answers.' })
})

test('no scanner wanted is as good as a ready one', () => {
  expect(
    judge(aWorld({ spec: withPlatformDefaults({ scanner: { mode: 'Disabled' } }) }, EVERYTHING.slice(0, -1))).ScannersReady,
  ).toMatchObject({
    status: 'True',
    reason: 'NotWanted',
  })
})

const pemOf = (type: 'ed25519' | 'x25519') =>
  generateKeyPairSync(type as 'ed25519')
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString()
const external = withPlatformDefaults({ database: { type: 'External', external: { secret: { name: 'db' } } } })
const aSecret = (values: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'db' },
  data: secretData(values),
})
const complete = { host: 'db.example', dbname: 'gm', username: 'gm', password: 'p' }
const receivers = (...cidrs: string[]) => withPlatformDefaults({ notifications: { egress: cidrs.map((cidr) => ({ cidr, ports: [443] })) } })
const withReceiverCa = withPlatformDefaults({ notifications: { caSecret: { name: 'site', key: 'ca.pem' } } })

test.each([
  { name: 'a spec that is not understood', world: { spec: undefined, specProblem: 'spec.x: odd' }, reason: 'SpecInvalid' },
  {
    name: 'a trusted key that is none',
    world: { spec: withPlatformDefaults({ signatureServer: { trustedKeys: [pemOf('ed25519'), pemOf('x25519')] } }) },
    reason: 'SpecInvalid',
  },
  { name: 'no Gateway API', world: { spec: withPlatformDefaults({ console: { exposure: { type: 'Gateway' } } }) }, reason: 'SpecInvalid' },
  { name: 'no cert-manager', world: { spec: withPlatformDefaults({ tls: { issuer: 'CertManager' } }) }, reason: 'SpecInvalid' },
  { name: 'no Secret', world: { spec: external }, reason: 'SecretMissing' },
  {
    name: 'a key that is missing',
    world: { spec: external, givenSecrets: new Map([['db', aSecret({ host: 'a' })]]) },
    reason: 'SecretInvalid',
  },
  {
    name: 'a port that is none',
    world: { spec: external, givenSecrets: new Map([['db', aSecret({ ...complete, port: 'x' })]]) },
    reason: 'SecretInvalid',
  },
  {
    name: 'a host that is none',
    world: { spec: external, givenSecrets: new Map([['db', aSecret({ ...complete, host: 'a/b' })]]) },
    reason: 'SecretInvalid',
  },
  {
    name: 'a trusted key',
    world: { spec: withPlatformDefaults({ signatureServer: { trustedKeys: [pemOf('ed25519')] } }) },
    reason: undefined,
  },
  { name: 'all of it', world: { spec: external, givenSecrets: new Map([['db', aSecret(complete)]]) }, reason: undefined },
  { name: 'receivers that are no addresses', world: { spec: receivers('10.0.0.0/8', 'fe::d::/64') }, reason: 'SpecInvalid' },
  { name: 'receivers', world: { spec: receivers('10.0.0.0/8', 'fd00:20::/64') }, reason: undefined },
  { name: 'no Secret with authorities of receivers', world: { spec: withReceiverCa }, reason: 'SecretMissing' },
  {
    name: 'a Secret without the authorities of receivers',
    world: { spec: withReceiverCa, givenSecrets: new Map([['site', aSecret({ other: 'x' })]]) },
    reason: 'SecretInvalid',
  },
  {
    name: 'authorities of receivers',
    world: { spec: withReceiverCa, givenSecrets: new Map([['site', aSecret({ 'ca.pem': 'x' })]]) },
    reason: undefined,
  },
])('before anything is made: $name', ({ world, reason }) => {
  expect(firstUnmetPrerequisite(aWorld(world))?.reason).toBe(reason)
})
