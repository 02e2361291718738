import {
  NOTIFICATION_CHANNELS_MAX,
  type NotificationChannel,
  type NotificationChannelChange,
  type NotificationDelivery,
  type NotificationDeliveryQuery,
  type NotificationTestResult,
} from '@guardimesh/contracts'
import { GuardError, parseUuid, sleep } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { type AuditActor, AuditRepository } from '../../platform/audit/audit.repository.js'
import type { RequestOrigin } from '../../platform/audit/request-origin.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { auditView, mergeSecrets, settingsOf, splitChange } from './channel.js'
import { ChannelRepository, type StoredChannel } from './channel.repository.js'
import { DeliveryRepository } from './delivery.repository.js'
import { DeliveryQueueRepository } from './delivery-queue.repository.js'
import type { NotifiedAlert } from './drivers/message.js'

/** Time for a worker to pick up a test; workers poll every second. */
const WORKER_PICKUP_SECONDS = 10
const POLL_MS = 50
const NO_WORKER =
  'No worker picked up the test; it was never sent. Check that the worker is running. In a cluster: kubectl get pods -l app.kubernetes.io/name=guardimesh-worker'

/** Author and origin of a change. */
export interface ChannelChangedBy {
  readonly actor: AuditActor
  readonly origin: RequestOrigin
}

/** Manages notification channels, tests and deliveries. Methods throw NOTIFICATION_CHANNEL_NOT_FOUND and DATABASE_UNAVAILABLE. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly audit: AuditRepository,
  ) {}

  list(): Promise<NotificationChannel[]> {
    return this.channels.list()
  }

  /** @throws GuardError NOTIFICATION_CHANNEL_LIMIT_REACHED, BODY_INVALID. */
  create(change: NotificationChannelChange, by: ChannelChangedBy): Promise<NotificationChannel> {
    return this.database.transaction(async (tx) => {
      if ((await this.channels.lockAndCount(tx)) >= NOTIFICATION_CHANNELS_MAX)
        throw new GuardError(
          'NOTIFICATION_CHANNEL_LIMIT_REACHED',
          `the limit of ${NOTIFICATION_CHANNELS_MAX} channels is reached; delete an unused channel`,
        )
      const stored = storedChannel(change, undefined)
      const channelId = await this.channels.insert(tx, stored, by.actor.name)
      await this.#record(tx, 'create', channelId, { after: describe(stored) }, by)
      return this.#view(tx, channelId)
    })
  }

  /** Replaces a channel; omitted headers and secret keep their values. Retries failed messages immediately. @throws GuardError BODY_INVALID. */
  async replace(channelId: string, change: NotificationChannelChange, by: ChannelChangedBy): Promise<NotificationChannel> {
    const view = await this.database.transaction(async (tx) => {
      const before = await this.#lock(tx, channelId)
      const after = storedChannel(change, before)
      await this.channels.update(tx, channelId, after, by.actor.name)
      const changedSecrets = {
        hasNewHeaders: JSON.stringify(before.secrets.headers) !== JSON.stringify(after.secrets.headers),
        hasNewSecret: before.secrets.secret !== after.secrets.secret,
      }
      await this.#record(tx, 'change', channelId, { before: describe(before), after: describe(after), ...changedSecrets }, by)
      return this.#view(tx, channelId)
    })
    await this.queue.retryNow(channelId)
    return view
  }

  delete(channelId: string, by: ChannelChangedBy): Promise<void> {
    return this.database.transaction(async (tx) => {
      const before = await this.#lock(tx, channelId)
      await this.channels.delete(tx, channelId)
      await this.#record(tx, 'delete', channelId, { before: describe(before) }, by)
    })
  }

  /** Returns the deliveries of a channel, latest first. */
  async listDeliveries(channelId: string): Promise<NotificationDelivery[]> {
    if (!parseUuid(channelId) || !(await this.channels.find(this.database, channelId))) throw notFound()
    return this.deliveries.list({ channel: channelId })
  }

  /** Returns deliveries, latest first. */
  listAllDeliveries(query: NotificationDeliveryQuery): Promise<NotificationDelivery[]> {
    return this.deliveries.list(query)
  }

  /** Retries a failed delivery immediately, with the same id. @throws GuardError NOTIFICATION_DELIVERY_NOT_FOUND. */
  async sendAgain(deliveryId: string, by: ChannelChangedBy): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!parseUuid(deliveryId) || !(await this.queue.retryFailed(tx, deliveryId)))
        throw new GuardError('NOTIFICATION_DELIVERY_NOT_FOUND', 'no failed delivery has this id; it may have been sent again')
      await this.audit.record(tx, { actor: by.actor, action: 'notification-delivery.send-again', target: deliveryId, ...by.origin })
    })
  }

  /**
   * Queues a test for a worker, so that it uses the same path as alerts, and waits for the result.
   *
   * @throws GuardError NOTIFICATION_TEST_RUNNING.
   */
  async test(channelId: string, by: ChannelChangedBy): Promise<NotificationTestResult> {
    const deliveryId = await this.database.transaction(async (tx) => {
      const { name, settings } = await this.#lock(tx, channelId)
      const seconds = settings.timeoutSeconds + WORKER_PICKUP_SECONDS
      const testId = await this.deliveries.insertTest(tx, channelId, testAlert(name, new Date()), seconds)
      if (testId === undefined)
        throw new GuardError('NOTIFICATION_TEST_RUNNING', 'a test of this channel is in progress; wait for its result')
      await this.#record(tx, 'test', channelId, { name, deliveryId: testId }, by)
      return testId
    })
    return this.#outcomeOf(deliveryId)
  }

  /** Waits until the test has a result or expires. */
  async #outcomeOf(deliveryId: string): Promise<NotificationTestResult> {
    while (await this.deliveries.isInProgress(deliveryId)) await sleep(POLL_MS)
    const delivery = await this.deliveries.find(deliveryId)
    // The channel was deleted meanwhile.
    if (!delivery) throw notFound()
    if (delivery.state === 'waiting') await this.deliveries.fail(deliveryId, NO_WORKER)
    return testResult(delivery)
  }

  async #lock(tx: Queryable, channelId: string): Promise<StoredChannel> {
    const stored = parseUuid(channelId) && (await this.channels.lock(tx, channelId))
    if (!stored) throw notFound()
    return stored
  }

  async #view(tx: Queryable, channelId: string): Promise<NotificationChannel> {
    const view = await this.channels.find(tx, channelId)
    if (!view) throw notFound()
    return view
  }

  #record(tx: Queryable, verb: string, channelId: string, details: Readonly<Record<string, unknown>>, by: ChannelChangedBy): Promise<void> {
    return this.audit.record(tx, { actor: by.actor, action: `notification-channel.${verb}`, target: channelId, details, ...by.origin })
  }
}

function notFound(): GuardError {
  return new GuardError('NOTIFICATION_CHANNEL_NOT_FOUND', 'notification channel not found; it may have been deleted')
}

function storedChannel(change: NotificationChannelChange, before: StoredChannel | undefined): StoredChannel {
  const { head, target } = splitChange(change)
  const { kind } = head
  if (before && before.kind !== kind)
    throw new GuardError('BODY_INVALID', `invalid body: kind: a ${before.kind} channel cannot become a ${kind} channel; create another one`)
  const secrets = mergeSecrets(kind, before, target)
  return { ...head, settings: settingsOf(kind, target, before?.settings), secrets }
}

function describe({ settings, secrets, ...channel }: StoredChannel): Readonly<Record<string, unknown>> {
  return auditView(channel, settings, secrets)
}

function testAlert(channelName: string, now: Date): NotifiedAlert {
  return {
    kind: 'test',
    severity: 'warning',
    subject: channelName,
    message: `This is a test of the channel ${channelName}. No action is needed.`,
    facts: {},
    raisedAt: now.toISOString(),
    clearedAt: null,
  }
}

function testResult({ state, statusCode, durationMs, attempts, error }: NotificationDelivery): NotificationTestResult {
  const isDelivered = state === 'delivered'
  const failure =
    error !== '' ? error : attempts === 0 ? NO_WORKER : 'The worker did not report a result; it may have been stopped. Try again.'
  return {
    isDelivered,
    statusCode,
    durationMs,
    message: isDelivered
      ? `The receiver ${statusCode === null ? 'accepted the message' : `answered ${statusCode}`} after ${durationMs} ms.`
      : failure,
  }
}
