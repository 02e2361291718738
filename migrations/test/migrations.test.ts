import { readFileSync } from 'node:fs'
import type { RunningPostgres } from '@guardimesh/testbed/postgres.js'
import { createTestDatabase, sharedPostgres, type TestDatabase } from '@guardimesh/testbed/test-database.js'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HISTORY_TABLE, LATEST_MIGRATION, MIGRATIONS, migrateDatabase } from '../src/index.js'

const DAY_MS = 86_400_000
let postgres: RunningPostgres
let database: TestDatabase
let url: string
let pool: pg.Pool

beforeAll(async () => {
  postgres = await sharedPostgres()
  database = await createTestDatabase(postgres)
  const address = new URL(database.url)
  address.password = encodeURIComponent(readFileSync(database.passwordFile, 'utf8').trim())
  url = address.href
  await migrateDatabase({ url })
  pool = new pg.Pool({ connectionString: url, max: 4 })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
  await postgres.stop()
})

async function value(sql: string, parameters: unknown[] = []): Promise<unknown> {
  const { rows } = await pool.query({ text: sql, values: parameters, rowMode: 'array' })
  return rows[0]?.[0]
}

/** Returns a UUIDv7 with this time. */
async function idAt(moment: Date): Promise<string> {
  return String(await value(`SELECT left(uuid_at($1)::text, 14) || '7' || substr(gen_random_uuid()::text, 16)`, [moment]))
}

async function insertResult(moment: Date): Promise<string> {
  const resultId = await idAt(moment)
  await pool.query(
    `INSERT INTO scan_results (cluster_id, result_id, node_name, namespace, pod_name, pod_uid, pod_ip, host_ip, container_name, container_id, image,
       image_digest, trigger, started_at, finished_at, files_scanned, bytes_scanned, files_cached, files_not_scanned, finding_count, finding_ids,
       signature_generation, engine_version)
     VALUES ('c', $1, 'n', '', '', '', '', '', '', 'id', '', '', 'schedule', $2, $2, 0, 0, 0, 0, 0, '{}', '', '')`,
    [resultId, moment],
  )
  return resultId
}

async function partitionOf(resultId: string): Promise<unknown> {
  return await value('SELECT tableoid::regclass::text FROM scan_results WHERE result_id = $1', [resultId])
}

function partitionName(moment: Date): string {
  return `scan_results_p${moment.toISOString().slice(0, 10).replaceAll('-', '')}`
}

test('migrates an empty database from several processes once', async () => {
  const other = await createTestDatabase(postgres)
  const address = new URL(url)
  address.pathname = new URL(other.url).pathname
  const runs = await Promise.all([1, 2, 3].map(() => migrateDatabase({ url: address.href })))
  expect(runs.flat().sort()).toEqual(MIGRATIONS.map(({ name }) => name).sort())
  expect(await migrateDatabase({ url: address.href })).toEqual([])
  await other.drop()
})

test('records the latest migration', async () => {
  expect(await value(`SELECT name FROM ${HISTORY_TABLE} ORDER BY id DESC LIMIT 1`)).toBe(LATEST_MIGRATION)
})

test('rejects reverting a migration', async () => {
  for (const Migration of MIGRATIONS) await expect(new Migration().down()).rejects.toThrow('only go forward')
})

test('orders migrations by their 13 digits', () => {
  const times = MIGRATIONS.map(({ name }) => name.slice(-13))
  expect(times.every((time) => /^\d{13}$/.test(time))).toBe(true)
  expect(times).toEqual([...times].sort())
})

test('uuid_at preserves the order of times', async () => {
  expect(
    await value(
      `SELECT uuid_at('2026-11-20T00:00:00.001Z') > uuid_at('2026-11-20Z') AND uuid_at('1970-01-01Z') = '00000000-0000-0000-0000-000000000000'`,
    ),
  ).toBe(true)
})

test('uuid_at limits times to the range of a UUIDv7', async () => {
  expect(await value(`SELECT uuid_at('1969-12-31Z') = uuid_at('1970-01-01Z') AND uuid_at('12000-01-01Z') > uuid_at('9999-12-31Z')`)).toBe(
    true,
  )
})

test('stores a row in the partition of its day and rejects a repeated key', async () => {
  const resultId = await insertResult(new Date())
  expect(await partitionOf(resultId)).toBe(partitionName(new Date()))
  await expect(pool.query('INSERT INTO scan_results SELECT * FROM scan_results WHERE result_id = $1', [resultId])).rejects.toMatchObject({
    code: '23505',
  })
})

test('stores rows without a partition in the default partition and moves them later', async () => {
  const moment = new Date(Date.now() - 5 * DAY_MS)
  const resultId = await insertResult(moment)
  expect(await partitionOf(resultId)).toBe('scan_results_default')
  await pool.query('SELECT ensure_partitions(6, 2)')
  expect(await partitionOf(resultId)).toBe(partitionName(moment))
  const indexes = await value('SELECT count(*)::int FROM pg_indexes WHERE tablename = $1', [partitionName(moment)])
  expect(indexes).toBe(await value(`SELECT count(*)::int FROM pg_indexes WHERE tablename = 'scan_results'`))
})

test('creates partitions once, concurrently and during inserts', async () => {
  const writes = Array.from({ length: 40 }, (_, index) => insertResult(new Date(Date.now() + (index % 8) * DAY_MS)))
  const created = await Promise.all([1, 2, 3].map(() => value('SELECT ensure_partitions(6, 7)')))
  await Promise.all(writes)
  expect(created.map(Number).sort((a, b) => b - a)).toEqual([15, 0, 0])
  expect(await value('SELECT count(*)::int FROM scan_results WHERE result_id >= uuid_at(now())')).toBeGreaterThanOrEqual(35)
})

test('drops old partitions and rows with wrong clocks', async () => {
  const stale = await insertResult(new Date(0))
  await pool.query(`UPDATE scan_results SET received_at = now() - interval '10 days' WHERE result_id = $1`, [stale])
  const fresh = await insertResult(new Date(0))
  const old = await insertResult(new Date(Date.now() - 5 * DAY_MS))
  const recent = await insertResult(new Date(Date.now() - DAY_MS))
  expect(Number(await value(`SELECT drop_partitions_before(now() - interval '3 days')`))).toBeGreaterThan(0)
  expect(await value(`SELECT delete_default_rows_before(now() - interval '3 days', 100)`)).toBe(1)
  const left = await pool.query<{ result_id: string }>('SELECT result_id FROM scan_results WHERE result_id = ANY ($1)', [
    [stale, fresh, old, recent],
  ])
  expect(left.rows.map((row) => row.result_id).sort()).toEqual([fresh, recent].sort())
  expect(await value('SELECT to_regclass($1)', [partitionName(new Date(Date.now() - 5 * DAY_MS))])).toBeNull()
  expect(Number(await value(`SELECT drop_partitions_before(now() - interval '3 days')`))).toBe(0)
})

test('does not block reads and writes while misdated rows are deleted', async () => {
  const stale = await insertResult(new Date(0))
  await pool.query(`UPDATE scan_results SET received_at = now() - interval '10 days' WHERE result_id = $1`, [stale])
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SELECT delete_default_rows_before(now() - interval '3 days', 100)`)
    expect(await partitionOf(await insertResult(new Date(1)))).toBe('scan_results_default')
    expect(await partitionOf(await insertResult(new Date()))).toBe(partitionName(new Date()))
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

test.each([
  ['severity', 'finding_severity_rank(severity) = 5', /Index Cond: \(CASE severity WHEN .+ = 5\)/],
  ['scan source', `scan_source = 'rare'`, /Index Cond: \(scan_source = 'rare'/],
])('uses the index for a rare %s', async (_, condition, expected) => {
  const client = await pool.connect()
  try {
    // With few rows, the planner would prefer a sequential scan.
    await client.query('BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off')
    const plan = await client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT * FROM findings WHERE ${condition} ORDER BY received_at DESC, finding_id DESC LIMIT 50`,
    )
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(expected)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

test('reads only the partitions of a period', async () => {
  const plan = await pool.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT * FROM findings WHERE finding_id >= uuid_at(now() - interval '1 hour') AND finding_id < uuid_at(now()) ORDER BY received_at DESC, finding_id DESC LIMIT 50`,
  )
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(new Set(text.match(/findings_p\d{8}\b/g)).size).toBeLessThanOrEqual(2)
})

test('uses the MD5 index, also after the migration that creates it was interrupted', async () => {
  const name = 'Md5OfSightings1795000000009'
  await pool.query('DROP INDEX file_sightings_md5')
  await pool.query(`DELETE FROM ${HISTORY_TABLE} WHERE name = $1`, [name])
  expect(await migrateDatabase({ url })).toEqual([name])
  const client = await pool.connect()
  try {
    await client.query('BEGIN; SET LOCAL enable_seqscan = off')
    const plan = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN SELECT * FROM hunted_md5s JOIN file_sightings USING (md5)`)
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('file_sightings_md5')
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

test('renames columns and values of stored alerts to standard names', async () => {
  const name = 'StandardNames1795000000012'
  const oldAlert = { kind: 'stale-warning', subject: 'live', sentence: 'old' }
  await pool.query(`
    ALTER TABLE signature_alerts RENAME COLUMN message TO sentence;
    ALTER TABLE notification_channels RENAME COLUMN send_resolved TO is_clearing_told;
    ALTER TABLE rule_trial_nodes RENAME COLUMN files_scanned TO files_looked_at;
    ALTER TABLE rule_trial_nodes RENAME COLUMN bytes_scanned TO bytes_looked_at;
    ALTER TABLE rule_trial_nodes RENAME COLUMN not_scanned TO not_looked_at;
    INSERT INTO signature_alerts (kind, subject, sentence) VALUES ('stale-warning', 'live', 'old'), ('node-refused', 'live', 'kept');
    INSERT INTO notification_channels (kind, name, is_enabled, is_clearing_told, settings, secrets, updated_by)
    VALUES ('webhook', 'a', true, true, '{}', '{}', '')`)
  await pool.query(
    `INSERT INTO notification_deliveries (channel_id, event, alert_id, alert, expires_at)
     SELECT channel_id, 'signature_alert', 1, $1, now() FROM notification_channels`,
    [oldAlert],
  )
  await pool.query(`DELETE FROM ${HISTORY_TABLE} WHERE name = $1`, [name])
  expect(await migrateDatabase({ url })).toEqual([name])
  const alerts = await pool.query('SELECT kind, subject, message FROM signature_alerts ORDER BY kind DESC')
  expect(alerts.rows).toEqual([
    { kind: 'stale-warning', subject: 'active', message: 'old' },
    { kind: 'node-refused', subject: 'live', message: 'kept' },
  ])
  expect(await value('SELECT alert FROM notification_deliveries')).toEqual({ kind: 'stale-warning', subject: 'active', message: 'old' })
  expect(await value('SELECT send_resolved FROM notification_channels')).toBe(true)
})

test('gives each existing channel a rule with its events', async () => {
  const other = await createTestDatabase(postgres)
  const address = new URL(url)
  address.pathname = new URL(other.url).pathname
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  const position = MIGRATIONS.findIndex(({ name }) => name === 'NotificationRules1795000000030')
  const upTo = async (end: number, start = 0) => {
    for (const Migration of MIGRATIONS.slice(start, end)) await client.query(String(Reflect.get(new Migration(), 'sql')))
  }
  try {
    await upTo(position)
    await client.query(`INSERT INTO notification_channels (kind, name, is_enabled, events, send_resolved, settings, secrets, updated_by)
      VALUES ('webhook', 'On call', true, '{stale-critical,node-refused}', false, '{}', '{}', 'admin')`)
    await upTo(position + 1, position)
    const { rows } = await client.query(
      `SELECT rule.name, rule.is_enabled, selection -> 'events' AS events, rule.send_resolved FROM notification_rules rule JOIN notification_channels USING (channel_id)`,
    )
    expect(rows).toEqual([{ name: 'On call', is_enabled: true, events: ['stale-critical', 'node-refused'], send_resolved: false }])
    await client.query(`INSERT INTO audit_log (actor_kind, actor_name, action) VALUES ('system', 'system', 'account.create')`)
    const { rows: events } = await client.query(`SELECT kind, action, alert ->> 'message' AS message FROM notification_events`)
    expect(events).toEqual([{ kind: 'audit-event', action: 'account.create', message: 'account.create by system.' }])
  } finally {
    await client.end()
    await other.drop()
  }
})

test('chains the entries of an existing audit log', async () => {
  const name = 'AuditChain1795000000027'
  await pool.query(`
    ALTER TABLE audit_log DISABLE TRIGGER audit_log_event;
    DROP TRIGGER audit_log_prepare ON audit_log;
    DROP TRIGGER audit_log_chain ON audit_log;
    DROP TRIGGER audit_log_append_only ON audit_log;
    DROP TRIGGER audit_log_no_truncate ON audit_log;
    DROP FUNCTION audit_content, chain_audit_entry, prepare_audit_entry, refuse_audit_change, prune_audit_log;
    ALTER TABLE audit_log DROP COLUMN result, DROP COLUMN position, DROP COLUMN previous_hash, DROP COLUMN hash;
    INSERT INTO audit_log (actor_kind, actor_name, action) VALUES ('system', 'a', 'old.first'), ('system', 'b', 'old.second');
    DELETE FROM ${HISTORY_TABLE} WHERE name = '${name}'`)
  expect(await migrateDatabase({ url })).toEqual([name])
  await pool.query(`INSERT INTO audit_log (actor_kind, actor_name, action) VALUES ('system', 'c', 'new.third')`)
  const entries = await pool.query(
    `SELECT action, position::int, hash = sha256(previous_hash || convert_to(audit_content(audit_log), 'UTF8')) AS "isHashed",
       previous_hash = coalesce(lag(hash) OVER (ORDER BY position), decode(repeat('00', 32), 'hex')) AS "isChained"
     FROM audit_log ORDER BY position`,
  )
  expect(entries.rows).toEqual(
    ['old.first', 'old.second', 'new.third'].map((action, at) => ({ action, position: at + 1, isHashed: true, isChained: true })),
  )
})
