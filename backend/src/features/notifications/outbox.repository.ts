import { DAY_MS, MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import type { NotifiedAlert } from './webhook-message.js'

/** An alert that flaps is told once in this time for each kind, subject and channel. */
const REPEAT_INTERVAL_MS = 10 * MINUTE_MS
/** After this time an attempt is not made again. */
export const DELIVERY_EXPIRY_MS = DAY_MS

/** An alert, as it is told. */
export interface OutgoingAlert {
  readonly alertId: string
  readonly alert: NotifiedAlert
}

/** SQL that notes what is to be told, in the transaction of whoever raises or clears an alert. */
@Injectable()
export class OutboxRepository {
  /**
   * Notes alerts for each channel that wants them. One whose kind and subject the channel was told in the last ten minutes waits until those are
   * over: if it is cleared meanwhile, nobody hears of it. Noting it again changes nothing.
   */
  async queueRaised(tx: Queryable, alerts: readonly OutgoingAlert[]): Promise<void> {
    await tx.execute(NOTE_RAISED, [JSON.stringify(alerts), REPEAT_INTERVAL_MS / SECOND_MS, DELIVERY_EXPIRY_MS / SECOND_MS])
  }

  /** Takes back what was not told, and notes the end of what a channel may have heard of. */
  async queueCleared(tx: Queryable, alerts: readonly OutgoingAlert[]): Promise<void> {
    await tx.execute(NOTE_CLEARED, [JSON.stringify(alerts), DELIVERY_EXPIRY_MS / SECOND_MS])
    await tx.execute(
      `UPDATE notification_deliveries SET state = 'superseded'
       WHERE alert_id = ANY($1::bigint[]) AND event = 'signature_alert' AND state IN ('waiting', 'failed')`,
      [alerts.map(({ alertId }) => alertId)],
    )
  }
}

const NEW_ALERTS = `jsonb_to_recordset($1::jsonb) AS new ("alertId" bigint, alert jsonb)`

// FOR KEY SHARE: a channel that somebody deletes just now is waited for, and left out.
const NOTE_RAISED = `
INSERT INTO notification_deliveries (channel_id, event, alert_id, alert, next_attempt_at, expires_at)
SELECT channel.channel_id, 'signature_alert', new."alertId", new.alert, due.at, due.at + make_interval(secs => $3)
FROM ${NEW_ALERTS}
JOIN (SELECT channel_id, events FROM notification_channels WHERE is_enabled FOR KEY SHARE) channel ON new.alert ->> 'kind' = ANY (channel.events)
CROSS JOIN LATERAL (
  SELECT greatest(now(), max(told.last_attempt_at) + make_interval(secs => $2)) AS at FROM notification_deliveries told
  WHERE told.channel_id = channel.channel_id AND told.event = 'signature_alert'
    AND told.alert ->> 'kind' = new.alert ->> 'kind' AND md5(told.alert ->> 'subject') = md5(new.alert ->> 'subject')
) due
ORDER BY new."alertId"
ON CONFLICT DO NOTHING`

// An attempt that failed may have been heard: a receiver can do its work and then answer with an error, or not in time.
const NOTE_CLEARED = `
INSERT INTO notification_deliveries (channel_id, event, alert_id, alert, expires_at)
SELECT channel.channel_id, 'signature_alert_cleared', new."alertId", new.alert, now() + make_interval(secs => $2)
FROM ${NEW_ALERTS}
JOIN notification_deliveries told ON told.alert_id = new."alertId" AND told.event = 'signature_alert' AND told.attempts > 0
JOIN (SELECT channel_id FROM notification_channels WHERE is_enabled AND send_resolved FOR KEY SHARE) channel
  ON channel.channel_id = told.channel_id
ORDER BY new."alertId"
ON CONFLICT DO NOTHING`
