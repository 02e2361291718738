import 'reflect-metadata'
import type { CustomHash, FindingPage, FindingSummary, FindingView, IncidentPage } from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import type { INestApplicationContext } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { RetroHuntService } from '../src/features/sightings/retro-hunt.service.js'
import { SightingsService } from '../src/features/sightings/sightings.service.js'
import { Database } from '../src/platform/database/database.js'
import { JobMetrics } from '../src/platform/jobs/job-metrics.js'
import { JobRunner } from '../src/platform/jobs/job-runner.js'
import { workerModule } from '../src/worker.module.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { aSighting, batchBody, post, type SightingDraft } from './messages.js'

const HASH = Buffer.alloc(32, 7)
const HEX = HASH.toString('hex')
const MD5 = Buffer.alloc(16, 8)
const MD5_HEX = MD5.toString('hex')
const SEEN_AT_MS = Date.now() - 3_600_000
const log = createLogger('test', 'silent')

let api: TestApi
let worker: INestApplicationContext
let hunt: RetroHuntService
let keys: { ingestion: string; read: string }

beforeAll(async () => {
  api = await startTestApi()
  keys = { ingestion: await api.createKey('ingestion'), read: await api.createKey('console:read') }
  const { databaseUrl, encryptionKeys } = api.config
  const config = {
    databaseUrl,
    encryptionKeys,
    retentionDays: 30,
    notificationAllowedNetworks: [],
    probeAddress: { socketPath: '' },
    signatureServer: undefined,
    logLevel: 'silent',
  }
  worker = await NestFactory.createApplicationContext(workerModule(config, { databaseUrl, applicationName: 'worker' }, log), {
    logger: false,
  })
  hunt = worker.get(RetroHuntService)
})
afterAll(async () => {
  await worker.close()
  await api.close()
})
beforeEach(() => api.query('TRUNCATE file_sightings, sighting_containers, hunted_hashes, hunted_md5s, hash_matches, findings'))

const reportSightings = (...sightings: SightingDraft[]) => post(api, '/api/v1/scan/results', keys.ingestion, batchBody([], [], sightings))
const aPlace = (changes: SightingDraft = {}) => aSighting({ sha256: HASH, firstSeenAtMs: SEEN_AT_MS, lastSeenAtMs: SEEN_AT_MS, ...changes })
const aHash = (changes: Partial<CustomHash> = {}): CustomHash => ({
  hash: HEX,
  name: 'Ioc.Backdoor.Acme-1',
  sizeBytes: null,
  reason: '',
  addedBy: '',
  ...changes,
})
/** Replaces the hunted hashes as a change of the custom signatures does. */
const addHashes = (...hashes: CustomHash[]) =>
  api.app.get(Database).transaction((tx) => api.app.get(SightingsService, { strict: false }).matchHashes(tx, hashes, 'ada@example.org'))
const listed = async () => (await request<FindingPage>(api, 'GET', '/api/findings?limit=1000', { key: keys.read })).body.items

test('stores a finding for each sighting of a new hash through the queued job, and publishes it', async () => {
  await reportSightings(aPlace(), aPlace({ containerId: 'b', nodeName: 'node-2', path: Buffer.from('/tmp/x') }), aSighting())
  const stream = await fetch(`${api.url}/api/findings/stream?source=retro_hunt`, { headers: { authorization: `Bearer ${keys.read}` } })
  const heard = readFindings(stream)
  const stop = new AbortController()
  const settings = { databaseUrl: api.config.databaseUrl, applicationName: 'guardimesh worker' }
  // Queued after the start, to test the job of the request.
  const jobs = hunt.jobs().map((job) => ({ ...job, atStart: false }))
  const running = new JobRunner({ settings, jobs, log, metrics: new JobMetrics(new Registry()) }).run(stop.signal)
  try {
    await addHashes(aHash())
    await waitFor(async () => ((await listed()).length === 2 ? true : undefined), 30_000)
    await waitFor(() => (heard.length === 2 ? true : undefined), 10_000)
  } finally {
    stop.abort()
    await running
    await stream.body?.cancel().catch(() => undefined)
  }
  const { body: incidents } = await request<IncidentPage>(api, 'GET', `/api/incidents?sha256=${HEX}`, { key: keys.read })
  expect(incidents.items).toMatchObject([{ findings: 2, nodes: 2, severity: 'critical', signatureName: 'Ioc.Backdoor.Acme-1' }])
  const [first] = (await listed()).filter(({ nodeName }) => nodeName === 'node-1')
  expect(first).toMatchObject({ signatureName: 'Ioc.Backdoor.Acme-1', severity: 'critical', scanSource: 'retro_hunt', sha256: HEX })
  const { body } = await request<FindingView>(api, 'GET', `/api/findings/${first?.findingId}`, { key: keys.read })
  expect(body).toMatchObject({
    path: '/srv/upload.bin',
    namespace: 'shop',
    podName: 'shop-1',
    containerId: 'c0ffee',
    engine: 'hash',
    explanation: expect.stringContaining('The file may be gone'),
    seen: { firstSeenAt: new Date(SEEN_AT_MS).toISOString(), containers: 2, nodes: 2, isLate: true, cleanGeneration: '20261120-1' },
  })
  expect(body.description).toContain(
    `Seen in shop/shop-1 since ${new Date(SEEN_AT_MS).toISOString().slice(0, 16).replace('T', ' ')} UTC. Matches the SHA-256 added by ada@example.org.`,
  )
})

test('stores one finding per location and name, with concurrent hunts as well', async () => {
  await reportSightings(aPlace(), aPlace({ containerId: 'b' }))
  await addHashes(aHash(), aHash({ name: 'Ioc.Other' }))
  await Promise.all([hunt.hunt(), hunt.hunt(), hunt.hunt()])
  await addHashes(aHash(), aHash({ name: 'Ioc.Other' }))
  await reportSightings(aPlace({ lastSeenAtMs: Date.now() }))
  await hunt.hunt()
  expect((await listed()).map(({ signatureName }) => signatureName).toSorted()).toEqual([
    'Ioc.Backdoor.Acme-1',
    'Ioc.Backdoor.Acme-1',
    'Ioc.Other',
    'Ioc.Other',
  ])
})

test('matches later clean sightings periodically, and skips files that an engine detected', async () => {
  await addHashes(aHash())
  const later = { firstSeenAtMs: Date.now() + 1, lastSeenAtMs: Date.now() + 1 }
  await reportSightings(aPlace({ ...later, containerId: 'clean' }), aPlace({ ...later, containerId: 'infected', cleanGeneration: '' }))
  // The time is limited to the backend's clock, which is later by then.
  await api.query(`UPDATE file_sightings SET first_seen_at = now() + interval '1 second'`)
  await hunt.hunt()
  expect((await listed()).map(({ containerId }) => containerId)).toEqual(['clean'])
})

test('matches an MD5 once per location with the SHA-256 of the content, and matches later sightings periodically', async () => {
  await reportSightings(aPlace({ md5: MD5 }), aPlace({ containerId: 'b', md5: MD5 }), aPlace({ containerId: 'old-node' }), aSighting())
  await addHashes(aHash({ hash: MD5_HEX }))
  await Promise.all([hunt.hunt(), hunt.hunt()])
  await addHashes(aHash({ hash: MD5_HEX }), aHash())
  expect((await listed()).map(({ containerId, sha256 }) => [containerId, sha256]).toSorted()).toEqual([
    ['b', HEX],
    ['c0ffee', HEX],
  ])
  const [row] = await api.query<{ description: string }>('SELECT description FROM findings LIMIT 1')
  expect(row?.description).toContain('Matches the MD5 added by ada@example.org.')
  await addHashes(aHash({ hash: MD5_HEX }))
  // An upgraded node reports the MD5 of an earlier sighting, and other nodes report later sightings.
  await reportSightings(
    aPlace({ containerId: 'old-node', md5: MD5, lastSeenAtMs: SEEN_AT_MS + 1 }),
    aPlace({ containerId: 'late', md5: MD5 }),
  )
  await hunt.hunt()
  await hunt.hunt()
  expect((await listed()).map(({ containerId }) => containerId).toSorted()).toEqual(['b', 'c0ffee', 'late', 'old-node'])
})

test('matches all contents with the same MD5, and stores one finding if both MD5 and SHA-256 match', async () => {
  const other = Buffer.alloc(32, 9)
  await reportSightings(aPlace({ md5: MD5 }), aPlace({ sha256: other, md5: MD5 }))
  await addHashes(aHash({ hash: MD5_HEX }), aHash())
  await hunt.hunt()
  expect((await listed()).map(({ sha256 }) => sha256).toSorted()).toEqual([HEX, other.toString('hex')])
})

test('ignores another size, half of a SHA-256 and a removed hash', async () => {
  await reportSightings(aPlace({ sizeBytes: 68, md5: MD5 }))
  await addHashes(aHash({ sizeBytes: 69 }), aHash({ hash: HEX.slice(32) }), aHash({ hash: MD5_HEX, sizeBytes: 69 }))
  await hunt.hunt()
  await addHashes(aHash({ sizeBytes: 68 }))
  await addHashes()
  await hunt.hunt()
  expect(await listed()).toEqual([])
  expect(await api.query('SELECT FROM hunted_hashes')).toEqual([])
  expect(await api.query('SELECT FROM hunted_md5s')).toEqual([])
})

test('a finding that matches an exception opens no incident', async () => {
  await api.query('DELETE FROM incidents')
  await api.query(
    `INSERT INTO exceptions (criteria, is_broad, reason, created_by, updated_by) VALUES ('{"sha256": "${HEX}", "path": "/tmp/*"}', false, '', '', '')`,
  )
  await reportSightings(aPlace({ path: Buffer.from('/tmp/x') }), aPlace({ path: Buffer.from('/srv/x') }))
  await addHashes(aHash())
  await hunt.hunt()
  expect((await listed()).map(({ path }) => path)).toEqual(['/srv/x'])
  expect(await api.query('SELECT hits FROM exceptions')).toEqual([{ hits: 1 }])
  expect(await api.query('SELECT findings FROM incidents')).toEqual([{ findings: 1 }])
  await api.query('DELETE FROM exceptions')
})

test('stores findings for thousands of locations', async () => {
  await reportSightings(...Array.from({ length: 2500 }, (_, n) => aPlace({ path: Buffer.from(`/srv/${n}`), md5: MD5 })))
  await addHashes(aHash(), aHash({ hash: MD5_HEX, name: 'Ioc.Md5' }))
  await hunt.hunt()
  const rows = await api.query('SELECT signature_name AS name, count(DISTINCT path) AS findings FROM findings GROUP BY 1 ORDER BY 1')
  expect(rows).toEqual([
    { name: 'Ioc.Backdoor.Acme-1', findings: 2500 },
    { name: 'Ioc.Md5', findings: 2500 },
  ])
})

/** Reads findings from a stream. */
function readFindings(stream: Response): FindingSummary[] {
  const heard: FindingSummary[] = []
  const read = async () => {
    let text = ''
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString('utf8')
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        const data = event.startsWith('event: finding') ? event.split('\ndata: ')[1] : undefined
        if (data !== undefined) heard.push(JSON.parse(data) as FindingSummary)
      }
    }
  }
  // Canceling the stream causes an error.
  read().catch(() => undefined)
  return heard
}
