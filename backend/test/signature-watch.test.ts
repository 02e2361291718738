import 'reflect-metadata'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Draft, messages, type RollOut, type SignatureAlertList } from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import type { INestApplicationContext } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { aSignature, writeStarterSet } from '../../signature-server/test/databases.js'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'
import { RetroHuntService } from '../src/features/sightings/retro-hunt.service.js'
import { SignatureWatchService } from '../src/features/signatures/signature-watch.service.js'
import { workerModule } from '../src/worker.module.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { aFinding, aResult, aSighting, batchBody, type FindingDraft, post } from './messages.js'

/** An import runs sigtool and clamscan, which is slow on a busy machine. */
const IMPORT_TIMEOUT_MS = 50_000
const HOLD_AFTER = 3
const WORKER = fileURLToPath(new URL('../dist/worker.js', import.meta.url))
const log = createLogger('test', 'silent')
let folder: string
let server: RunningServer
let api: TestApi
let key: string
let apps: INestApplicationContext[]
let imports = 0

beforeAll(async () => {
  folder = await temporaryFolder('signature-watch')
  await writeStarterSet(folder)
  server = await startServer({ folder })
  api = await startTestApi()
  key = await api.createKey('ingestion', 'console:read')
  const managementKeyFile = join(folder, 'management-key')
  const signatureServer = { url: new URL(server.url), caFile: server.caFile, managementKeyFile }
  const config = {
    databaseUrl: api.config.databaseUrl,
    encryptionKeys: api.config.encryptionKeys,
    retentionDays: 30,
    notificationAllowedNetworks: [],
    probeAddress: { socketPath: '' },
    signatureServer,
    logLevel: 'silent',
  }
  const settings = { databaseUrl: config.databaseUrl, applicationName: 'guardimesh worker' }
  apps = await Promise.all([1, 2].map(() => NestFactory.createApplicationContext(workerModule(config, settings, log), { logger: false })))
  await waitFor(async () => (await server.status()).activeGeneration !== '' || undefined, IMPORT_TIMEOUT_MS)
  await server.send('PUT', '/v1/settings', { canary: { nodes: ['canary'], percent: 0, soakMinutes: 1, holdAfterDetections: HOLD_AFTER } })
})
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()))
  await api.close()
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})
afterEach(async () => {
  const { rollOut } = await server.status()
  if (rollOut) await server.send('POST', '/v1/roll-out', { action: 'discard', generation: rollOut.generation })
  await api.query('TRUNCATE findings, nodes, signature_alerts, signature_canaries, audit_log')
})

const runCheck = (worker = 0) => (apps[worker] as INestApplicationContext).get(SignatureWatchService).check()

/** Imports a database, which starts a rollout to the canary node. */
async function rollOut(): Promise<RollOut> {
  imports += 1
  await server.put({ [`new-${imports}.ndb`]: aSignature(`Test.New-${imports}`) })
  await server.ended(`new-${imports}.ndb`)
  return (await server.status()).rollOut as RollOut
}

async function report(node: Draft<'NodeStatus'>): Promise<void> {
  const body = messages.PodLogBatch.encode({ node: { clusterId: 'test', observedAtMs: Date.now(), ...node } }).finish()
  expect((await post(api, '/api/v1/pods/logs', key, body)).status).toBe(200)
}

/** Stores findings of a node. */
async function find(nodeName: string, ...findings: FindingDraft[]): Promise<void> {
  const body = batchBody([aResult({ nodeName, findings: findings.map(aFinding) })])
  expect((await post(api, '/api/v1/scan/results', key, body)).status).toBe(200)
}

const file = (index: number) => ({ path: Buffer.from(`/usr/bin/tool-${index}`) })
const alerts = async () => (await request<SignatureAlertList>(api, 'GET', '/api/signatures/alerts', { key })).body.items
const decisions = () =>
  api.query(`SELECT actor_kind AS kind, action, target FROM audit_log WHERE action LIKE 'signatures.%' ORDER BY audit_id`)

test('holds a rollout whose new signatures have too many detections, with a reason', async () => {
  const { generation, nodes } = await rollOut()
  expect(nodes).toEqual(['canary'])
  await report({ nodeName: 'canary' })
  const bad = { signatureName: 'Test.Poison-1', signatureGeneration: generation }
  await find('canary', { ...bad, ...file(1) }, { ...bad, ...file(2) }, { ...bad, ...file(2), signatureName: 'Test.Poison-2' })
  await runCheck()
  expect((await server.status()).rollOut?.state).toBe('canary')
  await find('canary', { ...bad, ...file(3) })
  await Promise.all([runCheck(0), runCheck(1)])
  const { rollOut: held, activeGeneration } = await server.status()
  expect(held).toMatchObject({ generation, state: 'held' })
  expect(held?.reason).toMatch(/detected 3 files.*Test\.Poison-1 detected 3.*\/usr\/bin\/tool-1 in pod shop\/shop-1 on canary/)
  expect(activeGeneration).not.toBe(generation)
  expect(await decisions()).toEqual([{ kind: 'system', action: 'signatures.hold', target: generation }])
  expect(await alerts()).toMatchObject([
    {
      kind: 'roll-out-held',
      subject: generation,
      clearedAt: null,
      message: expect.stringContaining(`held on 1 canary node: ${held?.reason}`),
    },
  ])
  await runCheck()
  expect(await decisions()).toHaveLength(1)
  await server.send('POST', '/v1/roll-out', { action: 'discard', generation })
  await runCheck()
  expect(await alerts()).toMatchObject([{ kind: 'roll-out-held', clearedAt: expect.any(String) }])
})

test('ignores known signatures, other nodes, other clusters and other generations', async () => {
  const { generation } = await rollOut()
  const [first, second, third, fourth] = [1, 2, 3, 4].map(file)
  const known = { signatureName: 'Test.Known-1', signatureGeneration: 'older' }
  await report({ nodeName: 'canary' })
  // The same name in another cluster that reported later neither holds nor promotes.
  await report({ clusterId: 'forged', nodeName: 'canary', signaturesRefusedGeneration: generation, signaturesRefusal: 'forged' })
  await find('elsewhere', { ...known, ...first })
  await api.query(`UPDATE findings SET received_at = now() - interval '1 day'`)
  for (const changes of [first, second, third]) await find('canary', { ...known, signatureGeneration: generation, ...changes })
  for (const changes of [first, second, third])
    await find('elsewhere', { signatureName: 'Test.New', signatureGeneration: generation, ...changes })
  for (const changes of [first, second, third])
    await find('canary', { signatureName: 'Test.Old', signatureGeneration: 'older', ...changes })
  // Repeated detections of one file count once.
  for (const changes of [fourth, fourth, fourth])
    await find('canary', { signatureName: 'Test.New', signatureGeneration: generation, ...changes })
  await runCheck()
  expect((await server.status()).rollOut).toMatchObject({ generation, state: 'canary' })
  expect(await decisions()).toEqual([])
})

test('holds a rollout that a canary node rejected', async () => {
  const { generation } = await rollOut()
  await report({ nodeName: 'canary', signaturesRefusedGeneration: generation, signaturesRefusal: 'clamscan was killed' })
  await runCheck()
  expect((await server.status()).rollOut).toMatchObject({
    state: 'held',
    reason: expect.stringContaining('canary rejected it: clamscan was killed'),
  })
  expect((await alerts()).map(({ kind, subject }) => [kind, subject])).toEqual([
    ['node-refused', generation],
    ['roll-out-held', generation],
  ])
})

test('promotes a rollout after the observation period', async () => {
  const { generation } = await rollOut()
  await api.query(
    `INSERT INTO signature_canaries (generation, started_at, first_loaded_at) VALUES ('other', now(), now() - interval '1 day')`,
  )
  await runCheck()
  await report({ nodeName: 'elsewhere', signatureGeneration: generation })
  await runCheck()
  expect(await api.query('SELECT generation FROM signature_canaries')).toEqual([])
  await report({ nodeName: 'canary', signatureGeneration: generation })
  await runCheck()
  expect((await server.status()).rollOut).toMatchObject({ generation, state: 'canary' })
  // Simulates the observation period.
  await api.query(`UPDATE signature_canaries SET first_loaded_at = first_loaded_at - interval '61 seconds'`)
  await Promise.all([runCheck(0), runCheck(1)])
  expect(await server.status()).toMatchObject({ rollOut: null, activeGeneration: generation })
  expect(await decisions()).toEqual([{ kind: 'system', action: 'signatures.promote', target: generation }])
})

test('promotes a rollout in the installed worker', async () => {
  const { generation } = await rollOut()
  await report({ nodeName: 'canary', signatureGeneration: generation })
  const url = new URL(api.config.databaseUrl)
  const passwordFile = join(folder, 'database-password')
  await writeFile(passwordFile, decodeURIComponent(url.password))
  url.password = ''
  const child = spawn(process.execPath, [WORKER], {
    env: {
      DATABASE_URL: url.href,
      DATABASE_PASSWORD_FILE: passwordFile,
      ENCRYPTION_KEY_FILE: api.encryptionKeyFile,
      PROBE_SOCKET: join(folder, 'worker.sock'),
      SIGNATURE_SERVER_URL: server.url,
      SIGNATURE_SERVER_CA_FILE: server.caFile,
      SIGNATURE_SERVER_MANAGEMENT_KEY_FILE: join(folder, 'management-key'),
    },
    stdio: 'ignore',
  })
  const ended = once(child, 'close')
  try {
    const moveBack = () =>
      api.query(`UPDATE signature_canaries SET first_loaded_at = now() - interval '61 seconds' WHERE generation = $1 RETURNING 1`, [
        generation,
      ])
    await waitFor(async () => ((await moveBack()).length > 0 ? true : undefined), IMPORT_TIMEOUT_MS)
    await waitFor(async () => ((await server.status()).activeGeneration === generation ? true : undefined), IMPORT_TIMEOUT_MS)
  } finally {
    child.kill('SIGTERM')
    await ended
  }
  expect(child.exitCode).toBe(0)
  expect(await decisions()).toEqual([{ kind: 'system', action: 'signatures.promote', target: generation }])
}, 120_000)

test('raises an alert for a rejected import until the next published import', async () => {
  await server.put({ 'broken.ndb': 'this is no signature\n' })
  const { importId, check } = await server.ended('broken.ndb')
  await runCheck()
  expect(await alerts()).toMatchObject([{ kind: 'import-refused', subject: importId, facts: { check, files: ['broken.ndb'] } }])
  await rollOut()
  await runCheck()
  expect((await alerts())[0]?.clearedAt).not.toBeNull()
})

test('raises an alert for a stalled rollout until a canary node has loaded it', async () => {
  const { generation } = await rollOut()
  await report({ nodeName: 'canary', signatureGeneration: generation })
  await runCheck()
  expect((await alerts()).filter(({ clearedAt }) => clearedAt === null)).toEqual([])
  await report({ nodeName: 'canary', signatureGeneration: 'before' })
  await api.query(`UPDATE signature_canaries SET last_loaded_at = now() - interval '16 minutes'`)
  await runCheck()
  expect((await alerts())[0]).toMatchObject({
    kind: 'roll-out-stalled',
    subject: generation,
    clearedAt: null,
    facts: { others: ['canary (before)'] },
  })
  await report({ nodeName: 'canary', signatureGeneration: generation })
  await runCheck()
  expect((await alerts())[0]).toMatchObject({ kind: 'roll-out-stalled', clearedAt: expect.any(String) })
}, 120_000)

test('hunts for active custom hashes that were not changed through this backend', async () => {
  const sha256 = Buffer.alloc(32, 9)
  const where = { containerId: 'watched', path: Buffer.from('/srv/ioc') }
  await post(api, '/api/v1/scan/results', key, batchBody([], [], [aSighting({ sha256, ...where })]))
  const { customRevision } = await server.status()
  const hashes = [{ hash: sha256.toString('hex'), name: 'Ioc.Watched' }]
  expect(await server.send('PUT', '/v1/custom', { revision: customRevision, hashes })).toMatchObject({ status: 202 })
  await waitFor(async () => (await server.status()).customRevision > customRevision || undefined, IMPORT_TIMEOUT_MS)
  await runCheck()
  await (apps[0] as INestApplicationContext).get(RetroHuntService).hunt()
  const found = await api.query('SELECT signature_name, container_id, path, scan_source FROM findings')
  expect(found).toEqual([{ signature_name: 'Ioc.Watched', container_id: 'watched', path: '/srv/ioc', scan_source: 'retro_hunt' }])
})

test('keeps alerts while the signature server is unavailable', async () => {
  await api.query(`INSERT INTO signature_alerts (kind, subject, message) VALUES ('import-refused', 'i', 's')`)
  const config = {
    databaseUrl: api.config.databaseUrl,
    encryptionKeys: api.config.encryptionKeys,
    retentionDays: 30,
    notificationAllowedNetworks: [],
    probeAddress: { socketPath: '' },
    signatureServer: { url: new URL('https://127.0.0.1:1'), caFile: server.caFile, managementKeyFile: undefined },
    logLevel: 'silent',
  }
  const settings = { databaseUrl: config.databaseUrl, applicationName: 'guardimesh worker' }
  const app = await NestFactory.createApplicationContext(workerModule(config, settings, log), { logger: false })
  try {
    await expect(app.get(SignatureWatchService).check()).rejects.toMatchObject({ code: 'SIGNATURE_SERVER_UNAVAILABLE' })
  } finally {
    await app.close()
  }
  expect(await alerts()).toMatchObject([{ kind: 'import-refused', clearedAt: null }])
})
