import { type NotificationChannelKind, type NotificationState, SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import type { StoredSettings } from './channel.js'
import type { SecretTexts } from './channel-secrets.js'
import type { Message } from './drivers/message.js'
import { DELIVERY_EXPIRY_MS } from './rules/plan.repository.js'

/** Time after the timeout of an attempt until another worker may claim the message. */
const LEASE_MARGIN_SECONDS = 15

/** A message that this worker sends now. */
export interface ClaimedDelivery extends Message {
  readonly channelId: string
  readonly kind: NotificationChannelKind
  readonly settings: StoredSettings
  readonly secrets: SecretTexts
  /** Including this attempt. */
  readonly attempts: number
}

/** Result of an attempt. */
export interface AttemptResult {
  readonly isDelivered: boolean
  readonly statusCode: number | null
  readonly durationMs: number
  /** Empty if delivered. */
  readonly error: string
  /** Delay before the next attempt. */
  readonly pauseMs: number
}

/** SQL of the delivery queue, for the worker. */
@Injectable()
export class DeliveryQueueRepository {
  constructor(private readonly database: Database) {}

  /**
   * Claims due messages for this worker: one per channel, oldest first, so that a slow receiver delays no other channel; tests immediately.
   * A message has one worker at a time; the lease of a killed worker expires.
   */
  claim(limit: number): Promise<ClaimedDelivery[]> {
    return this.database.transaction(async (tx) => {
      const [lock] = await tx.query<{ isLocked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS "isLocked"', [
        ADVISORY_LOCKS.claimDeliveries,
      ])
      return lock?.isLocked ? tx.query<ClaimedDelivery>(CLAIM, [limit, LEASE_MARGIN_SECONDS]) : []
    })
  }

  /** Marks expired messages as failed. @returns the kind of channel of each. */
  async failExpired(): Promise<{ readonly kind: string }[]> {
    return this.database.query(
      `UPDATE notification_deliveries SET state = 'failed',
         error = CASE WHEN error = '' THEN 'Expired before delivery: the channel was disabled, or no worker was running.' ELSE error END
       FROM notification_channels channel
       WHERE channel.channel_id = notification_deliveries.channel_id AND state = 'waiting' AND expires_at < now()
         AND (leased_until IS NULL OR leased_until < now())
       RETURNING channel.kind`,
    )
  }

  /**
   * Records the result of an attempt. A message that was superseded meanwhile remains so, unless it was delivered.
   *
   * @returns the new state; undefined if the row is deleted, or the lease expired and another worker claimed it.
   */
  async recordAttempt({ deliveryId, attempts }: ClaimedDelivery, result: AttemptResult): Promise<NotificationState | undefined> {
    const { isDelivered, statusCode, durationMs, error, pauseMs } = result
    const rows = await this.database.query<{ state: NotificationState }>(
      `UPDATE notification_deliveries SET leased_until = NULL, status_code = $4, duration_ms = $5, error = $6,
         next_attempt_at = now() + make_interval(secs => $7),
         state = CASE WHEN $3 THEN 'delivered' WHEN state <> 'waiting' THEN state
                      WHEN event = 'test' OR now() + make_interval(secs => $7) > expires_at THEN 'failed' ELSE 'waiting' END
       WHERE delivery_id = $1 AND attempts = $2 AND leased_until IS NOT NULL RETURNING state`,
      [deliveryId, attempts, isDelivered, statusCode, durationMs, error, pauseMs / SECOND_MS],
    )
    return rows[0]?.state
  }

  /** Releases a message to other workers immediately. */
  async release({ deliveryId, attempts }: ClaimedDelivery): Promise<void> {
    await this.database.execute(
      `UPDATE notification_deliveries SET leased_until = NULL, next_attempt_at = now() WHERE delivery_id = $1 AND attempts = $2`,
      [deliveryId, attempts],
    )
  }

  /** Retries failed messages of a channel immediately, including expired ones unless they are resolutions. */
  async retryNow(channelId: string): Promise<void> {
    await this.database.execute(
      `UPDATE notification_deliveries SET state = 'waiting', next_attempt_at = now(),
         expires_at = CASE WHEN state = 'failed' THEN now() + make_interval(secs => $2) ELSE expires_at END
       WHERE channel_id = $1 AND leased_until IS NULL
         AND ((state = 'waiting' AND attempts > 0) OR (state = 'failed' AND ${IS_REPEATABLE}))`,
      [channelId, DELIVERY_EXPIRY_MS / SECOND_MS],
    )
  }

  /** Retries a failed message immediately, with the same id. @returns false if no failed message that can be repeated has this id. */
  async retryFailed(tx: Queryable, deliveryId: string): Promise<boolean> {
    const changed = await tx.execute(
      `UPDATE notification_deliveries SET state = 'waiting', next_attempt_at = now(), expires_at = now() + make_interval(secs => $2)
       WHERE delivery_id = $1 AND state = 'failed' AND event <> 'test'`,
      [deliveryId, DELIVERY_EXPIRY_MS / SECOND_MS],
    )
    return changed > 0
  }

  /** Returns the age of the oldest message that is due but not delivered, in seconds; 0 if there is none. */
  async oldestWaitingSeconds(): Promise<number> {
    const rows = await this.database.query<{ seconds: number }>(
      `SELECT coalesce(extract(epoch FROM now() - min(delivery.created_at)), 0)::float8 AS seconds
       FROM notification_deliveries delivery JOIN notification_channels USING (channel_id)
       WHERE state = 'waiting' AND is_enabled AND event <> 'test' AND (attempts > 0 OR next_attempt_at <= now())`,
    )
    return rows[0]?.seconds ?? 0
  }
}

/** A test is never repeated; a resolution that failed long ago is of no use without a user who wants it. */
const IS_REPEATABLE = `event NOT IN ('test', 'signature_alert_cleared', 'platform_alert_cleared')`

const COLUMNS = `delivery.delivery_id AS "deliveryId", delivery.channel_id AS "channelId", channel.kind, channel.settings, channel.secrets,
  delivery.event AS "event", delivery.created_at AS "createdAt", coalesce(delivery.alert_id::text, '') AS "alertId", delivery.alert, delivery.attempts`

// The lock serializes claims, so two workers never see the same message as free.
const CLAIM = `
WITH due AS (
  (SELECT DISTINCT ON (waiting.channel_id) waiting.delivery_id, false AS is_test
   FROM notification_deliveries waiting JOIN notification_channels USING (channel_id)
   WHERE state = 'waiting' AND is_enabled AND event <> 'test' AND next_attempt_at <= now() AND expires_at > now()
     AND NOT EXISTS (SELECT FROM notification_deliveries busy
                     WHERE busy.channel_id = waiting.channel_id AND busy.leased_until > now() AND busy.event <> 'test')
   ORDER BY waiting.channel_id, waiting.position)
  UNION ALL
  SELECT delivery_id, true FROM notification_deliveries
  WHERE state = 'waiting' AND event = 'test' AND attempts = 0 AND expires_at > now()
  ORDER BY is_test DESC LIMIT $1
)
UPDATE notification_deliveries delivery SET attempts = attempts + 1, last_attempt_at = now(),
  leased_until = now() + make_interval(secs => (channel.settings ->> 'timeoutSeconds')::integer + $2)
FROM due, notification_channels channel
WHERE delivery.delivery_id = due.delivery_id AND channel.channel_id = delivery.channel_id
RETURNING ${COLUMNS}`
