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
  type NotificationChannelKind,
  type NotificationDelivery,
  type NotificationDeliveryList,
  type NotificationRule,
  type NotificationTestResult,
  type SignatureServerStatus,
} from '@guardimesh/contracts'
import { listenOn, sleep } from '@guardimesh/kit'
import { type CertificateFiles, createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import type { INestApplicationContext } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { expect } from 'vitest'
import { NotificationSenderService } from '../src/features/notifications/notification-sender.service.js'
import { DeliveryPlannerService } from '../src/features/notifications/rules/delivery-planner.service.js'
import { PlatformWatchService } from '../src/features/platform-alerts/platform-watch.service.js'
import { SignatureWatchService } from '../src/features/signatures/signature-watch.service.js'
import { workerModule } from '../src/worker.module.js'
import { type CapturedLog, captureLog } from './captured-log.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { ok, type Receiver, startReceiver } from './receiver.js'
import { aStatus, hoursAgo } from './signature-status.js'

const WORKER = fileURLToPath(new URL('../dist/worker.js', import.meta.url))
export const TIMEOUT_MS = 20_000
export const CHANNELS_PATH = '/api/notifications/channels'
export const RULES_PATH = '/api/notifications/rules'
export const SECRET = 'a-secret-that-nobody-sees'
export const HEADER = 'Bearer-value-that-nobody-sees'
const NO_CUSTOM = CustomSignatures.parse({ revision: 0 })

/** Receivers of tests. */
const LOOPBACK = ['127.0.0.0/8', '::1']

export interface TestWorkerOptions {
  readonly caFile?: string
  readonly isSending?: boolean
  /** Default: loopback. */
  readonly allowedNetworks?: readonly string[]
  /** Default: those of the API. */
  readonly encryptionKeys?: readonly Buffer[]
}

export interface TestWorker {
  readonly app: INestApplicationContext
  /** Queues messages about all events so far. */
  plan(): Promise<void>
  /** Raises and clears alerts about nodes and coverage. */
  checkPlatform(): Promise<void>
  /** Raises and clears alerts for the status of the signature server. */
  check(status: SignatureServerStatus): Promise<void>
  stop(): Promise<void>
}

/** The API, a signature server with an adjustable status, workers and a webhook receiver. */
export class NotificationHarness {
  /** Log of the API and of the workers in this process. */
  readonly lines: CapturedLog['lines']
  /** Status of the signature server. */
  status = freshStatus()
  readonly #log: CapturedLog['log']
  readonly #signatures: Server
  readonly #cleanups: (() => Promise<unknown>)[] = []

  private constructor(
    readonly api: TestApi,
    readonly session: TestSession,
    readonly receiver: Receiver,
    readonly authority: TestAuthority,
    tls: CertificateFiles,
    { log, lines }: CapturedLog,
  ) {
    this.#log = log
    this.lines = lines
    this.#signatures = createServer({ cert: readFileSync(tls.certificateFile), key: readFileSync(tls.keyFile) }, ({ url }, response) =>
      response.end(JSON.stringify(url === '/v1/status' ? this.status : NO_CUSTOM)),
    )
  }

  /** Use `sharedHarness`. */
  static async start(): Promise<NotificationHarness> {
    const authority = await createAuthority('site')
    const tls = await authority.issue('DNS:localhost')
    const captured = captureLog()
    const api = await startTestApi({ log: captured.log })
    const harness = new NotificationHarness(api, await api.login(), await startReceiver(), authority, tls, captured)
    await listenOn(harness.#signatures, { host: '127.0.0.1', port: 0 })
    return harness
  }

  async close(): Promise<void> {
    await this.receiver.close()
    await this.api.close()
    this.#signatures.closeAllConnections()
    this.#signatures.close()
    await rm(this.authority.folder, { recursive: true })
  }

  /** Stops everything that a test has started, and deletes its data. */
  async reset(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0).reverse()) await cleanup()
    this.receiver.received.length = 0
    this.receiver.answer = ok
    this.status = freshStatus()
    await this.api.query(`TRUNCATE notification_channels, notification_rules, notification_deliveries, notification_events, signature_alerts, incidents,
      incident_events, incident_workloads, incident_nodes, audit_log`)
  }

  /** Registers a cleanup for `reset`, in reverse order. */
  defer(cleanup: () => Promise<unknown>): void {
    this.#cleanups.push(cleanup)
  }

  get signatureServerUrl(): URL {
    return new URL(`https://localhost:${(this.#signatures.address() as AddressInfo).port}`)
  }

  /** Starts a worker in this process. Its sender runs until `stop` or the end of the test. */
  async startWorker({
    caFile,
    isSending = true,
    allowedNetworks = LOOPBACK,
    encryptionKeys = this.api.config.encryptionKeys,
  }: TestWorkerOptions = {}): Promise<TestWorker> {
    const config = {
      databaseUrl: this.api.config.databaseUrl,
      encryptionKeys,
      retentionDays: 30,
      probeAddress: { socketPath: '' },
      signatureServer: { url: this.signatureServerUrl, caFile: this.authority.caFile, managementKeyFile: undefined },
      notificationCaFile: caFile,
      notificationAllowedNetworks: allowedNetworks,
      logLevel: 'silent',
    }
    const settings = { databaseUrl: config.databaseUrl, applicationName: 'guardimesh worker' }
    const app = await NestFactory.createApplicationContext(workerModule(config, settings, this.#log), { logger: false })
    const abort = new AbortController()
    const running = isSending ? runSender(app.get(NotificationSenderService), abort.signal) : undefined
    let stopped: Promise<void> | undefined
    const end = async () => {
      abort.abort()
      await running
      await app.close()
    }
    const stop = () => {
      stopped ??= end()
      return stopped
    }
    this.defer(stop)
    return {
      app,
      plan: () => this.#planAll(app.get(DeliveryPlannerService)),
      checkPlatform: () => app.get(PlatformWatchService).check(),
      check: (status) => {
        this.status = status
        return app.get(SignatureWatchService).check()
      },
      stop,
    }
  }

  /** Another worker may be planning at the same time; then this one plans nothing. */
  async #planAll(planner: DeliveryPlannerService): Promise<void> {
    await waitFor(async () => {
      await planner.plan()
      const [row] = await this.api.query<{ isPlanned: boolean }>(
        `SELECT NOT EXISTS (SELECT FROM notification_events WHERE NOT is_planned)
           AND NOT EXISTS (SELECT FROM incident_events, notification_progress WHERE event_id > incident_event_id) AS "isPlanned"`,
      )
      return row?.isPlanned
    }, TIMEOUT_MS)
  }

  /** Starts the built worker process. */
  async spawnWorker(): Promise<{ kill(): Promise<void> }> {
    const url = new URL(this.api.config.databaseUrl)
    const passwordFile = join(this.authority.folder, 'database-password')
    await writeFile(passwordFile, decodeURIComponent(url.password))
    url.password = ''
    const child = spawn(process.execPath, [WORKER], {
      env: {
        DATABASE_URL: url.href,
        DATABASE_PASSWORD_FILE: passwordFile,
        ENCRYPTION_KEY_FILE: this.api.encryptionKeyFile,
        NOTIFICATION_ALLOWED_NETWORKS: '127.0.0.0/8',
        PROBE_SOCKET: join(this.authority.folder, 'worker.sock'),
        SIGNATURE_SERVER_URL: this.signatureServerUrl.href,
        SIGNATURE_SERVER_CA_FILE: this.authority.caFile,
      },
      stdio: 'ignore',
    })
    const ended = once(child, 'close')
    const kill = async () => {
      child.kill('SIGKILL')
      await ended
    }
    this.defer(kill)
    return { kill }
  }

  /** Starts another receiver for the current test. */
  async startReceiver(certificate?: CertificateFiles): Promise<Receiver> {
    const receiver = await startReceiver(certificate)
    this.defer(() => receiver.close())
    return receiver
  }

  /** Creates a webhook to the receiver with a rule for alerts about the age of signatures. @returns its id. */
  async createChannel(webhook: object = {}, channel: object = {}, rule: object = {}): Promise<string> {
    const target = {
      ...{ url: `${this.receiver.url}/in`, headers: [{ name: 'Authorization', value: HEADER }], secret: SECRET, timeoutSeconds: 2 },
      ...webhook,
    }
    const channelId = await this.createTarget('webhook', target, channel)
    await this.createRule(channelId, { events: ['stale-critical', 'stale-warning'] }, rule)
    return channelId
  }

  /** Creates a channel without a rule and returns its id. */
  async createTarget(kind: NotificationChannelKind, target: object, channel: object = {}): Promise<string> {
    const json = { kind, name: 'On call', [kind]: target, ...channel }
    const { status, body } = await request<NotificationChannel>(this.api, 'POST', CHANNELS_PATH, { session: this.session, json })
    expect([status, body]).toEqual([201, expect.anything()])
    return body.channelId
  }

  /** Creates a rule and returns its id. */
  async createRule(channelId: string, selection: object, rule: object = {}): Promise<string> {
    const json = { name: 'Rule', channelId, selection, ...rule }
    const { status, body } = await request<NotificationRule>(this.api, 'POST', RULES_PATH, { session: this.session, json })
    expect([status, body]).toEqual([201, expect.anything()])
    return body.ruleId
  }

  async readDeliveries(channelId: string): Promise<NotificationDelivery[]> {
    const { api, session } = this
    return (await request<NotificationDeliveryList>(api, 'GET', `${CHANNELS_PATH}/${channelId}/deliveries`, { session })).body.items
  }

  async sendTest(channelId: string): Promise<NotificationTestResult> {
    const { api, session } = this
    return (await request<NotificationTestResult>(api, 'POST', `${CHANNELS_PATH}/${channelId}/test`, { session })).body
  }

  waitForState(channelId: string, state: string, index = 0): Promise<NotificationDelivery> {
    return waitFor(async () => {
      const delivery = (await this.readDeliveries(channelId))[index]
      return delivery?.state === state ? delivery : undefined
    }, TIMEOUT_MS)
  }

  /** Waits until the newest delivery of a channel has an error. */
  waitForError(channelId: string): Promise<NotificationDelivery> {
    return waitFor(async () => {
      const [delivery] = await this.readDeliveries(channelId)
      return delivery?.error ? delivery : undefined
    }, TIMEOUT_MS)
  }

  /** Waits until the receiver has exactly this number of requests. */
  waitForRequests(count: number): Promise<unknown> {
    return waitFor(async () => this.receiver.received.length === count || undefined, TIMEOUT_MS)
  }

  /** Sets the next attempts of all waiting messages to now. */
  makeDue() {
    return this.api.query(`UPDATE notification_deliveries SET next_attempt_at = now() WHERE state = 'waiting'`)
  }
}

/** Time between two polls; the sender itself waits a second. */
const POLL_MS = 50

async function runSender(sender: NotificationSenderService, signal: AbortSignal): Promise<void> {
  const running = sender.run(signal, (send) => send())
  while (!signal.aborted) {
    // The sender itself logs and repeats what fails here.
    await sender.sendDue(signal).catch(() => undefined)
    await sleep(POLL_MS, signal)
  }
  await running
}

let shared: Promise<NotificationHarness> | undefined

/** The harness of all suites of notifications. The test file closes it. */
export function sharedHarness(): Promise<NotificationHarness> {
  shared ??= NotificationHarness.start()
  return shared
}

/** A status without alerts. */
export const freshStatus = () => aStatus()

/** A status with databases of this age; the alert "stale-critical" starts at 168 hours. */
export function outdatedStatus(hours = 200): SignatureServerStatus {
  const base = aStatus()
  const generations = base.generations.map((generation) => ({
    ...generation,
    databases: generation.databases.map((database) => ({ ...database, builtAt: hoursAgo(hours) })),
  }))
  return aStatus({ generations })
}
