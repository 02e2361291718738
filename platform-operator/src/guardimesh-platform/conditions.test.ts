import { generateKeyPairSync } from 'node:crypto'
import { PLATFORM_CONDITIONS, type RollOut, type SetUpOutcome, SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { anOwner } from '../desired/fixtures.fixture.js'
import { type KubeObject, refKey, refOf } from '../desired/object.js'
import { withPlatformDefaults } from '../desired/platform-defaults.js'
import { secretData } from '../kube/secret-data.js'
import type { PolledStatus } from '../signature-status/polled-status.js'
import { buildPlatformConditions } from './conditions.js'
import type { PlatformObservation } from './observe.js'
import { firstUnmetPrerequisite } from './prerequisites.js'
import type { Progress } from './progress.js'

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
const undelivered = {
  ...scanner,
  status: { conditions: [{ type: 'Ready', status: 'False', reason: 'PodsNotReady', message: 'Scanners ready on 1 of 2 nodes.' }] },
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

function anObservation(parts: Partial<PlatformObservation> = {}, objects: readonly KubeObject[] = EVERYTHING): PlatformObservation {
  return {
    now: new Date('2026-01-01T00:00:00Z'),
    resource: { apiVersion: owner.apiVersion, kind: owner.kind, metadata: { name: 'gm', generation: 4 } },
    owner,
    cluster: { domain: 'cluster.local', dnsServer: '10.96.0.10', listenHost: '::', kubeletFolder: '/var/lib/kubelet' },
    spec: withPlatformDefaults({}),
    specProblem: '',
    objects: new Map(objects.map((object) => [refKey(refOf(object)), object])),
    ownedNames: [],
    children: [],
    setUpPods: new Map(),
    userSecrets: new Map(),
    optionalKinds: new Set(),
    signatures: answered({}),
    podProblems: new Map(),
    ...parts,
  }
}

const DONE: Progress = { isPaused: false, blocked: undefined, missingCertificates: [], setUp: { kind: 'done', outcome: undefined } }
const conditionsByType = (observed: PlatformObservation, progress: Progress = DONE) =>
  Object.fromEntries(
    buildPlatformConditions(observed, progress).map(({ type, status, reason, message }) => [type, { status, reason, message }]),
  )
const without = (name: string) => EVERYTHING.filter(({ metadata }) => metadata.name !== name)

test('reports all conditions as true but Progressing when everything runs', () => {
  const conditions = buildPlatformConditions(anObservation(), DONE)
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
const pemOf = (type: 'ed25519' | 'x25519') =>
  generateKeyPairSync(type as 'ed25519')
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString()
const rollOut: RollOut = {
  generation: 'g2',
  state: 'canary',
  nodes: ['n1', 'n2', 'n3', 'n4'],
  startedAt: '2026-01-01T00:00:00Z',
  reason: '',
}
test.each([
  { name: 'a missing database', observed: anObservation({}, without('gm-postgres')), type: 'DatabaseReady', reason: 'WaitingForDatabase' },
  {
    name: 'an unready pod',
    observed: anObservation({}, [...without('gm-worker'), aWorkload('Deployment', 'gm-worker', false)]),
    type: 'BackendReady',
    reason: 'PodsNotReady',
  },
  {
    name: 'a missing console',
    observed: anObservation({}, without('gm-console')),
    type: 'ConsoleReady',
    reason: 'WaitingForMigration',
  },
  { name: 'a missing scanner', observed: anObservation({}, EVERYTHING.slice(0, -1)), type: 'ScannersReady', reason: 'WaitingForBackend' },
  {
    name: 'a node that delivers no results',
    observed: anObservation({}, [...without('gm'), undelivered]),
    type: 'ScannersReady',
    reason: 'PodsNotReady',
  },
  {
    name: 'a trusted key that the signature server has not loaded',
    observed: anObservation({ spec: withPlatformDefaults({ signatureServer: { trustedKeys: [pemOf('ed25519')] } }) }),
    type: 'SignaturesReady',
    reason: 'RollingOut',
  },
  {
    name: 'no signatures',
    observed: anObservation({ signatures: answered({ activeGeneration: '' }) }),
    type: 'SignaturesReady',
    reason: 'SignaturesMissing',
  },
  {
    name: 'an unreachable signature server',
    observed: anObservation({ signatures: { kind: 'unreachable', reason: 'refused' } }),
    type: 'SignaturesReady',
    reason: 'Unreachable',
  },
])('reports $name as the reason why the platform is not ready', ({ observed, type, reason }) => {
  const conditions = conditionsByType(observed)
  expect(conditions[type]).toMatchObject({ reason })
  expect(conditions[type]?.status).not.toBe('True')
  expect(conditions.Ready).toMatchObject({ status: 'False', reason })
})

test('reports rejected signatures and stays ready with the active ones', () => {
  const conditions = conditionsByType(anObservation({ signatures: answered({ imports: [refused] }) }))
  expect(conditions.SignaturesReady).toMatchObject({ status: 'True', reason: 'SignaturesRefused' })
  expect(conditions.SignaturesReady?.message).toBe('x.ndb rejected by the check name: no Generation g1 remains active.')
  expect(conditions.Ready?.status).toBe('True')
})

test('reports a held rollout before a rejection, with its reason and what to do, and stays ready', () => {
  const held: RollOut = { ...rollOut, state: 'held', reason: '4 files detected by new signatures on n1.' }
  const conditions = conditionsByType(anObservation({ signatures: answered({ imports: [refused], rollOut: held }) }))
  expect(conditions.SignaturesReady).toEqual({
    status: 'True',
    reason: 'SignaturesHeld',
    message:
      'Rollout of generation g2 is held on n1, n2, n3 and 1 more node: 4 files detected by new signatures on n1. All other nodes keep generation g1. Promote or discard it on the Signatures page of the console or with guardimesh signatures roll-out.',
  })
  expect(conditions.Ready?.status).toBe('True')
})

test('reports a rollout in progress', () => {
  expect(conditionsByType(anObservation({ signatures: answered({ rollOut: { ...rollOut, nodes: ['n1'] } }) })).SignaturesReady).toEqual({
    status: 'True',
    reason: 'AsDesired',
    message: 'Generation g1 is active. Generation g2 is rolling out to n1.',
  })
})

const OUTCOME = { result: 'done', message: '', administrator: 'existed', schema: '7' } as const
const setUpDone = (administrator: SetUpOutcome['administrator']): Progress => ({
  ...DONE,
  setUp: { kind: 'done', outcome: { ...OUTCOME, administrator } },
})
test.each([
  { outcome: 'existed', reason: 'AsDesired', text: 'Secret gm-administrator contained the password' },
  { outcome: 'made', reason: 'AsDesired', text: 'Secret gm-administrator contained the password' },
  {
    outcome: 'password-differs',
    reason: 'PasswordDiffers',
    text: 'Secret gm-administrator does not contain the password of admin@guardimesh.local',
  },
  { outcome: 'no-password', reason: 'SecretMissing', text: 'The accounts in the database are unchanged. To reset' },
] as const)('reports the Secret of the administrator and stays ready: $outcome', ({ outcome, reason, text }) => {
  const conditions = conditionsByType(anObservation(), setUpDone(outcome))
  expect(conditions.AdministratorReady).toEqual({ status: 'True', reason, message: expect.stringContaining(text) })
  expect(conditions.Ready?.status).toBe('True')
})

test('keeps the state of the administrator when the pod of the set-up Job is gone', () => {
  const before = { type: 'AdministratorReady', status: 'True', reason: 'PasswordDiffers', message: 'as before', lastTransitionTime: '' }
  const resource = { ...anObservation().resource, status: { conditions: [before] } }
  expect(conditionsByType(anObservation({ resource })).AdministratorReady).toMatchObject({
    reason: 'PasswordDiffers',
    message: 'as before',
  })
})

const PENDING = 'Pod p: Unschedulable: 0/2 nodes are available.'
test.each([
  { component: 'postgres', kind: 'StatefulSet', type: 'DatabaseReady' },
  { component: 'signature-server', kind: 'Deployment', type: 'SignaturesReady' },
  { component: 'worker', kind: 'Deployment', type: 'BackendReady' },
  { component: 'console', kind: 'Deployment', type: 'ConsoleReady' },
] as const)('quotes the scheduler in $type', ({ component, kind, type }) => {
  const objects = [...without(`gm-${component}`), aWorkload(kind, `gm-${component}`, false)]
  const conditions = conditionsByType(anObservation({ podProblems: new Map([[component, PENDING]]) }, objects))
  expect(conditions[type]).toMatchObject({ status: 'False', message: expect.stringContaining(PENDING) })
  expect(conditions.Ready?.message).toContain(PENDING)
})

test('is not ready while a changed workload or the scanners have not been rolled out', () => {
  const changed = (object: KubeObject) => ({ ...object, metadata: { ...object.metadata, generation: 2 } })
  const [server] = EVERYTHING.filter(({ metadata }) => metadata.name === 'gm-signature-server')
  const restarting = anObservation({}, [...without('gm-signature-server'), changed(server as KubeObject)])
  expect(conditionsByType(restarting).SignaturesReady).toMatchObject({ status: 'False', reason: 'RollingOut' })
  const updating = anObservation({}, [...without('gm'), changed(scanner)])
  expect(conditionsByType(updating).ScannersReady).toMatchObject({ status: 'False', reason: 'RollingOut' })
})

test('reports ScannersReady when scanners are disabled', () => {
  expect(
    conditionsByType(anObservation({ spec: withPlatformDefaults({ scanner: { mode: 'Disabled' } }) }, EVERYTHING.slice(0, -1)))
      .ScannersReady,
  ).toMatchObject({
    status: 'True',
    reason: 'Disabled',
  })
})

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
  { name: 'a spec that cannot be parsed', parts: { spec: undefined, specProblem: 'spec.x: odd' }, reason: 'SpecInvalid' },
  {
    name: 'a trusted key of another type',
    parts: { spec: withPlatformDefaults({ signatureServer: { trustedKeys: [pemOf('ed25519'), pemOf('x25519')] } }) },
    reason: 'SpecInvalid',
  },
  {
    name: 'a missing Gateway API',
    parts: { spec: withPlatformDefaults({ console: { exposure: { type: 'Gateway' } } }) },
    reason: 'SpecInvalid',
  },
  { name: 'a missing cert-manager', parts: { spec: withPlatformDefaults({ tls: { issuer: 'CertManager' } }) }, reason: 'SpecInvalid' },
  { name: 'a missing Secret', parts: { spec: external }, reason: 'SecretMissing' },
  {
    name: 'a Secret without a required key',
    parts: { spec: external, userSecrets: new Map([['db', aSecret({ host: 'a' })]]) },
    reason: 'SecretInvalid',
  },
  {
    name: 'an invalid port',
    parts: { spec: external, userSecrets: new Map([['db', aSecret({ ...complete, port: 'x' })]]) },
    reason: 'SecretInvalid',
  },
  {
    name: 'an invalid host',
    parts: { spec: external, userSecrets: new Map([['db', aSecret({ ...complete, host: 'a/b' })]]) },
    reason: 'SecretInvalid',
  },
  {
    name: 'a valid trusted key',
    parts: { spec: withPlatformDefaults({ signatureServer: { trustedKeys: [pemOf('ed25519')] } }) },
    reason: undefined,
  },
  { name: 'a complete database Secret', parts: { spec: external, userSecrets: new Map([['db', aSecret(complete)]]) }, reason: undefined },
  { name: 'receivers with an invalid address', parts: { spec: receivers('10.0.0.0/8', 'fe::d::/64') }, reason: 'SpecInvalid' },
  { name: 'receivers with valid addresses', parts: { spec: receivers('10.0.0.0/8', 'fd00:20::/64') }, reason: undefined },
  { name: 'a missing Secret with the authorities of receivers', parts: { spec: withReceiverCa }, reason: 'SecretMissing' },
  {
    name: 'a Secret without the authorities of receivers',
    parts: { spec: withReceiverCa, userSecrets: new Map([['site', aSecret({ other: 'x' })]]) },
    reason: 'SecretInvalid',
  },
  {
    name: 'a Secret with the authorities of receivers',
    parts: { spec: withReceiverCa, userSecrets: new Map([['site', aSecret({ 'ca.pem': 'x' })]]) },
    reason: undefined,
  },
])('checks before applying anything: $name', ({ parts, reason }) => {
  expect(firstUnmetPrerequisite(anObservation(parts))?.reason).toBe(reason)
})
