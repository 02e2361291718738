import { generateKeyPairSync } from 'node:crypto'
import { IMAGE_NAMES } from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KubeObject } from '../../src/desired/object.js'
import type { Client } from '../../src/kube/client.js'
import { secretData, secretValue, secretValues } from '../../src/kube/secret-data.js'
import {
  aPlatform,
  conditionsOf,
  DEPLOYMENT,
  eventsOf,
  type Kind,
  PLATFORM,
  SCANNER,
  SECRET,
  untilExists as untilObjectExists,
  untilReason,
} from '../a-platform.js'
import { ApiServer } from '../api-server.js'
import { aNamespace as newNamespace } from '../namespace.js'
import {
  anImageTable,
  finishSetUpJob,
  listOf,
  markAllReady,
  markNodesReady,
  markReady,
  RunningOperator,
  until,
} from '../running-operator.js'

const DAEMON_SET = { apiVersion: 'apps/v1', kind: 'DaemonSet' }

let server: ApiServer
let client: Client

beforeAll(async () => {
  server = await ApiServer.startWithCrds()
  client = server.client
})
afterAll(() => server?.[Symbol.asyncDispose]())

const untilCondition = (namespace: string, ...expected: readonly string[]) => untilReason(client, PLATFORM, namespace, expected)
const untilExists = (kind: Kind, namespace: string, name: string) => untilObjectExists(client, kind, namespace, name)
const aNamespace = (name: string) => newNamespace(server, name)

const imageOf = (workload: KubeObject | undefined) =>
  (workload?.spec as { template: { spec: { containers: { image: string }[] } } } | undefined)?.template.spec.containers[0]?.image

/** Resource versions of all objects in a namespace. They change with every write. */
async function versionsIn(namespace: string): Promise<string[]> {
  const kinds = [
    ['/apis/apps/v1', 'deployments'],
    ['/apis/apps/v1', 'statefulsets'],
    ['/apis/apps/v1', 'daemonsets'],
    ['/api/v1', 'secrets'],
    ['/api/v1', 'configmaps'],
    ['/api/v1', 'services'],
    ['/apis/guardimesh.io/v1alpha1', 'guardimeshscanners'],
  ] as const
  const lists = await Promise.all(kinds.map(([group, plural]) => listOf(client, group, plural, namespace, 'gm')))
  return lists.flat().map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`)
}

test('starts a platform in order and writes nothing once it is stable', async () => {
  const namespace = await aNamespace('whole')
  await using operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  await untilCondition(namespace, 'Migrated', 'WaitingForMigration')
  expect(await client.read(DEPLOYMENT, namespace, 'gm-backend')).toBeUndefined()
  await markAllReady(client, namespace, 'gm')
  for (const type of ['CertificatesReady', 'DatabaseReady', 'Migrated', 'BackendReady', 'ConsoleReady', 'ScannersReady'])
    await untilCondition(namespace, type, 'AsDesired', 'True')
  // This process cannot resolve Service names, so the signature server is unreachable.
  await untilCondition(namespace, 'SignaturesReady', 'Unreachable')
  expect((await client.read(PLATFORM, namespace, 'gm'))?.status).toMatchObject({
    version: '1.0.0',
    consoleURL: 'https://gm-console.whole.svc.cluster.local',
    administratorSecret: 'gm-administrator',
  })

  const before = await versionsIn(namespace)
  expect(before.length).toBeGreaterThan(20)
  const { applies, reconciles } = operator
  for (const round of ['1', '2', '3']) {
    await client.apply(aPlatform(namespace, {}, { round }))
    const seen = operator.reconciles
    await until(
      async () => operator.reconciles,
      (count) => count > seen,
    )
  }
  expect(operator.reconciles).toBeGreaterThanOrEqual(reconciles + 3)
  expect(operator.applies).toBe(applies)
  expect(await versionsIn(namespace)).toEqual(before)
})

test('changes nothing after a restart of the operator', async () => {
  const namespace = 'whole'
  const before = await versionsIn(namespace)
  await using operator = new RunningOperator(client, { namespace })
  await until(
    async () => operator.applies,
    (applies) => applies > 20,
  )
  await until(
    async () => operator.reconciles,
    (reconciles) => reconciles > 1,
  )
  expect(await versionsIn(namespace)).toEqual(before)
})

test('restores children that other clients delete or edit, and generates Secrets once', async () => {
  const namespace = await aNamespace('children')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  await markAllReady(client, namespace, 'gm')
  const backend = await untilExists(DEPLOYMENT, namespace, 'gm-backend')
  const password = secretValue(await client.read(SECRET, namespace, 'gm-postgres-password'), 'password')
  const authority = secretValue(await client.read(SECRET, namespace, 'gm-ca'), 'tls.crt')
  expect(password).toMatch(/^[A-Za-z0-9_-]{32}$/)

  await client.delete(backend)
  const again = await until(
    () => client.read(DEPLOYMENT, namespace, 'gm-backend'),
    (found) => found !== undefined && found.metadata.uid !== backend.metadata.uid,
  )
  const edited = { ...again, spec: { ...(again?.spec as object), replicas: 7 } } as KubeObject
  await client.replace(edited)
  await until(
    () => client.read(DEPLOYMENT, namespace, 'gm-backend'),
    (found) => (found?.spec as { replicas: number } | undefined)?.replicas === 2,
  )
  const bundle = { apiVersion: 'v1', kind: 'ConfigMap' }
  await client.delete((await client.read(bundle, namespace, 'gm-ca-bundle')) as KubeObject)
  await untilExists(bundle, namespace, 'gm-ca-bundle')
  expect(secretValue(await client.read(SECRET, namespace, 'gm-postgres-password'), 'password')).toBe(password)
  expect(secretValue(await client.read(SECRET, namespace, 'gm-ca'), 'tls.crt')).toBe(authority)
})

test('repairs the keys of the signature server, keeps intact ones, and distributes the public key', async () => {
  const namespace = await aNamespace('keys')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  await markAllReady(client, namespace, 'gm')
  const secretKey = async (name: string, key: string) => secretValue(await client.read(SECRET, namespace, name), key)
  const live = await untilExists(SECRET, namespace, 'gm-signature-keys')
  const before = secretValues(live)
  expect(await secretKey('gm-scanner-ca', 'catalog.pub')).toBe(before['catalog.pub'])
  await client.replace({ ...live, data: secretData({ ...before, 'catalog.key': 'damaged' }) })
  const renewed = await until(
    () => secretKey('gm-scanner-ca', 'catalog.pub'),
    (key) => key !== undefined && key !== before['catalog.pub'],
  )
  const after = secretValues(await client.read(SECRET, namespace, 'gm-signature-keys'))
  expect(after['catalog.pub']).toBe(renewed)
  expect(after['catalog.key']).toMatch(/^-----BEGIN PRIVATE KEY-----/)
  expect(after['management-key']).toBe(before['management-key'])
})

test('keeps the encryption key like the volumes, and replaces the pods when it changes', async () => {
  const namespace = await aNamespace('encryption')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  await markAllReady(client, namespace, 'gm')
  const created = await untilExists(SECRET, namespace, 'gm-encryption-key')
  expect(created.metadata.ownerReferences).toBeUndefined()
  const untilOwners = (count: number) =>
    until(
      () => client.read(SECRET, namespace, 'gm-encryption-key'),
      (found) => (found?.metadata.ownerReferences ?? []).length === count,
    )
  for (const [dataPolicy, owners] of [
    ['Delete', 1],
    ['Retain', 0],
  ] as const) {
    await client.apply(aPlatform(namespace, { dataPolicy }))
    expect((await untilOwners(owners))?.data).toEqual(created.data)
  }
  const templateOf = async () => JSON.stringify((await client.read(DEPLOYMENT, namespace, 'gm-worker'))?.spec)
  const before = await templateOf()
  const keys = `${Buffer.alloc(32, 1).toString('base64')}\n${secretValue(created, 'encryption-key')}`
  const live = (await untilOwners(0)) as KubeObject
  await client.replace({ ...live, data: secretData({ 'encryption-key': keys }) })
  await until(templateOf, (template) => template !== before)
  expect(secretValue(await client.read(SECRET, namespace, 'gm-encryption-key'), 'encryption-key')).toBe(keys)
})

test('is not ready from the change of a trusted key until the signature server has restarted with it', async () => {
  const namespace = await aNamespace('trusted')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  await markAllReady(client, namespace, 'gm')
  await untilCondition(namespace, 'SignaturesReady', 'Unreachable')
  const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const { metadata } = await client.apply(aPlatform(namespace, { signatureServer: { trustedKeys: [key] } }))
  await untilCondition(namespace, 'SignaturesReady', 'RollingOut', 'False')
  expect((await client.read(PLATFORM, namespace, 'gm'))?.status).toMatchObject({
    conditions: expect.arrayContaining([
      expect.objectContaining({ type: 'Ready', status: 'False', observedGeneration: metadata.generation }),
    ]),
  })
  const trust = await client.read({ apiVersion: 'v1', kind: 'ConfigMap' }, namespace, 'gm-signature-trust')
  expect(trust?.data).toEqual({ 'key-1.pub': key })
  await markReady(client, 'Deployment', namespace, 'gm-signature-server')
  await untilCondition(namespace, 'SignaturesReady', 'Unreachable')
})

test('prunes objects that are no longer desired, except volumes', async () => {
  const namespace = await aNamespace('pruned')
  await using _operator = new RunningOperator(client, { namespace })
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' }
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }
  await client.apply(aPlatform(namespace, { dataPolicy: 'Delete', console: { exposure: { type: 'Ingress', host: 'guardimesh.example' } } }))
  await markAllReady(client, namespace, 'gm')
  await untilExists(ingress, namespace, 'gm-console')
  expect((await client.read(claim, namespace, 'gm-postgres'))?.metadata.ownerReferences).toHaveLength(1)
  const secret = { host: 'db.example', dbname: 'gm', username: 'gm', password: 'x' }
  await client.create({ ...SECRET, metadata: { name: 'db', namespace }, stringData: secret })
  await client.apply(
    aPlatform(namespace, { database: { type: 'External', external: { secret: { name: 'db' } } }, scanner: { mode: 'Disabled' } }),
  )
  await finishSetUpJob(client, namespace, 'gm', 'Complete', [
    (await listOf(client, '/apis/batch/v1', 'jobs', namespace, 'gm'))[0]?.metadata.name ?? '',
  ])
  for (const component of ['backend', 'worker']) {
    await until(
      () => client.read(DEPLOYMENT, namespace, `gm-${component}`),
      (found) => JSON.stringify(found?.spec).includes('db.example'),
    )
    await markReady(client, 'Deployment', namespace, `gm-${component}`)
  }
  const pruned = [
    [ingress, 'gm-console'],
    [{ apiVersion: 'apps/v1', kind: 'StatefulSet' }, 'gm-postgres'],
    [SCANNER, 'gm'],
  ] as const
  for (const [kind, name] of pruned)
    await until(
      () => client.read(kind, namespace, name),
      (found) => found === undefined,
    )
  expect(await client.read(claim, namespace, 'gm-postgres')).toBeDefined()
  expect((await client.read(claim, namespace, 'gm-signature-server'))?.metadata.ownerReferences).toBeUndefined()
})

const EXTERNAL = { type: 'External', external: { secret: { name: 'db' } } }
const STATEFUL_SET = { apiVersion: 'apps/v1', kind: 'StatefulSet' }
const jobNames = async (namespace: string) =>
  (await listOf(client, '/apis/batch/v1', 'jobs', namespace, 'gm')).map(({ metadata }) => metadata.name)

test('keeps the bundled database until its successor is set up and in use, and removes the Job of a corrected spec', async () => {
  const namespace = await aNamespace('switched')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  await markAllReady(client, namespace, 'gm')
  await untilCondition(namespace, 'BackendReady', 'AsDesired', 'True')
  const [firstJob = ''] = await jobNames(namespace)
  const before = await client.read(STATEFUL_SET, namespace, 'gm-postgres')
  const secret = { host: 'wrong.example', dbname: 'gm', username: 'gm', password: 'x' }
  await client.create({ ...SECRET, metadata: { name: 'db', namespace }, stringData: secret })
  await client.apply(aPlatform(namespace, { database: EXTERNAL }))
  const condition = await untilCondition(namespace, 'DatabaseReady', 'SwitchingDatabase', 'False')
  expect(condition.message).toContain('the external database wrong.example:5432')
  expect(condition.message).toContain('The previous version keeps running with the bundled database.')
  const [wrongJob = ''] = (await jobNames(namespace)).filter((name) => name !== firstJob)
  expect((await client.read(STATEFUL_SET, namespace, 'gm-postgres'))?.metadata).toMatchObject({
    uid: before?.metadata.uid,
    generation: before?.metadata.generation,
  })
  for (const name of ['gm-postgres-password', 'gm-postgres-tls']) expect(await client.read(SECRET, namespace, name)).toBeDefined()

  await client.create({ ...SECRET, metadata: { name: 'db2', namespace }, stringData: { ...secret, host: 'right.example' } })
  await client.apply(aPlatform(namespace, { database: { ...EXTERNAL, external: { secret: { name: 'db2' } } } }))
  await until(
    () => jobNames(namespace),
    (names) => names.length === 1 && names[0] !== wrongJob && names[0] !== firstJob,
  )
  await finishSetUpJob(client, namespace, 'gm', 'Complete')
  await until(
    () => client.read(DEPLOYMENT, namespace, 'gm-worker'),
    (found) => JSON.stringify(found?.spec).includes('right.example'),
  )
  expect(await client.read(STATEFUL_SET, namespace, 'gm-postgres')).toBeDefined()
  for (const component of ['backend', 'worker']) await markReady(client, 'Deployment', namespace, `gm-${component}`)
  await until(
    () => client.read(STATEFUL_SET, namespace, 'gm-postgres'),
    (found) => found === undefined,
  )
})

test('does not generate another password once accounts exist, and reports a changed Secret', async () => {
  const namespace = await aNamespace('administrator')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  await markAllReady(client, namespace, 'gm')
  await until(
    () => client.read(PLATFORM, namespace, 'gm'),
    (found) => (found?.status as { version?: string } | undefined)?.version !== undefined,
  )
  const [firstJob = ''] = await jobNames(namespace)
  const secret = (await client.read(SECRET, namespace, 'gm-administrator')) as KubeObject
  await client.replace({ ...secret, data: secretData({ ...secretValues(secret), password: 'patched by a user' }) })
  const [job = ''] = await until(
    () => jobNames(namespace),
    (names) => names.length === 1 && names[0] !== firstJob,
  )
  await createEndedPod(namespace, job, JSON.stringify({ result: 'done', message: '', administrator: 'password-differs', schema: '7' }))
  await finishSetUpJob(client, namespace, 'gm', 'Complete')
  await untilCondition(namespace, 'AdministratorReady', 'PasswordDiffers', 'True')
  expect((await eventsOf(client, namespace, PLATFORM.kind)).filter(({ reason }) => reason === 'PasswordDiffers')).toHaveLength(1)

  await client.delete((await client.read(SECRET, namespace, 'gm-administrator')) as KubeObject)
  const [nextJob = ''] = await until(
    () => jobNames(namespace),
    (names) => names.length === 1 && names[0] !== job,
  )
  await createEndedPod(namespace, nextJob, JSON.stringify({ result: 'done', message: '', administrator: 'no-password', schema: '7' }))
  await finishSetUpJob(client, namespace, 'gm', 'Complete')
  await untilCondition(namespace, 'AdministratorReady', 'SecretMissing', 'True')
  expect(await client.read(SECRET, namespace, 'gm-administrator')).toBeUndefined()
})

test('refuses a volume smaller than the existing one and applies everything else', async () => {
  const namespace = await aNamespace('shrunk')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  await untilExists({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' }, namespace, 'gm-postgres')
  await client.apply(
    aPlatform(namespace, { database: { bundled: { storage: { size: '10Gi' } } }, signatureServer: { nodeSelector: { a: 'b' } } }),
  )
  const condition = await untilCondition(namespace, 'SpecAccepted', 'SpecInvalid', 'False')
  expect(condition.message).toContain('database.bundled.storage.size is 10Gi, but the volume gm-postgres has 20Gi')
  const server = await untilExists(DEPLOYMENT, namespace, 'gm-signature-server')
  expect(JSON.stringify(server.spec)).toContain('"nodeSelector":{"a":"b"}')
})

test('quotes the scheduler for a pod that cannot be placed', async () => {
  const namespace = await aNamespace('pending')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  const labels = { 'app.kubernetes.io/name': 'guardimesh-signature-server', 'app.kubernetes.io/instance': 'gm' }
  const spec = { containers: [{ name: 'signature-server', image: 'none' }] }
  const pod = await client.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pending', namespace, labels }, spec })
  const message = '0/2 nodes are available: 1 node(s) were unschedulable.'
  const conditions = [
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime: '2026-01-01T00:00:00Z' },
  ]
  await client.patchStatus({ ...pod, apiVersion: 'v1', kind: 'Pod' }, { phase: 'Pending', conditions })
  const condition = await until(
    async () => (await conditionsOf(client, PLATFORM, namespace, 'gm')).find(({ type }) => type === 'SignaturesReady'),
    (found) => found?.message.includes(message) ?? false,
  )
  expect(condition?.message).toBe(`The signature server is not ready. Pod pending: Unschedulable: ${message}`)
})

test('enlarges a bound volume and reports a rejection by the API server', async () => {
  const namespace = await aNamespace('grown')
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  const volume = (await until(
    () => client.read(claim, namespace, 'gm-postgres'),
    (found) => found !== undefined,
  )) as KubeObject
  await client.patchStatus(volume, { phase: 'Bound' })
  await client.apply(aPlatform(namespace, { database: { bundled: { storage: { size: '30Gi' } } } }))
  // The API server rejects the change, because no storage class of this cluster allows it.
  const condition = await untilCondition(namespace, 'SpecAccepted', 'ApplyFailed', 'False')
  expect(condition.message).toContain('PersistentVolumeClaim gm-postgres')
  await untilExists({ apiVersion: 'apps/v1', kind: 'StatefulSet' }, namespace, 'gm-postgres')
})

test('rolls out a new version after its set-up Job, and keeps the old version running while the Job fails', async () => {
  const namespace = await aNamespace('upgraded')
  {
    await using _operator = new RunningOperator(client, { namespace })
    await client.apply(aPlatform(namespace))
    await markAllReady(client, namespace, 'gm')
    await untilCondition(namespace, 'BackendReady', 'AsDesired', 'True')
  }
  const [oldJob] = await listOf(client, '/apis/batch/v1', 'jobs', namespace, 'gm')
  const oldName = oldJob?.metadata.name ?? ''
  await using _operator = new RunningOperator(client, { namespace, images: anImageTable('2.0.0', '2') })
  await until(
    () => client.read({ apiVersion: 'apps/v1', kind: 'StatefulSet' }, namespace, 'gm-postgres'),
    (found) => imageOf(found)?.includes('sha256:2') ?? false,
  )
  await markReady(client, 'StatefulSet', namespace, 'gm-postgres')
  const newName = await finishSetUpJob(client, namespace, 'gm', 'Failed', [oldName])
  const outcome = {
    result: 'schema-newer',
    message: 'The schema is newer. Install the newer version.',
    administrator: 'unknown',
    schema: '9',
  }
  await createEndedPod(namespace, newName, JSON.stringify(outcome))
  await client.apply(aPlatform(namespace, {}, { round: '2' }))
  const condition = await untilCondition(namespace, 'Migrated', 'SchemaNewer', 'False')
  expect(condition.message).toContain('Install the newer version')
  expect(imageOf(await client.read(DEPLOYMENT, namespace, 'gm-backend'))).toContain('sha256:1')
  // The older API would reject results of newer scanners.
  const waiting = await untilReason(client, SCANNER, namespace, ['Ready', 'RollingOut', 'False'])
  expect(waiting.message).toContain('until the API runs the new one')
  expect(imageOf(await client.read(DAEMON_SET, namespace, 'gm-scanner'))).toContain('sha256:1')
  expect(await client.read(PLATFORM, namespace, 'gm')).toMatchObject({ status: { version: '1.0.0' } })

  await client.delete((await client.read({ apiVersion: 'batch/v1', kind: 'Job' }, namespace, newName)) as KubeObject)
  await finishSetUpJob(client, namespace, 'gm', 'Complete', [oldName])
  await until(
    () => client.read(DEPLOYMENT, namespace, 'gm-backend'),
    (found) => imageOf(found)?.includes('sha256:2') ?? false,
  )
  expect((await listOf(client, '/apis/batch/v1', 'jobs', namespace, 'gm')).map(({ metadata }) => metadata.name)).toEqual([newName])
  expect(imageOf(await client.read(DAEMON_SET, namespace, 'gm-scanner'))).toContain('sha256:1')
  await markReady(client, 'Deployment', namespace, 'gm-backend')
  await until(
    () => client.read(DAEMON_SET, namespace, 'gm-scanner'),
    (found) => imageOf(found)?.includes('sha256:2') ?? false,
  )
})

/** Acts as the kubelet when the pod of a Job ends. */
async function createEndedPod(namespace: string, job: string, message: string): Promise<void> {
  const pod = await client.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${job}-x`, namespace, labels: { 'batch.kubernetes.io/job-name': job } },
    spec: { containers: [{ name: 'set-up', image: 'none' }] },
  })
  const terminated = { exitCode: 3, message, finishedAt: '2026-01-01T00:00:00Z' }
  const state = { name: 'set-up', image: 'none', imageID: '', ready: false, restartCount: 0, state: { terminated } }
  await client.patchStatus({ ...pod, apiVersion: 'v1', kind: 'Pod' }, { phase: 'Failed', containerStatuses: [state] })
}

test('waits for the API key of standalone scanners', async () => {
  const namespace = await aNamespace('scanners')
  await using _operator = new RunningOperator(client, { namespace })
  const spec = {
    backend: { url: 'https://guardimesh.example' },
    apiKeySecret: { name: 'key', key: 'api-key' },
    signatureServer: { url: 'https://signatures.example:8443' },
  }
  const conditions = () => conditionsOf(client, SCANNER, namespace, 'far')
  await client.apply({ ...SCANNER, metadata: { name: 'far', namespace }, spec })
  await until(conditions, (all) => all.some(({ reason }) => reason === 'SecretMissing'))
  await client.create({ ...SECRET, metadata: { name: 'key', namespace }, stringData: { 'api-key': 'k' } })
  await client.apply({ ...SCANNER, metadata: { name: 'far', namespace, annotations: { round: '2' } }, spec })
  await markNodesReady(client, namespace, 'far')
  await until(conditions, (all) => all.some(({ type, status }) => type === 'Ready' && status === 'True'))
  expect((await client.read(SCANNER, namespace, 'far'))?.status).toMatchObject({ nodesDesired: 1, nodesReady: 1, version: '1.0.0' })
})

test('uses every image of the image table', async () => {
  const namespace = 'whole'
  const workloads = await Promise.all(
    ['deployments', 'statefulsets', 'daemonsets'].map((plural) => listOf(client, '/apis/apps/v1', plural, namespace, 'gm')),
  )
  const references = new Set([...JSON.stringify(workloads).matchAll(/guardimesh\.local\/([a-z-]+)@/g)].map(([, name]) => name))
  expect([...references].sort()).toEqual(IMAGE_NAMES.filter((name) => name !== 'platform-operator').sort())
})
