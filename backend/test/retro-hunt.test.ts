import 'reflect-metadata'
import type { CustomHash, FindingPage, FindingSummary, FindingView } from '@guardimesh/contracts'
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
  const { databaseUrl } = api.config
  const config = { databaseUrl, retentionDays: 30, probeAddress: { socketPath: '' }, signatureServer: undefined, logLevel: 'silent' }
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

const tell = (...sightings: SightingDraft[]) => post(api, '/api/v1/scan/results', keys.ingestion, batchBody([], [], sightings))
const aPlace = (changes: SightingDraft = {}) => aSighting({ sha256: HASH, firstSeenAtMs: SEEN_AT_MS, lastSeenAtMs: SEEN_AT_MS, ...changes })
const aHash = (changes: Partial<CustomHash> = {}): CustomHash => ({
  hash: HEX,
  name: 'Ioc.Backdoor.Acme-1',
  sizeBytes: null,
  reason: '',
  addedBy: '',
  ...changes,
})
/** As the request that changes custom signatures does, in a process without the worker's parts. */
const bringIn = (...hashes: CustomHash[]) =>
  api.app.get(Database).transaction((tx) => api.app.get(SightingsService, { strict: false }).matchHashes(tx, hashes, 'ada@example.org'))
const listed = async () => (await request<FindingPage>(api, 'GET', '/api/findings?limit=1000', { key: keys.read })).body.items

test('a hash that is brought in makes each place where it was seen a finding at once, by the job that was queued, and those who watch are told', async () => {
  await tell(aPlace(), aPlace({ containerId: 'b', nodeName: 'node-2', path: Buffer.from('/tmp/x') }), aSighting())
  const stream = await fetch(`${api.url}/api/findings/stream?source=retro_hunt`, { headers: { authorization: `Bearer ${keys.read}` } })
  const heard = readFindings(stream)
  const stop = new AbortController()
  const settings = { databaseUrl: api.config.databaseUrl, applicationName: 'guardimesh worker' }
  // Not at its start: the request's own job is what is shown.
  const jobs = hunt.jobs().map((job) => ({ ...job, atStart: false }))
  const running = new JobRunner({ settings, jobs, log, metrics: new JobMetrics(new Registry()) }).run(stop.signal)
  try {
    await bringIn(aHash())
    await waitFor(async () => ((await listed()).length === 2 ? true : undefined), 30_000)
    await waitFor(() => (heard.length === 2 ? true : undefined), 10_000)
  } finally {
    stop.abort()
    await running
    await stream.body?.cancel().catch(() => undefined)
  }
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
    `It was seen in shop/shop-1 since ${new Date(SEEN_AT_MS).toISOString().slice(0, 16).replace('T', ' ')} UTC; found by its hash, brought in by ada@example.org,`,
  )
})

test('each place is a finding once for each name, however often and by however many it is hunted', async () => {
  await tell(aPlace(), aPlace({ containerId: 'b' }))
  await bringIn(aHash(), aHash({ name: 'Ioc.Other' }))
  await Promise.all([hunt.hunt(), hunt.hunt(), hunt.hunt()])
  await bringIn(aHash(), aHash({ name: 'Ioc.Other' }))
  await tell(aPlace({ lastSeenAtMs: Date.now() }))
  await hunt.hunt()
  expect((await listed()).map(({ signatureName }) => signatureName).toSorted()).toEqual([
    'Ioc.Backdoor.Acme-1',
    'Ioc.Backdoor.Acme-1',
    'Ioc.Other',
    'Ioc.Other',
  ])
})

test('what is told after the hash came is found by the clock when it was called clean; what an engine found is not found twice', async () => {
  await bringIn(aHash())
  const later = { firstSeenAtMs: Date.now() + 1, lastSeenAtMs: Date.now() + 1 }
  await tell(aPlace({ ...later, containerId: 'clean' }), aPlace({ ...later, containerId: 'infected', cleanGeneration: '' }))
  // Its time is cut to the backend's clock, which has gone on by then.
  await api.query(`UPDATE file_sightings SET first_seen_at = now() + interval '1 second'`)
  await hunt.hunt()
  expect((await listed()).map(({ containerId }) => containerId)).toEqual(['clean'])
})

test('an MD5 is found in what was seen, once for each place, with the SHA-256 of the content, and late arrivals by the clock', async () => {
  await tell(aPlace({ md5: MD5 }), aPlace({ containerId: 'b', md5: MD5 }), aPlace({ containerId: 'old-node' }), aSighting())
  await bringIn(aHash({ hash: MD5_HEX }))
  await Promise.all([hunt.hunt(), hunt.hunt()])
  await bringIn(aHash({ hash: MD5_HEX }), aHash())
  expect((await listed()).map(({ containerId, sha256 }) => [containerId, sha256]).toSorted()).toEqual([
    ['b', HEX],
    ['c0ffee', HEX],
  ])
  const [row] = await api.query<{ description: string }>('SELECT description FROM findings LIMIT 1')
  expect(row?.description).toContain('found by its MD5, brought in by ada@example.org')
  await bringIn(aHash({ hash: MD5_HEX }))
  // A newer version of the node tells the MD5 of what it had told without, and other nodes tell what they saw meanwhile.
  await tell(aPlace({ containerId: 'old-node', md5: MD5, lastSeenAtMs: SEEN_AT_MS + 1 }), aPlace({ containerId: 'late', md5: MD5 }))
  await hunt.hunt()
  await hunt.hunt()
  expect((await listed()).map(({ containerId }) => containerId).toSorted()).toEqual(['b', 'c0ffee', 'late', 'old-node'])
})

test('an MD5 that two contents share finds both, and a content that MD5 and SHA-256 name alike is one finding', async () => {
  const other = Buffer.alloc(32, 9)
  await tell(aPlace({ md5: MD5 }), aPlace({ sha256: other, md5: MD5 }))
  await bringIn(aHash({ hash: MD5_HEX }), aHash())
  await hunt.hunt()
  expect((await listed()).map(({ sha256 }) => sha256).toSorted()).toEqual([HEX, other.toString('hex')])
})

test('a size that does not fit, half of a SHA-256, and a hash that was taken away find nothing', async () => {
  await tell(aPlace({ sizeBytes: 68, md5: MD5 }))
  await bringIn(aHash({ sizeBytes: 69 }), aHash({ hash: HEX.slice(32) }), aHash({ hash: MD5_HEX, sizeBytes: 69 }))
  await hunt.hunt()
  await bringIn(aHash({ sizeBytes: 68 }))
  await bringIn()
  await hunt.hunt()
  expect(await listed()).toEqual([])
  expect(await api.query('SELECT FROM hunted_hashes')).toEqual([])
  expect(await api.query('SELECT FROM hunted_md5s')).toEqual([])
})

test('thousands of places are all found', async () => {
  await tell(...Array.from({ length: 2500 }, (_, n) => aPlace({ path: Buffer.from(`/srv/${n}`), md5: MD5 })))
  await bringIn(aHash(), aHash({ hash: MD5_HEX, name: 'Ioc.Md5' }))
  await hunt.hunt()
  const rows = await api.query('SELECT signature_name AS name, count(DISTINCT path) AS findings FROM findings GROUP BY 1 ORDER BY 1')
  expect(rows).toEqual([
    { name: 'Ioc.Backdoor.Acme-1', findings: 2500 },
    { name: 'Ioc.Md5', findings: 2500 },
  ])
})

/** Findings of a stream, as they come. */
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
  // The test cancels it, which ends it in an error.
  read().catch(() => undefined)
  return heard
}
