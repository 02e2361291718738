import { DAY_MS, MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import type { NotifiedAlert } from './drivers/message.js'

/** Minimum time between two messages with the same kind, subject and channel, for flapping alerts. */
const REPEAT_INTERVAL_MS = 10 * MINUTE_MS
/** A message that is not delivered after this time fails. */
export const DELIVERY_EXPIRY_MS = DAY_MS

/** An alert to send. */
export interface OutgoingAlert {
  readonly alertId: string
  readonly alert: NotifiedAlert
}

/** A message about findings, for one channel. */
export interface OutgoingIncident {
  readonly channelId: string
  readonly alert: NotifiedAlert
}

/** SQL of the outbox, in the transaction that raises or clears an alert, or stores findings. */
@Injectable()
export class OutboxRepository {
  /**
   * Queues a message for each channel that selected the kind of alert. A message with the same kind and subject as one in the last ten minutes is
   * delayed until they are over, and dropped if the alert is cleared meanwhile. Idempotent.
   */
  async queueRaised(tx: Queryable, alerts: readonly OutgoingAlert[]): Promise<void> {
    await tx.execute(QUEUE_RAISED, [JSON.stringify(alerts), REPEAT_INTERVAL_MS / SECOND_MS, DELIVERY_EXPIRY_MS / SECOND_MS])
  }

  /** Queues one message about findings per entry, in their order, unless the channel was deleted or disabled meanwhile. */
  async queueIncidents(tx: Queryable, incidents: readonly OutgoingIncident[]): Promise<void> {
    await tx.execute(QUEUE_INCIDENTS, [
      JSON.stringify(incidents.map((incident, position) => ({ ...incident, position }))),
      DELIVERY_EXPIRY_MS / SECOND_MS,
    ])
  }

  /** Supersedes pending messages of cleared alerts, and queues "resolved" messages for channels that may have received the alert. */
  async queueCleared(tx: Queryable, alerts: readonly OutgoingAlert[]): Promise<void> {
    await tx.execute(QUEUE_CLEARED, [JSON.stringify(alerts), DELIVERY_EXPIRY_MS / SECOND_MS])
    await tx.execute(
      `UPDATE notification_deliveries SET state = 'superseded'
       WHERE alert_id = ANY($1::bigint[]) AND event = 'signature_alert' AND state IN ('waiting', 'failed')`,
      [alerts.map(({ alertId }) => alertId)],
    )
  }
}

const NEW_ALERTS = `jsonb_to_recordset($1::jsonb) AS new ("alertId" bigint, alert jsonb)`

// FOR KEY SHARE waits for a concurrent deletion of the channel, and then skips it.
const QUEUE_RAISED = `
INSERT INTO notification_deliveries (channel_id, event, alert_id, alert, next_attempt_at, expires_at)
SELECT channel.channel_id, 'signature_alert', new."alertId", new.alert, due.at, due.at + make_interval(secs => $3)
FROM ${NEW_ALERTS}
JOIN (SELECT channel_id, events FROM notification_channels WHERE is_enabled FOR KEY SHARE) channel ON new.alert ->> 'kind' = ANY (channel.events)
CROSS JOIN LATERAL (
  SELECT greatest(now(), max(sent.last_attempt_at) + make_interval(secs => $2)) AS at FROM notification_deliveries sent
  WHERE sent.channel_id = channel.channel_id AND sent.event = 'signature_alert'
    AND sent.alert ->> 'kind' = new.alert ->> 'kind' AND md5(sent.alert ->> 'subject') = md5(new.alert ->> 'subject')
) due
ORDER BY new."alertId"
ON CONFLICT DO NOTHING`

// A failed attempt may have been processed: a receiver can process the message and then respond with an error or too late.
const QUEUE_CLEARED = `
INSERT INTO notification_deliveries (channel_id, event, alert_id, alert, expires_at)
SELECT channel.channel_id, 'signature_alert_cleared', new."alertId", new.alert, now() + make_interval(secs => $2)
FROM ${NEW_ALERTS}
JOIN notification_deliveries sent ON sent.alert_id = new."alertId" AND sent.event = 'signature_alert' AND sent.attempts > 0
JOIN (SELECT channel_id FROM notification_channels WHERE is_enabled AND send_resolved FOR KEY SHARE) channel
  ON channel.channel_id = sent.channel_id
ORDER BY new."alertId"
ON CONFLICT DO NOTHING`

const QUEUE_INCIDENTS = `
INSERT INTO notification_deliveries (channel_id, event, alert, expires_at)
SELECT channel.channel_id, 'malware_detected', new.alert, now() + make_interval(secs => $2)
FROM jsonb_to_recordset($1::jsonb) AS new ("channelId" uuid, alert jsonb, position integer)
JOIN (SELECT channel_id FROM notification_channels WHERE is_enabled FOR KEY SHARE) channel ON channel.channel_id = new."channelId"
ORDER BY new.position`
