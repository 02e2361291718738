import 'reflect-metadata'
import { createLogger } from '@guardimesh/kit'
import type { INestApplicationContext } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { PartitionsService } from '../src/features/retention/partitions.service.js'
import { RetentionService } from '../src/features/retention/retention.service.js'
import { createPool } from '../src/platform/database/create-pool.js'
import { JobMetrics } from '../src/platform/jobs/job-metrics.js'
import { JobRunner } from '../src/platform/jobs/job-runner.js'
import { workerModule } from '../src/worker.module.js'
import { startTestApi, type TestApi } from './harness.js'
import { aResult, aSighting, batchBody, post } from './messages.js'

const RETENTION_DAYS = 30
const log = createLogger('test', 'silent')
let api: TestApi
let app: INestApplicationContext
let retention: RetentionService

beforeAll(async () => {
  api = await startTestApi()
  const config = {
    databaseUrl: api.config.databaseUrl,
    encryptionKeys: api.config.encryptionKeys,
    retentionDays: RETENTION_DAYS,
    notificationAllowedNetworks: [],
    probeAddress: { socketPath: '' },
    signatureServer: undefined,
    logLevel: 'silent',
  }
  const settings = { databaseUrl: config.databaseUrl, applicationName: 'guardimesh worker' }
  app = await NestFactory.createApplicationContext(workerModule(config, settings, log), { logger: false })
  retention = app.get(RetentionService)
})
afterAll(async () => {
  await app.close()
  await api.close()
})
beforeEach(() => api.query('TRUNCATE coverage, pods, nodes, clusters, login_failures'))

async function withRunner(work: (runner: JobRunner) => Promise<void>): Promise<void> {
  const settings = { databaseUrl: api.config.databaseUrl, applicationName: 'guardimesh worker' }
  const metrics = new JobMetrics(new Registry())
  const runner = new JobRunner({ settings, jobs: retention.jobs(), log, metrics })
  const stop = new AbortController()
  const running = runner.run(stop.signal)
  try {
    await work(runner)
  } finally {
    stop.abort()
    await running
  }
}

async function partitionCount(): Promise<number> {
  const [row] = await api.query<{ count: number }>(`SELECT count(*) AS count FROM pg_inherits WHERE inhparent = 'findings'::regclass`)
  return row?.count ?? 0
}

test('creates missing partitions at the start, also with two workers', async () => {
  await api.query(`SELECT drop_partitions_before(now() + interval '100 days')`)
  expect(await partitionCount()).toBe(1)
  await Promise.all(
    [1, 2].map(() => withRunner(() => vi.waitFor(async () => expect(await partitionCount()).toBe(12), { timeout: 20_000 }))),
  )
})

test('survives lost connections', async () => {
  await withRunner(async (runner) => {
    await vi.waitFor(() => expect(runner.isRunning).toBe(true), { timeout: 10_000 })
    await api.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'guardimesh jobs'`)
    await api.query(`SELECT drop_partitions_before(now() + interval '100 days')`)
    await api.query(`SELECT graphile_worker.add_job('make-partitions')`)
    await vi.waitFor(async () => expect(await partitionCount()).toBe(12), { timeout: 30_000 })
    // graphile-worker releases its listening connection twice when it is stopped while it reconnects.
    await vi.waitFor(async () => expect(await listeningConnections()).toBeGreaterThan(0), { timeout: 30_000 })
  })
})

async function listeningConnections(): Promise<number> {
  const rows = await api.query(
    `SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'guardimesh jobs' AND query LIKE 'LISTEN "jobs:insert"%'`,
  )
  return rows.length
}

test('deletes expired partitions, pods and alerts, idempotently', async () => {
  await api.query(`SELECT ensure_partitions(${RETENTION_DAYS + 5}, 3)`)
  await api.query(
    `INSERT INTO pods (cluster_id, node_name, namespace, pod_name, pod_uid, owner, pod_ip, host_ip, containers, observed_at, gone_at)
     SELECT 'c', 'n', '', name, '', '', '', '', '[]', now(), now() - make_interval(days => days)
     FROM (VALUES ('old', ${RETENTION_DAYS + 1}), ('recent', 1)) AS pod (name, days)`,
  )
  await api.query(
    `INSERT INTO signature_alerts (kind, subject, message, raised_at, cleared_at)
     SELECT 'stale-warning', subject, '', now() - interval '1 year', now() - make_interval(days => days)
     FROM (VALUES ('old', ${RETENTION_DAYS + 1}), ('recent', 1), ('open', NULL)) AS alert (subject, days)`,
  )
  await retention.dropOldData()
  await retention.dropOldData()
  await retention.dropPartitions()
  await retention.dropPartitions()
  // One partition for each day from the oldest retained day to three days ahead, and the default partition.
  expect(await partitionCount()).toBe(RETENTION_DAYS + 1 + 3 + 1)
  expect(await api.query('SELECT pod_name FROM pods')).toEqual([{ pod_name: 'recent' }])
  expect(await api.query('SELECT subject FROM signature_alerts ORDER BY subject')).toEqual([{ subject: 'open' }, { subject: 'recent' }])
})

test('ends a long export that keeps partitions from being dropped', async () => {
  const partitions = app.get(PartitionsService)
  const pool = createPool({ databaseUrl: api.config.databaseUrl, applicationName: 'guardimesh api export' }, 1, log)
  const client = await pool.connect()
  try {
    await api.query(`SELECT drop_partitions_before(now() - interval '${RETENTION_DAYS} days')`)
    await client.query('BEGIN; SELECT FROM findings')
    expect(await partitions.endExports(RETENTION_DAYS, 0)).toBe(0)
    await client.query('ROLLBACK')
    await api.query(`SELECT ensure_partitions(${RETENTION_DAYS + 5}, 3)`)
    await client.query('BEGIN; SELECT FROM findings')
    expect(await partitions.endExports(RETENTION_DAYS, 3600)).toBe(0)
    expect(await partitions.endExports(RETENTION_DAYS, 0)).toBe(1)
    await retention.dropPartitions()
    expect(await partitionCount()).toBe(RETENTION_DAYS + 1 + 3 + 1)
    await expect(client.query('SELECT 1')).rejects.toThrow()
  } finally {
    client.release(true)
    await pool.end()
  }
})

test('deletes incidents with the findings, and everything that belongs to them', async () => {
  const key = await api.createKey('ingestion')
  for (const namespace of ['old', 'recent'])
    await post(api, '/api/v1/scan/results', key, batchBody([aResult({ namespace }), aResult({ namespace })]))
  const before = `now() - interval '${RETENTION_DAYS + 1} days'`
  const old = `(SELECT incident_id FROM incident_workloads WHERE namespace = 'old')`
  await api.query(`UPDATE incidents SET last_seen_at = ${before} WHERE incident_id IN ${old}`)
  await api.query(`INSERT INTO incident_history (incident_id, changed_by, comment) SELECT incident_id, 'a', 'b' FROM incidents`)
  await retention.dropOldData()
  await retention.dropOldData()
  for (const table of ['incidents', 'incident_workloads', 'incident_nodes', 'incident_events', 'incident_history'])
    expect([table, await api.query(`SELECT count(*) AS count FROM ${table}`)]).toEqual([table, [{ count: 2 }]])
  expect(await api.query('SELECT DISTINCT namespace FROM incident_workloads')).toEqual([{ namespace: 'recent' }])
})

test('deletes old sightings with their containers and keeps recent ones', async () => {
  const key = await api.createKey('ingestion')
  const agoMs = (days: number) => Date.now() - days * 86_400_000
  const seen = (name: string, firstDays: number, lastDays: number) =>
    aSighting({ containerId: name, path: Buffer.from(`/${name}`), firstSeenAtMs: agoMs(firstDays), lastSeenAtMs: agoMs(lastDays) })
  const old = Array.from({ length: 3000 }, (_, n) => seen(`old-${n}`, RETENTION_DAYS + 9, RETENTION_DAYS + 1))
  const kept = [seen('again', RETENTION_DAYS + 9, 1), seen('recent', 1, 1)]
  expect(await post(api, '/api/v1/scan/results', key, batchBody([], [], [...old, ...kept]))).toMatchObject({ status: 200 })
  await retention.dropOldData()
  await retention.dropOldData()
  expect(await api.query('SELECT path FROM file_sightings ORDER BY path')).toEqual([{ path: '/again' }, { path: '/recent' }])
  expect(await api.query('SELECT container_id FROM sighting_containers ORDER BY 1')).toEqual([
    { container_id: 'again' },
    { container_id: 'recent' },
  ])
})

test('deletes expired sessions, old failed logins and coverage of deleted containers', async () => {
  const [account] = await api.query<{ account_id: string }>('SELECT account_id FROM accounts')
  await api.query(
    `INSERT INTO sessions (token_hash, account_id, expires_at)
     SELECT sha256(name::bytea), $1, now() + make_interval(days => days) FROM (VALUES ('old', -1), ('good', 1)) AS session (name, days)`,
    [account?.account_id],
  )
  await api.query(`INSERT INTO login_failures (email, address, failures, last_failed_at)
    VALUES ('old', 'a', 1, now() - interval '2 days'), ('recent', 'a', 1, now())`)
  const key = await api.createKey('ingestion')
  for (const containerId of ['gone', 'there'])
    expect(
      await post(api, '/api/v1/scan/results', key, batchBody([aResult({ containerId, coverage: [{ reason: 1, count: 1 }] })])),
    ).toMatchObject({ status: 200 })
  await api.query(
    `INSERT INTO pods (cluster_id, node_name, namespace, pod_name, pod_uid, owner, pod_ip, host_ip, containers, observed_at)
     VALUES ('test', 'n', '', 'p', '', '', '', '', '[{"containerId": "there"}]', now())`,
  )
  await retention.sweepExpired()
  expect(await api.query('SELECT count(*) AS count FROM coverage')).toEqual([{ count: 2 }])
  await api.query(`UPDATE coverage SET last_seen_at = now() - interval '8 days'`)
  await retention.sweepExpired()
  expect(await api.query('SELECT container_id FROM coverage')).toEqual([{ container_id: 'there' }])
  await api.query(`UPDATE coverage SET last_seen_at = now() - interval '${RETENTION_DAYS + 1} days'`)
  await retention.sweepExpired()
  expect(await api.query('SELECT 1 FROM coverage')).toEqual([])
  expect(await api.query('SELECT 1 FROM sessions WHERE expires_at < now()')).toEqual([])
  expect(await api.query('SELECT 1 FROM sessions')).not.toEqual([])
  expect(await api.query('SELECT email FROM login_failures')).toEqual([{ email: 'recent' }])
})

test('deletes nodes that are silent for long or never reported their state, and empty clusters', async () => {
  await api.query(
    `INSERT INTO clusters (cluster_id, last_seen_at) SELECT id, now() - interval '40 days' FROM unnest(ARRAY['real', 'old', 'invented']) AS id`,
  )
  await api.query(
    `INSERT INTO nodes (cluster_id, node_name, last_seen_at, observed_at) VALUES
       ('real', 'reporting', now(), now()), ('real', 'silent', now() - interval '20 days', now() - interval '20 days'),
       ('real', 'only-results', now() - interval '1 hour', NULL), ('old', 'gone', now() - interval '31 days', now() - interval '31 days'),
       ('invented', 'results-only', now() - interval '25 hours', NULL)`,
  )
  await api.query(
    `INSERT INTO pods (cluster_id, node_name, namespace, pod_name, pod_uid, owner, pod_ip, host_ip, containers, observed_at)
     SELECT cluster_id, node_name, '', 'p', '', '', '', '', '[]', now() FROM nodes`,
  )
  await retention.sweepExpired()
  const names = ['only-results', 'reporting', 'silent'].map((name) => ({ name }))
  expect(await api.query('SELECT node_name AS name FROM nodes ORDER BY 1')).toEqual(names)
  expect(await api.query('SELECT node_name AS name FROM pods WHERE gone_at IS NULL ORDER BY 1')).toEqual(names)
  expect(await api.query('SELECT cluster_id AS name FROM clusters')).toEqual([{ name: 'real' }])
})
