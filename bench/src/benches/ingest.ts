import { Agent, request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { messages, PROTOBUF_MEDIA_TYPE } from '@guardimesh/contracts'
import { uuidV7 } from '@guardimesh/kit'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { buildDatabaseUrl, logProgress, withPlatform } from '../platform.js'
import type { Measurement } from '../report.js'
import { median } from '../statistics.js'

const ROUNDS = 5
const BATCHES = 60
const RESULTS_PER_BATCH = 500
const CONNECTIONS = 8
const ROWS = BATCHES * RESULTS_PER_BATCH * 2
const TABLES = ['scan_results', 'findings'] as const
const BAR = 0.5

/**
 * Measures rows/s through the ingest API (HTTP, API key, gzip, protobuf, commit), against `COPY` of the same rows into the same tables
 * with the same indexes. A result with one finding is two rows.
 */
export async function measureIngest(): Promise<Measurement[]> {
  const rates = await withPlatform({}, async ({ env, ingestionKey }) => {
    const database = new pg.Client({ connectionString: buildDatabaseUrl(env.facts.database) })
    await database.connect()
    try {
      const rounds: { ours: number; copy: number }[] = []
      for (let round = 0; round <= ROUNDS; round++) {
        const ours = await measureIngestRate(env.facts.url, ingestionKey)
        await assertAllRowsStored(database)
        const copy = await measureCopyRate(database)
        await database.query(`TRUNCATE ${TABLES.join(', ')}`)
        logProgress(
          `round ${round}: ${Math.round(ours)} rows/s through the API, ${Math.round(copy)} by COPY${round === 0 ? ' (warm-up)' : ''}`,
        )
        if (round > 0) rounds.push({ ours, copy })
      }
      return rounds
    } finally {
      await database.end()
    }
  })
  const value = median(rates.map(({ ours }) => ours))
  const peerValue = median(rates.map(({ copy }) => copy))
  const ratio = value / peerValue
  const details = { rounds: rates, rowsPerRound: ROWS, resultsPerBatch: RESULTS_PER_BATCH, connections: CONNECTIONS }
  return [{ name: 'ingest', value, unit: 'rows/s', peer: 'COPY', peerValue, ratio, bar: `ratio >= ${BAR}`, isMet: ratio >= BAR, details }]
}

/** Verifies that every row acknowledged with 200 is stored; otherwise the rate is meaningless. */
async function assertAllRowsStored(database: pg.Client): Promise<void> {
  const counts = await Promise.all(
    TABLES.map((table) => database.query(`SELECT count(*)::int AS rows FROM ${table} WHERE cluster_id = 'bench'`)),
  )
  const stored = counts.reduce((total, { rows }) => total + rows[0].rows, 0)
  if (stored !== ROWS) throw new Error(`${ROWS} rows were acknowledged, but ${stored} are stored`)
}

async function measureIngestRate(url: string, key: string): Promise<number> {
  const bodies = Array.from({ length: BATCHES }, (_, batch) => gzipSync(buildBatch(batch), { level: 1 }))
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let body = bodies.pop(); body; body = bodies.pop()) await postBatch(`${url}/api/v1/scan/results`, key, body, agent)
    }),
  )
  const durationMs = performance.now() - startedAt
  agent.destroy()
  return (ROWS * 1000) / durationMs
}

/** Retries on 429, which the backend returns to limit the rate. */
async function postBatch(url: string, key: string, body: Buffer, agent: Agent): Promise<void> {
  for (;;) {
    const status = await post(url, key, body, agent)
    if (status === 200) return
    if (status !== 429) throw new Error(`the backend rejected the batch with status ${status}`)
  }
}

function post(url: string, key: string, body: Buffer, agent: Agent): Promise<number> {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': PROTOBUF_MEDIA_TYPE,
    'content-encoding': 'gzip',
    'content-length': body.length,
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Builds a batch as nodes send it: many pods with one finding each, and distinct paths and hashes. */
function buildBatch(batch: number): Uint8Array {
  const nowMs = Date.now()
  const results = Array.from({ length: RESULTS_PER_BATCH }, (_, index) => {
    const sha256 = Buffer.alloc(32, uuidV7())
    const finding = {
      findingId: uuidV7(),
      signatureName: `Bench.Malware.Family${index % 40}`,
      path: Buffer.from(`/var/lib/app-${index % 25}/cache/object-${batch}-${index}.bin`),
      scanSource: 9,
      sha256,
      sizeBytes: 10_000 + index,
      layer: 'upperdir',
      mode: 0o100644,
      modifiedAtMs: nowMs,
      changedAtMs: nowMs,
      process: {
        pid: 1000 + index,
        parentPid: 1,
        exe: Buffer.from('/usr/bin/app'),
        commandLine: Buffer.from('app --serve'),
        parentName: 'sh',
      },
      engine: 'clamav',
      engineVersion: 'ClamAV 1.4',
      signatureGeneration: 'bench',
      severity: 4,
      description: 'The signature names a known piece of malware.',
      detectedAtMs: nowMs,
    }
    return {
      resultId: uuidV7(),
      clusterId: 'bench',
      nodeName: `node-${batch % 10}`,
      namespace: `team-${index % 20}`,
      podName: `app-${index % 25}-7d8f9c6b4-x2k9p`,
      podUid: '0b0f6a3e-7a5b-4a35-9f53-000000000000',
      containerName: 'app',
      containerId: sha256.toString('hex'),
      image: 'registry.local/team/app:1.25',
      imageDigest: `sha256:${sha256.toString('hex')}`,
      podIp: '10.244.0.42',
      hostIp: '10.0.1.15',
      trigger: 3,
      startedAtMs: nowMs,
      finishedAtMs: nowMs,
      filesScanned: 1,
      bytesScanned: 10_000 + index,
      findings: [finding],
      signatureGeneration: 'bench',
      engineVersion: 'ClamAV 1.4',
    }
  })
  return messages.ClamResultBatch.encode({ results }).finish()
}

/** Exports the stored rows, truncates the tables, and measures copying the rows back in one transaction. */
async function measureCopyRate(database: pg.Client): Promise<number> {
  const texts = new Map<string, Buffer>()
  for (const table of TABLES) texts.set(table, await copyOut(database, table))
  await database.query(`TRUNCATE ${TABLES.join(', ')}`)
  const startedAt = performance.now()
  await database.query('BEGIN')
  for (const [table, text] of texts) await copyIn(database, table, text)
  await database.query('COMMIT')
  const durationMs = performance.now() - startedAt
  return (ROWS * 1000) / durationMs
}

async function copyOut(database: pg.Client, table: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of database.query(copyTo(`COPY (SELECT * FROM ${table} WHERE cluster_id = 'bench') TO STDOUT`)))
    chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function copyIn(database: pg.Client, table: string, text: Buffer): Promise<void> {
  const stream = database.query(copyFrom(`COPY ${table} FROM STDIN`))
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject)
    stream.on('finish', resolve)
    stream.end(text)
  })
}
