import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { messages } from '@guardimesh/contracts'
import { createLogger, listenOn } from '@guardimesh/kit'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import type { INestApplicationContext } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SignatureWatchService } from '../src/features/signatures/signature-watch.service.js'
import { workerModule } from '../src/worker.module.js'
import { waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'
import { post } from './messages.js'
import { aStatus } from './signature-status.js'

const GENERATION = '20261122-1'
const ROLL_OUT = { generation: GENERATION, state: 'canary' as const, nodes: ['canary'], startedAt: new Date().toISOString(), reason: '' }

let authority: TestAuthority
let server: Server
let api: TestApi
let workers: INestApplicationContext[]
/** Requests that the signature server has not answered yet, as "<method> <path>". */
const open = new Map<string, () => void>()
const received: string[] = []
let rollOut: Omit<typeof ROLL_OUT, 'state'> & { state: 'canary' | 'held' } = ROLL_OUT

beforeAll(async () => {
  authority = await createAuthority('signatures')
  const files = await authority.issue('DNS:localhost')
  server = createServer({ cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) }, (request, response) => {
    const name = `${request.method} ${request.url}`
    received.push(name)
    request.resume()
    open.set(name, () => {
      open.delete(name)
      if (request.method === 'POST') rollOut = { ...ROLL_OUT, state: 'held' }
      response.writeHead(200).end(JSON.stringify(request.url === '/v1/custom' ? { revision: 0 } : aStatus({ rollOut })))
    })
  })
  await listenOn(server, { host: '127.0.0.1', port: 0 })
  api = await startTestApi()
  const managementKeyFile = join(authority.folder, 'management-key')
  await writeFile(managementKeyFile, 'a'.repeat(43))
  const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}`)
  const config = {
    databaseUrl: api.config.databaseUrl,
    encryptionKeys: api.config.encryptionKeys,
    retentionDays: 30,
    notificationAllowedNetworks: [],
    probeAddress: { socketPath: '' },
    signatureServer: { url, caFile: authority.caFile, managementKeyFile },
    logLevel: 'silent',
  }
  const settings = { databaseUrl: config.databaseUrl, applicationName: 'guardimesh worker' }
  const log = createLogger('test', 'silent')
  workers = await Promise.all(
    [1, 2].map(() => NestFactory.createApplicationContext(workerModule(config, settings, log), { logger: false })),
  )
  const status = { clusterId: 'test', nodeName: 'canary', observedAtMs: Date.now(), signaturesRefusedGeneration: GENERATION }
  const body = messages.PodLogBatch.encode({ node: { ...status, signaturesRefusal: 'clamscan crashed' } }).finish()
  expect((await post(api, '/api/v1/pods/logs', await api.createKey('ingestion'), body)).status).toBe(200)
})
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()))
  await api.close()
  server.closeAllConnections()
  server.close()
  await rm(authority.folder, { recursive: true })
})

const check = (worker: number) => (workers[worker] as INestApplicationContext).get(SignatureWatchService).check()
const answer = (name: string) => waitFor(() => open.get(name)).then((respond) => respond())
const openTransactions = () =>
  api.query(
    `SELECT state, query FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'guardimesh worker%' AND xact_start IS NOT NULL`,
  )

test('keeps no transaction open while the signature server is slow, and sends a decision once', async () => {
  const first = check(0)
  await waitFor(() => open.get('GET /v1/status'))
  expect(await openTransactions()).toEqual([])
  await answer('GET /v1/status')
  await waitFor(() => open.get('POST /v1/roll-out'))
  expect(await openTransactions()).toEqual([])

  // A second worker with the same status must not send a second decision.
  const second = check(1)
  await answer('GET /v1/status')
  await second
  await answer('POST /v1/roll-out')
  await answer('GET /v1/custom')
  await first

  expect(received.filter((name) => name === 'POST /v1/roll-out')).toHaveLength(1)
  expect(await api.query('SELECT action, target FROM audit_log')).toEqual(
    expect.arrayContaining([{ action: 'signatures.hold', target: GENERATION }]),
  )
  const alerts = await api.query<{ kind: string }>('SELECT kind FROM signature_alerts WHERE cleared_at IS NULL ORDER BY kind')
  expect(alerts.map(({ kind }) => kind)).toEqual(['node-refused', 'roll-out-held'])
})

test('ignores a status that was read before another worker applied a check', async () => {
  const outdated = check(1)
  const respond = await waitFor(() => open.get('GET /v1/status'))
  open.delete('GET /v1/status')
  const newer = check(0)
  await answer('GET /v1/status')
  await newer
  rollOut = ROLL_OUT
  respond()
  await outdated
  const alerts = await api.query<{ kind: string }>('SELECT kind FROM signature_alerts WHERE cleared_at IS NULL ORDER BY kind')
  expect(alerts.map(({ kind }) => kind)).toEqual(['node-refused', 'roll-out-held'])
})
