import 'reflect-metadata'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  CustomSignatures,
  type NotificationChannel,
  type NotificationDelivery,
  type NotificationDeliveryList,
  type NotificationTestResult,
  type SignatureServerStatus,
} from '@guardimesh/contracts'
import { listenOn } from '@guardimesh/kit'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import type { INestApplicationContext } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import pg from 'pg'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { NotificationSenderService } from '../src/features/notifications/notification-sender.service.js'
import { RetentionService } from '../src/features/retention/retention.service.js'
import { SignatureWatchService } from '../src/features/signatures/signature-watch.service.js'
import { workerModule } from '../src/worker.module.js'
import { captureLog } from './captured-log.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { failing, isSigned, ok, type Receiver, silent, startReceiver } from './receiver.js'
import { aStatus, hoursAgo } from './signature-status.js'

const PATIENCE_MS = 20_000
const PATH = '/api/notifications/channels'
const SECRET = 'a-secret-that-nobody-sees'
const HEADER = 'Bearer-value-that-nobody-sees'
const WORKER = fileURLToPath(new URL('../dist/worker.js', import.meta.url))
/** Lock of delivery-queue.repository.ts; while it is held, no worker claims a message. */
const CLAIM_LOCK = 7_216_530_430

const NO_CUSTOM = CustomSignatures.parse({ revision: 0 })

let authority: TestAuthority
let signatures: Server
let status: SignatureServerStatus
let api: TestApi
let session: TestSession
let receiver: Receiver
const { log, lines } = captureLog()
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  authority = await createAuthority('site')
  const files = await authority.issue('DNS:localhost')
  const tls = { cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) }
  signatures = createServer(tls, ({ url }, response) => response.end(JSON.stringify(url === '/v1/status' ? status : NO_CUSTOM)))
  await listenOn(signatures, { host: '127.0.0.1', port: 0 })
  api = await startTestApi({ log })
  session = await api.login()
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.close()
  await api.close()
  signatures.closeAllConnections()
  signatures.close()
  await rm(authority.folder, { recursive: true })
})
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
  receiver.received.length = 0
  receiver.answer = ok
  status = fresh()
  await api.query('TRUNCATE notification_channels, notification_deliveries, signature_alerts, audit_log')
})

const signatureServer = () => ({
  url: new URL(`https://localhost:${(signatures.address() as AddressInfo).port}`),
  caFile: authority.caFile,
  managementKeyFile: undefined,
})
/** A status without alerts. */
const fresh = () => aStatus()
/** Age of the newest database; "stale-critical" from 168 hours. */
function old(hours = 200): SignatureServerStatus {
  const base = aStatus()
  const generations = base.generations.map((one) => ({
    ...one,
    databases: one.databases.map((database) => ({ ...database, builtAt: hoursAgo(hours) })),
  }))
  return aStatus({ generations })
}

interface TestWorker {
  readonly app: INestApplicationContext
  /** Raises and clears alerts for the status of the signature server. */
  look(state: SignatureServerStatus): Promise<void>
}

/** Starts a worker in this process, whose sender runs until the test ends. */
async function startWorker({ caFile, isSending = true }: { caFile?: string; isSending?: boolean } = {}): Promise<TestWorker> {
  const config = {
    databaseUrl: api.config.databaseUrl,
    retentionDays: 30,
    probeAddress: { socketPath: '' },
    signatureServer: signatureServer(),
    notificationCaFile: caFile,
    logLevel: 'silent',
  }
  const settings = { databaseUrl: config.databaseUrl, applicationName: 'guardimesh worker' }
  const app = await NestFactory.createApplicationContext(workerModule(config, settings, log), { logger: false })
  const stop = new AbortController()
  const running = isSending ? app.get(NotificationSenderService).run(stop.signal, (look) => look()) : undefined
  stops.push(async () => {
    stop.abort()
    await running
    await app.close()
  })
  return {
    app,
    look: (state) => {
      status = state
      return app.get(SignatureWatchService).check()
    },
  }
}

async function create(webhook: object = {}, rest: object = {}): Promise<string> {
  const json = {
    kind: 'webhook',
    name: 'On call',
    events: ['stale-critical', 'stale-warning'],
    webhook: {
      url: `${receiver.url}/in`,
      headers: [{ name: 'Authorization', value: HEADER }],
      secret: SECRET,
      timeoutSeconds: 2,
      ...webhook,
    },
    ...rest,
  }
  const { status: code, body } = await request<NotificationChannel>(api, 'POST', PATH, { session, json })
  expect(code).toBe(201)
  return body.channelId
}
const deliveriesOf = async (channelId: string): Promise<NotificationDelivery[]> =>
  (await request<NotificationDeliveryList>(api, 'GET', `${PATH}/${channelId}/deliveries`, { session })).body.items
const tested = async (channelId: string) =>
  (await request<NotificationTestResult>(api, 'POST', `${PATH}/${channelId}/test`, { session })).body
const became = (channelId: string, state: string, index = 0) =>
  waitFor(async () => {
    const one = (await deliveriesOf(channelId))[index]
    return one?.state === state ? one : undefined
  }, PATIENCE_MS)
/** Makes the next attempt due. */
const due = () => api.query(`UPDATE notification_deliveries SET next_attempt_at = now() WHERE state = 'waiting'`)

test('sends an alert and its resolution once, with the documented body and signature', async () => {
  const [channelId, worker, other] = [await create(), await startWorker(), await startWorker()]
  await worker.look(old())
  const delivery = await became(channelId, 'delivered')
  // Independent of the number of checks and the worker that runs them.
  await Promise.all([worker.look(old()), other.look(old())])
  await Promise.all([worker.look(old()), other.look(old())])
  const [raised] = receiver.received
  if (!raised) throw new Error('nothing came')
  expect(raised).toMatchObject({ method: 'POST', path: '/in' })
  expect(raised.headers).toMatchObject({
    'content-type': 'application/json',
    authorization: HEADER,
    'guardimesh-delivery': delivery.deliveryId,
  })
  expect(isSigned(raised, SECRET)).toBe(true)
  expect(isSigned(raised, 'another secret of somebody')).toBe(false)
  expect(Object.keys(raised.body)).toEqual(['event_type', 'timestamp', 'alert', 'api_version'])
  expect(Object.keys(raised.body.alert)).toEqual('alert_id kind severity subject message facts raised_at cleared_at'.split(' '))
  expect(raised.body).toMatchObject({
    event_type: 'signature_alert',
    alert: {
      kind: 'stale-critical',
      severity: 'critical',
      subject: 'active',
      message: expect.stringContaining('Import newer signatures'),
      facts: { hours: 168 },
      cleared_at: null,
    },
    api_version: '1.0',
  })
  await worker.look(fresh())
  await became(channelId, 'delivered')
  await waitFor(() => receiver.received.length === 2 || undefined, PATIENCE_MS)
  expect(receiver.received[1]?.body).toMatchObject({
    event_type: 'signature_alert_cleared',
    alert: { alert_id: raised.body.alert.alert_id, kind: 'stale-critical', cleared_at: expect.any(String) },
  })
  expect(await deliveriesOf(channelId)).toMatchObject([
    { event: 'signature_alert_cleared', state: 'delivered', attempts: 1, statusCode: 200, error: '' },
    { event: 'signature_alert', state: 'delivered', attempts: 1, statusCode: 200, error: '' },
  ])
})

test('sends only selected alerts, with the configured method and without a signature', async () => {
  const selected = await create({ method: 'PUT', secret: null, headers: [] }, { sendResolved: false })
  const others = [await create({}, { events: ['roll-out-held'] }), await create({}, { isEnabled: false })]
  const worker = await startWorker()
  await worker.look(old())
  await became(selected, 'delivered')
  await worker.look(fresh())
  expect(receiver.received.map(({ method, headers }) => [method, headers['guardimesh-signature'], headers.authorization])).toEqual([
    ['PUT', undefined, undefined],
  ])
  expect(await deliveriesOf(selected)).toHaveLength(1)
  for (const other of others) expect(await deliveriesOf(other)).toEqual([])
})

test('retries the same message with the same id after a failure', async () => {
  const [channelId, worker] = [await create(), await startWorker()]
  receiver.answer = (response, index) => (index === 0 ? failing(response) : ok(response))
  await worker.look(old())
  const failed = await waitFor(async () => {
    const [one] = await deliveriesOf(channelId)
    return one?.error ? one : undefined
  }, PATIENCE_MS)
  expect(failed).toMatchObject({ state: 'waiting', attempts: 1, statusCode: 500, error: expect.stringContaining('responded with 500') })
  const pauseMs = Date.parse(failed.nextAttemptAt ?? '') - Date.parse(failed.lastAttemptAt ?? '')
  expect(pauseMs).toBeGreaterThan(7_000)
  expect(pauseMs).toBeLessThan(16_500)
  await due()
  expect(await became(channelId, 'delivered')).toMatchObject({ attempts: 2, statusCode: 200, error: '' })
  const [first, second] = receiver.received
  expect(second?.headers['guardimesh-delivery']).toBe(first?.headers['guardimesh-delivery'])
  expect(second?.text).toBe(first?.text)
  const metrics = await worker.app.get<Registry>(Registry).metrics()
  expect(metrics).toMatch(/guardimesh_notifications_total\{kind="webhook",outcome="retried"\} 1/)
  expect(metrics).toMatch(/guardimesh_notifications_total\{kind="webhook",outcome="delivered"\} 1/)
  expect(metrics).toMatch(/guardimesh_notifications_oldest_waiting_seconds 0/)
})

test('applies the timeout of a slow receiver without delaying others', async () => {
  const slow = await startReceiver()
  stops.push(() => slow.close())
  slow.answer = silent
  const [stuck, quick, worker] = [await create({ url: slow.url }), await create(), await startWorker()]
  await worker.look(old())
  await became(quick, 'delivered')
  expect((await deliveriesOf(stuck))[0]).toMatchObject({ state: 'waiting', error: '' })
  const given = await waitFor(async () => {
    const [one] = await deliveriesOf(stuck)
    return one?.error ? one : undefined
  }, PATIENCE_MS)
  expect(given).toMatchObject({ statusCode: null, error: expect.stringMatching(/accepted the connection but did not respond within 2 s/) })
  expect(given.durationMs).toBeGreaterThanOrEqual(1_900)
  expect(given.durationMs).toBeLessThan(6_000)
})

test('uses the status of an endless response and does not follow redirects', async () => {
  const [channelId] = [await create(), await startWorker()]
  receiver.answer = (response) => {
    response.writeHead(202)
    const pour = () => {
      if (!response.destroyed) response.write(Buffer.alloc(64 * 1024), () => setImmediate(pour))
    }
    pour()
  }
  expect(await tested(channelId)).toMatchObject({ isDelivered: true, statusCode: 202 })
  receiver.answer = (response) => response.writeHead(307, { location: `${receiver.url}/elsewhere` }).end()
  expect(await tested(channelId)).toMatchObject({ isDelivered: false, statusCode: 307, message: expect.stringContaining('not followed') })
  expect(receiver.received.map(({ path }) => path)).toEqual(['/in', '/in'])
})

test('rejects a certificate of an unknown authority until the authority is configured', async () => {
  const secure = await startReceiver(await authority.issue('DNS:localhost'))
  stops.push(() => secure.close())
  const channelId = await create({ url: secure.url })
  await startWorker()
  expect(await tested(channelId)).toMatchObject({
    isDelivered: false,
    statusCode: null,
    message: expect.stringMatching(/not trusted.*NOTIFICATION_CA_FILE/),
  })
  expect(secure.received).toEqual([])
  const careless = await create({ url: secure.url, isTlsVerified: false })
  expect(await tested(careless)).toMatchObject({ isDelivered: true, statusCode: 200 })
  await (stops.pop() as () => Promise<unknown>)()
  await startWorker({ caFile: authority.caFile })
  expect(await tested(channelId)).toMatchObject({
    isDelivered: true,
    statusCode: 200,
    message: expect.stringMatching(/^The receiver answered 200/),
  })
  // A certificate for another host name is still rejected.
  const elsewhere = await create({ url: secure.url.replace('localhost', '127.0.0.1') })
  expect(await tested(elsewhere)).toMatchObject({ isDelivered: false, message: expect.stringContaining('for other host names') })
})

test.each([
  { name: 'an unknown host name', url: 'http://nowhere.invalid/', expectedText: /Host name nowhere\.invalid not found/ },
  { name: 'a closed port', url: 'http://127.0.0.1:1/', expectedText: /127\.0\.0\.1:1 refused the connection/ },
  { name: 'https on an http port', url: 'https', expectedText: /TLS handshake.*failed/ },
])('explains the failure of a test: $name', async ({ url, expectedText }) => {
  const [channelId] = [
    await create({ url: url === 'https' ? receiver.url.replace('http:', 'https:') : url, timeoutSeconds: 10 }),
    await startWorker(),
  ]
  const { isDelivered, message } = await tested(channelId)
  expect({ isDelivered, message }).toEqual({ isDelivered: false, message: expect.stringMatching(expectedText) })
})

test('sends a test to a disabled channel once, in the format of an alert', async () => {
  const [channelId] = [await create({}, { isEnabled: false }), await startWorker()]
  expect(await tested(channelId)).toMatchObject({ isDelivered: true, statusCode: 200, durationMs: expect.any(Number) })
  expect(receiver.received[0]?.body).toMatchObject({
    event_type: 'test',
    alert: { alert_id: '', kind: 'test', subject: 'On call', facts: {} },
  })
  expect(isSigned(receiver.received[0] as never, SECRET)).toBe(true)
  receiver.answer = failing
  expect(await tested(channelId)).toMatchObject({ isDelivered: false, statusCode: 500 })
  expect((await deliveriesOf(channelId))[0]).toMatchObject({ event: 'test', state: 'failed', attempts: 1, nextAttemptAt: null })
})

test('drops messages of resolved alerts, and sends a resolution after a possible delivery', async () => {
  const [unheard, worker] = [await create(), await startWorker({ isSending: false })]
  await worker.look(old())
  await worker.look(fresh())
  expect(await deliveriesOf(unheard)).toMatchObject([{ event: 'signature_alert', state: 'superseded', attempts: 0 }])
  await api.query('TRUNCATE notification_deliveries, signature_alerts')
  const sender = await startWorker()
  receiver.answer = failing
  await sender.look(old())
  await waitFor(() => receiver.received.length > 0 || undefined, PATIENCE_MS)
  await waitFor(async () => (await deliveriesOf(unheard))[0]?.error || undefined, PATIENCE_MS)
  receiver.answer = ok
  await sender.look(fresh())
  await became(unheard, 'delivered')
  expect((await deliveriesOf(unheard)).map(({ event, state }) => [event, state])).toEqual([
    ['signature_alert_cleared', 'delivered'],
    ['signature_alert', 'superseded'],
  ])
  expect(receiver.received.map(({ body }) => body.event_type)).toEqual(['signature_alert', 'signature_alert_cleared'])
})

test('sends a flapping alert once in ten minutes, and again if it persists', async () => {
  const [channelId, worker] = [await create(), await startWorker()]
  for (let turn = 0; turn < 5; turn++) {
    await worker.look(old())
    if (turn === 0) await became(channelId, 'delivered')
    await worker.look(fresh())
    if (turn === 0) await became(channelId, 'delivered')
  }
  await worker.look(old())
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  expect(receiver.received.map(({ body }) => body.event_type)).toEqual(['signature_alert', 'signature_alert_cleared'])
  const [last, ...before] = await deliveriesOf(channelId)
  expect(last).toMatchObject({ event: 'signature_alert', state: 'waiting', attempts: 0 })
  const quietMs = Date.parse(last?.nextAttemptAt ?? '') - Date.parse(before.at(-1)?.lastAttemptAt ?? '')
  expect(quietMs).toBe(600_000)
  expect(before.filter(({ state }) => state === 'superseded')).toHaveLength(4)
  // An alert of another kind for the same generation is not affected.
  await worker.look(old(100))
  await waitFor(() => receiver.received.length === 3 || undefined, PATIENCE_MS)
  expect(receiver.received[2]?.body.alert.kind).toBe('stale-warning')
  await worker.look(old())
  await due()
  await waitFor(
    () => receiver.received.some(({ body }, index) => index > 2 && body.alert.kind === 'stale-critical') || undefined,
    PATIENCE_MS,
  )
})

test('sends open alerts as soon as a receiver is available again', async () => {
  const [channelId, worker] = [await create(), await startWorker()]
  receiver.answer = failing
  await worker.look(old())
  await waitFor(async () => (await deliveriesOf(channelId))[0]?.error || undefined, PATIENCE_MS)
  await api.query(`UPDATE notification_deliveries SET expires_at = now() - interval '1 second'`)
  const given = await became(channelId, 'failed')
  expect(given).toMatchObject({ error: expect.stringContaining('responded with 500'), nextAttemptAt: null })
  receiver.answer = ok
  expect(await tested(channelId)).toMatchObject({ isDelivered: true })
  expect(await became(channelId, 'delivered', 1)).toMatchObject({ event: 'signature_alert', deliveryId: given.deliveryId })
})

test('retries failed messages immediately after a change of the channel', async () => {
  const [channelId, worker] = [await create({ url: 'http://127.0.0.1:1/' }), await startWorker()]
  await worker.look(old())
  await waitFor(async () => (await deliveriesOf(channelId))[0]?.error || undefined, PATIENCE_MS)
  const json = { kind: 'webhook', name: 'x', events: ['stale-critical'], webhook: { url: receiver.url, timeoutSeconds: 2 } }
  expect((await request(api, 'PUT', `${PATH}/${channelId}`, { session, json })).status).toBe(200)
  await became(channelId, 'delivered')
  expect(receiver.received[0]?.headers.authorization).toBe(HEADER)
  expect(isSigned(receiver.received[0] as never, SECRET)).toBe(true)
})

/** Runs the installed worker process. */
async function spawnWorker(): Promise<{ kill(): Promise<void> }> {
  const url = new URL(api.config.databaseUrl)
  const passwordFile = join(authority.folder, 'database-password')
  await writeFile(passwordFile, decodeURIComponent(url.password))
  url.password = ''
  const child = spawn(process.execPath, [WORKER], {
    env: {
      DATABASE_URL: url.href,
      DATABASE_PASSWORD_FILE: passwordFile,
      PROBE_SOCKET: join(authority.folder, 'worker.sock'),
      SIGNATURE_SERVER_URL: signatureServer().url.href,
      SIGNATURE_SERVER_CA_FILE: authority.caFile,
    },
    stdio: 'ignore',
  })
  const ended = once(child, 'close')
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  stops.push(kill)
  return { kill }
}

test('loses no message if a worker is killed after the commit or during delivery', async () => {
  const channelId = await create()
  status = old()
  // Between commit and delivery, no worker can claim a message.
  const holder = await holdLock()
  const first = await spawnWorker()
  await waitFor(async () => ((await deliveriesOf(channelId)).length > 0 ? true : undefined), 40_000)
  await first.kill()
  expect((await deliveriesOf(channelId)).map(({ attempts, state }) => [attempts, state])).toEqual([[0, 'waiting']])
  expect(receiver.received).toEqual([])
  await holder.release()
  // During delivery, the receiver has the message, but the worker has no response yet.
  receiver.answer = silent
  const second = await spawnWorker()
  await waitFor(() => receiver.received.length === 1 || undefined, 40_000)
  await second.kill()
  receiver.answer = ok
  // The lease of the killed worker expires.
  await api.query(`UPDATE notification_deliveries SET leased_until = now(), next_attempt_at = now()`)
  await spawnWorker()
  const delivered = await waitFor(async () => {
    const [one] = await deliveriesOf(channelId)
    return one?.state === 'delivered' ? one : undefined
  }, 40_000)
  expect(delivered.attempts).toBe(2)
  expect(await deliveriesOf(channelId)).toHaveLength(1)
  expect(receiver.received.map(({ headers }) => headers['guardimesh-delivery'])).toEqual([delivered.deliveryId, delivered.deliveryId])
}, 150_000)

/** Prevents all workers from claiming messages. */
async function holdLock(): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: api.config.databaseUrl })
  await client.connect()
  await client.query('SELECT pg_advisory_lock($1)', [CLAIM_LOCK])
  return { release: () => client.end() }
}

test('releases messages in progress when the worker stops', async () => {
  const channelId = await create({ timeoutSeconds: 60 })
  const worker = await startWorker()
  receiver.answer = silent
  await worker.look(old())
  await waitFor(() => receiver.received.length === 1 || undefined, PATIENCE_MS)
  await (stops.pop() as () => Promise<unknown>)()
  receiver.answer = ok
  await startWorker()
  expect(await became(channelId, 'delivered')).toMatchObject({ attempts: 2 })
})

test('deletes old deliveries except pending ones', async () => {
  const [channelId, worker] = [await create(), await startWorker({ isSending: false })]
  await api.query(
    `INSERT INTO notification_deliveries (channel_id, event, alert_id, alert, state, created_at, expires_at)
     SELECT $1, 'signature_alert', n, '{"kind": "stale-warning", "subject": "", "message": ""}', state, now() - make_interval(days => days), now() + interval '1 day'
     FROM (VALUES (1, 'delivered', 31), (2, 'failed', 31), (3, 'superseded', 31), (4, 'waiting', 31), (5, 'delivered', 1)) AS row (n, state, days)`,
    [channelId],
  )
  await worker.app.get(RetentionService).dropOldData()
  await worker.app.get(RetentionService).dropOldData()
  expect(await api.query('SELECT alert_id FROM notification_deliveries ORDER BY 1')).toEqual([{ alert_id: 4 }, { alert_id: 5 }])
})

test('logs no secret', () => {
  expect(lines.some(({ msg }) => msg === 'notification delivered')).toBe(true)
  expect(lines.some(({ msg }) => msg === 'notification delivery failed')).toBe(true)
  const everything = JSON.stringify(lines)
  for (const secret of [SECRET, HEADER]) expect(everything).not.toContain(secret)
})
