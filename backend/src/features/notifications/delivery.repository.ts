import {
  NOTIFICATION_DELIVERIES_MAX,
  type NotificationDelivery,
  type NotificationDeliveryQuery,
  type NotificationState,
} from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { Database, type Queryable } from '../../platform/database/database.js'
import { Where } from '../../platform/paging/where.js'
import type { NotifiedAlert } from './drivers/message.js'

interface DeliveryRow extends Omit<NotificationDelivery, 'createdAt' | 'lastAttemptAt' | 'nextAttemptAt'> {
  readonly createdAt: Date
  readonly lastAttemptAt: Date | null
  readonly nextAttemptAt: Date
}

const COLUMNS = `delivery_id AS "deliveryId", channel_id AS "channelId", channel.name AS "channelName", event, CASE event WHEN 'test' THEN '' ELSE alert ->> 'kind' END AS "alertKind",
  alert ->> 'subject' AS subject, alert ->> 'message' AS message, state, attempts, delivery.created_at AS "createdAt",
  last_attempt_at AS "lastAttemptAt", next_attempt_at AS "nextAttemptAt", status_code AS "statusCode", duration_ms AS "durationMs", error`

const DELIVERIES = 'notification_deliveries delivery JOIN notification_channels channel USING (channel_id)'

/** SQL of deliveries and tests, for the API. */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  /** Returns deliveries, latest first. */
  async list({ channel, state }: NotificationDeliveryQuery): Promise<NotificationDelivery[]> {
    const where = new Where().add('channel_id = ?', channel).add('state = ANY (?::text[])', state)
    const rows = await this.database.query<DeliveryRow>(
      `SELECT ${COLUMNS} FROM ${DELIVERIES} ${where.sql} ORDER BY position DESC LIMIT ${NOTIFICATION_DELIVERIES_MAX}`,
      where.values,
    )
    return rows.map(viewOf)
  }

  async find(deliveryId: string): Promise<NotificationDelivery | undefined> {
    const rows = await this.database.query<DeliveryRow>(`SELECT ${COLUMNS} FROM ${DELIVERIES} WHERE delivery_id = $1`, [deliveryId])
    return rows[0] && viewOf(rows[0])
  }

  /** True until a message has a result or expires. */
  async isInProgress(deliveryId: string): Promise<boolean> {
    const rows = await this.database.query<object>(
      `SELECT 1 FROM notification_deliveries WHERE delivery_id = $1 AND state = 'waiting' AND expires_at > now()`,
      [deliveryId],
    )
    return rows.length > 0
  }

  /**
   * Queues a test for a worker. Marks an earlier test that expired as failed.
   *
   * @returns its id; undefined while another test of the channel is in progress.
   */
  async insertTest(tx: Queryable, channelId: string, alert: NotifiedAlert, waitSeconds: number): Promise<string | undefined> {
    await tx.execute(
      `UPDATE notification_deliveries SET state = 'failed' WHERE channel_id = $1 AND event = 'test' AND state = 'waiting' AND expires_at < now()`,
      [channelId],
    )
    const rows = await tx.query<{ deliveryId: string }>(
      `INSERT INTO notification_deliveries (channel_id, event, alert, expires_at) VALUES ($1, 'test', $2, now() + make_interval(secs => $3))
       ON CONFLICT (channel_id) WHERE event = 'test' AND state = 'waiting' DO NOTHING RETURNING delivery_id AS "deliveryId"`,
      [channelId, JSON.stringify(alert), waitSeconds],
    )
    return rows[0]?.deliveryId
  }

  /** Marks a pending test as failed. */
  async fail(deliveryId: string, error: string): Promise<void> {
    await this.database.execute(
      `UPDATE notification_deliveries SET state = 'failed', error = $2 WHERE delivery_id = $1 AND state = 'waiting'`,
      [deliveryId, error],
    )
  }
}

const PENDING: ReadonlySet<NotificationState> = new Set(['collected', 'unacknowledged', 'waiting'])

function viewOf({ createdAt, lastAttemptAt, nextAttemptAt, ...row }: DeliveryRow): NotificationDelivery {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    lastAttemptAt: lastAttemptAt?.toISOString() ?? null,
    nextAttemptAt: PENDING.has(row.state) ? nextAttemptAt.toISOString() : null,
  }
}
