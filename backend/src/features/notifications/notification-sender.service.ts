import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { SecretCipher } from '../../platform/secrets/secret-cipher.js'
import { addressOf, isReadable } from './channel.js'
import { decryptSecrets } from './channel-secrets.js'
import { type ClaimedDelivery, DeliveryQueueRepository } from './delivery-queue.repository.js'
import type { ChannelDriver, ChannelSecrets, Outcome, SendJob } from './drivers/channel-driver.js'
import { DRIVERS } from './drivers/drivers.js'
import { ReceiverAddresses } from './drivers/receiver-addresses.js'
import { explainOutcome, isAccepted, SECRETS_UNREADABLE } from './explain-outcome.js'
import { NotificationMetrics } from './notification-metrics.js'
import { DeliveryPlannerService } from './rules/delivery-planner.service.js'
import { TrustedAuthorities } from './trusted-authorities.js'

const POLL_INTERVAL_MS = SECOND_MS
/** One message and one test per channel, for the maximum number of channels. */
const IN_FLIGHT_MAX = 100
/** About thirty attempts per day. */
const RETRY = { firstMs: 15 * SECOND_MS, maxMs: 60 * MINUTE_MS }
/** Backoff while the database is unavailable. */
const QUEUE_RETRY = { firstMs: SECOND_MS, maxMs: 30 * SECOND_MS }

/** Counts and times one run. */
type MeasureRun = (run: () => Promise<void>) => Promise<void>

/** Sends queued notifications, in the worker. */
@Injectable()
export class NotificationSenderService {
  readonly #inFlight = new Set<Promise<void>>()
  /** Ends the pause before the next poll, because a channel that accepted a message may have more. */
  #wake = new AbortController()

  constructor(
    private readonly planner: DeliveryPlannerService,
    private readonly queue: DeliveryQueueRepository,
    private readonly authorities: TrustedAuthorities,
    private readonly addresses: ReceiverAddresses,
    private readonly metrics: NotificationMetrics,
    private readonly cipher: SecretCipher,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** Polls the queue every second until the signal is aborted; then aborts attempts in progress and releases their messages. */
  async run(signal: AbortSignal, measure: MeasureRun): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      this.#wake = new AbortController()
      try {
        await measure(() => this.sendDue(signal))
        failures = 0
      } catch (error) {
        failures++
        this.log.warn({ error, failures }, 'failed to poll for notifications; retrying')
      }
      if (failures > 0) await sleep(backoffMs(failures, QUEUE_RETRY), signal)
      else await sleep(POLL_INTERVAL_MS, AbortSignal.any([signal, this.#wake.signal]))
    }
    await Promise.all(this.#inFlight)
  }

  /** Queues messages about new events and starts sending due ones, without waiting for the receivers. @throws GuardError DATABASE_UNAVAILABLE. */
  async sendDue(signal: AbortSignal): Promise<void> {
    // Queued messages are sent even if new events cannot be planned.
    await this.planner.plan().catch((error: unknown) => this.log.warn({ error }, 'failed to queue messages about events; retrying'))
    for (const { kind } of await this.queue.failExpired()) this.metrics.outcomes.inc({ kind, outcome: 'failed' })
    const available = IN_FLIGHT_MAX - this.#inFlight.size
    if (available <= 0) return
    for (const delivery of await this.queue.claim(available)) {
      const work = this.#deliver(delivery, signal)
        // After its lease expires it is sent again; the receiver recognizes it by its id.
        .catch((error: unknown) =>
          this.log.warn({ error, deliveryId: delivery.deliveryId }, 'failed to store the result of a notification'),
        )
        .finally(() => this.#inFlight.delete(work))
      this.#inFlight.add(work)
    }
  }

  /** @throws GuardError DATABASE_UNAVAILABLE. */
  async #deliver(delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
    const { deliveryId, channelId, kind, settings, attempts } = delivery
    const secrets = decryptSecrets(this.cipher, delivery, delivery.secrets)
    const outcome = isReadable(secrets) ? await this.#attempt(delivery, secrets, signal) : UNREADABLE
    if (outcome.kind === 'interrupted') return this.queue.release(delivery)
    const isDelivered = isAccepted(outcome)
    const error = explainOutcome(outcome, addressOf(kind, settings), settings.timeoutSeconds * SECOND_MS)
    const state = await this.queue.recordAttempt(delivery, {
      isDelivered,
      statusCode: outcome.kind === 'failed' ? null : outcome.statusCode,
      durationMs: outcome.durationMs,
      error,
      pauseMs: backoffMs(attempts, RETRY),
    })
    const facts = { deliveryId, channelId, attempts, durationMs: outcome.durationMs, state }
    if (isDelivered) this.log.info(facts, 'notification delivered')
    else this.log.warn({ ...facts, reason: error }, 'notification delivery failed')
    this.metrics.outcomes.inc({ kind, outcome: isDelivered ? 'delivered' : state === 'waiting' ? 'retried' : 'failed' })
    if (!isDelivered) return
    await this.queue.retryNow(channelId)
    this.#wake.abort()
  }

  async #attempt(delivery: ClaimedDelivery, secrets: ChannelSecrets, signal: AbortSignal): Promise<Outcome> {
    const { kind, settings } = delivery
    const { isTlsVerified, caCertificate, timeoutSeconds } = settings
    try {
      const authorities = isTlsVerified ? this.authorities.context(caCertificate) : undefined
      const transport = { timeoutMs: timeoutSeconds * SECOND_MS, isTlsVerified, authorities, addresses: this.addresses, signal }
      const driver: ChannelDriver<never> = DRIVERS[kind]
      // The settings were validated for their kind when they were stored.
      return await driver.send({ message: delivery, settings, secrets, transport } as unknown as SendJob<never>)
    } catch (error) {
      // The file with certificate authorities is invalid, or the message cannot be built; the message explains why.
      return { kind: 'failed', phase: 'tls', code: '', message: messageOf(error), durationMs: 0 }
    }
  }
}

const UNREADABLE: Outcome = { kind: 'failed', phase: 'name', code: SECRETS_UNREADABLE, message: '', durationMs: 0 }
