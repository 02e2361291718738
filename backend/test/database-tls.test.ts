import { rm } from 'node:fs/promises'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { type RunningPostgres, startPostgres } from '@guardimesh/testbed/postgres.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from '../src/create-app.js'
import { Database } from '../src/platform/database/database.js'
import { migrateSchema } from '../src/platform/database/migrate-schema.js'
import { captureLog } from './captured-log.js'
import { request, waitFor } from './client.js'
import { apiConfig, withPassword } from './harness.js'

let folder: string
let right: TestAuthority
let wrong: TestAuthority
let postgres: RunningPostgres | undefined
const { log, lines } = captureLog()

beforeAll(async () => {
  ;[folder, right, wrong] = await Promise.all([temporaryFolder('postgres-tls'), createAuthority('right'), createAuthority('wrong')])
  await restart('DNS:localhost')
  await migrateSchema(urlOf(right.caFile))
})
afterAll(async () => {
  await postgres?.stop()
  await Promise.all([folder, right.folder, wrong.folder].map((one) => rm(one, { recursive: true })))
})

/** Database URL as the operator builds it. */
function urlOf(caFile: string): string {
  const url = new URL(withPassword(postgres?.url ?? '', postgres?.passwordFile ?? ''))
  url.hostname = 'localhost'
  url.search = new URLSearchParams({ sslmode: 'verify-full', sslrootcert: caFile }).toString()
  return url.href
}

/** Restarts the server with another certificate or without one. */
async function restart(name: string | undefined): Promise<void> {
  await postgres?.stop()
  postgres = await startPostgres({ folder, durable: false, ...(name === undefined ? {} : { tls: await right.issue(name) }) })
}

test('encrypts and verifies all connections of the API', async () => {
  const databaseUrl = urlOf(right.caFile)
  const api = await createApi(apiConfig({ databaseUrl }), log)
  const database = new Database({ databaseUrl, applicationName: 'guardimesh test' })
  try {
    const url = await api.listen('127.0.0.1', 0)
    await waitFor(async () => (await request({ url }, 'GET', '/readyz')).status === 200)
    const [count] = await database.query<{ plain: number; encrypted: number }>(
      `SELECT count(*) FILTER (WHERE NOT ssl) AS plain, count(*) FILTER (WHERE ssl) AS encrypted
       FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name LIKE 'guardimesh %'`,
    )
    expect(count?.plain).toBe(0)
    // Connections of this test, of the API and of the listener.
    expect(count?.encrypted).toBeGreaterThanOrEqual(3)
  } finally {
    await database.close()
    await api.close()
  }
})

test.each([
  { name: 'another authority', dnsName: 'DNS:localhost', authority: () => wrong, reason: /self-signed|unable to (verify|get)/i },
  { name: 'another host', dnsName: 'DNS:db.example', authority: () => right, reason: /altnames/i },
])('rejects a certificate of $name and logs the reason', async ({ dnsName, authority, reason }) => {
  lines.length = 0
  await restart(dnsName)
  const databaseUrl = urlOf(authority().caFile)
  const api = await createApi(apiConfig({ databaseUrl }), log)
  try {
    const url = await api.listen('127.0.0.1', 0)
    const ready = await request({ url }, 'GET', '/readyz')
    expect(ready).toMatchObject({ status: 503, text: expect.stringContaining("the database's certificate is not trusted") })
    const key = `gmk_abcdefgh_${'A'.repeat(43)}`
    expect(await request({ url }, 'GET', '/api/nodes', { key })).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } })
    const line = await waitFor(() => lines.find((one) => one.code === 'DATABASE_UNAVAILABLE'))
    expect(JSON.stringify(line.error)).toMatch(reason)
    await expect(migrateSchema(databaseUrl)).rejects.toThrow(reason)
  } finally {
    await api.close()
  }
})

test('rejects a server without TLS if TLS is required', async () => {
  await restart(undefined)
  const database = new Database({ databaseUrl: urlOf(right.caFile), applicationName: 'guardimesh test' })
  try {
    const reason = { message: expect.stringContaining('does not support SSL') }
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', cause: reason })
  } finally {
    await database.close()
  }
})
