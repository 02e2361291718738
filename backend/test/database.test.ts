import { rm } from 'node:fs/promises'
import { type RunningPostgres, startPostgres } from '@guardimesh/testbed/postgres.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Database } from '../src/platform/database/database.js'
import { withPassword } from './harness.js'

let folder: string
let postgres: RunningPostgres
let databaseUrl: string
let database: Database

beforeAll(async () => {
  folder = await temporaryFolder('database-test')
  postgres = await startPostgres({ folder, durable: false })
  databaseUrl = withPassword(postgres.url, postgres.passwordFile)
  database = new Database({ databaseUrl, applicationName: 'test database', statementTimeoutMs: 500 })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
  await rm(folder, { recursive: true })
})

test('returns rows, counts and numbers', async () => {
  await database.execute('CREATE TABLE facts (name text PRIMARY KEY, size_bytes bigint)')
  expect(await database.execute(`INSERT INTO facts VALUES ('a', 9007199254740991), ('b', 2)`)).toBe(2)
  expect(await database.query('SELECT size_bytes FROM facts WHERE name = $1', ['a'])).toEqual([{ size_bytes: Number.MAX_SAFE_INTEGER }])
  expect(await database.query(`UPDATE facts SET size_bytes = 3 WHERE name = 'b' RETURNING name`)).toEqual([{ name: 'b' }])
  expect(await database.execute(`DELETE FROM facts WHERE name = 'nobody'`)).toBe(0)
})

test('rolls back a failed transaction', async () => {
  const failed = database.transaction(async (tx) => {
    await tx.execute(`INSERT INTO facts VALUES ('c', 1)`)
    throw new Error('changed my mind')
  })
  await expect(failed).rejects.toThrow('changed my mind')
  await database.transaction((tx) => tx.execute(`INSERT INTO facts VALUES ('d', 1)`))
  expect(await database.query(`SELECT name FROM facts WHERE name IN ('c', 'd')`)).toEqual([{ name: 'd' }])
})

test('does not report a SQL error as DATABASE_UNAVAILABLE', async () => {
  await expect(database.query('SELECT nothing')).rejects.not.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
})

test('cancels a statement after its timeout and closes its connection', async () => {
  await expect(database.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('replaces lost connections', async () => {
  await database.query('SELECT 1')
  const other = new Database({ databaseUrl, applicationName: 'the one who cuts' })
  await other.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test database'`)
  await other.close()
  await expect.poll(() => database.query('SELECT 1 AS one').catch(() => 'away')).toEqual([{ one: 1 }])
})

test('survives a server that starts late, crashes and restarts', async () => {
  const { port } = postgres
  await postgres.stop()
  const early = new Database({ databaseUrl, applicationName: 'early' })
  await expect(early.query('SELECT 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', facts: { retryAfterSeconds: 2 } })
  await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  postgres = await startPostgres({ folder, port, durable: false })
  for (const each of [early, database]) await expect.poll(() => each.query('SELECT 1 AS one').catch(() => 'away')).toEqual([{ one: 1 }])
  process.kill(postgres.pid, 'SIGKILL')
  await expect.poll(() => early.query('SELECT 1').catch((error) => error.code)).toBe('DATABASE_UNAVAILABLE')
  postgres = await startPostgres({ folder, port, durable: false })
  await expect.poll(() => early.query('SELECT 1 AS one').catch(() => 'away'), { timeout: 10_000 }).toEqual([{ one: 1 }])
  await early.close()
})

test('reports a wrong password as unavailable without showing it', async () => {
  const url = new URL(databaseUrl)
  url.password = 'not-the-password'
  const wrong = new Database({ databaseUrl: url.href, applicationName: 'wrong' })
  const error = await wrong.query('SELECT 1').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  expect(String(error)).not.toContain('not-the-password')
  await wrong.close()
})
