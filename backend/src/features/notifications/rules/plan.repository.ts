import { DAY_MS, MINUTE_MS, type NotificationEvent, SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../../platform/database/database.js'
import type { NotifiedAlert } from '../drivers/message.js'
import { MessageMemory, type Plan } from './plan-deliveries.js'

/** Minimum time between two messages with the same kind, subject and channel, for flapping alerts. */
const REPEAT_INTERVAL_MS = 10 * MINUTE_MS
/** A message that is not delivered after this time fails. */
export const DELIVERY_EXPIRY_MS = DAY_MS
const EXPIRY = `interval '${DELIVERY_EXPIRY_MS / SECOND_MS} seconds'`
/** Rows per transaction. */
const DUE_MAX = 2_000

/** A message to queue. */
export interface QueuedMessage extends Pick<Plan, 'channelId' | 'ruleId' | 'state' | 'dueAt'> {
  readonly event: NotificationEvent
  readonly eventKey: string
  readonly topic: string
  readonly incidentId: number | null
  readonly alertId: string | null
  readonly alert: NotifiedAlert
}

/** An alert that was resolved. */
export interface ResolvedAlert {
  readonly alertId: string
  /** Type of the message about the raised alert. */
  readonly raisedEvent: NotificationEvent
  readonly event: NotificationEvent
  readonly alert: NotifiedAlert
}

/** A channel that may have received a resolved alert. */
export interface ResolutionRecipient {
  readonly alertId: string
  readonly channelId: string
  /** null: the rule was deleted. */
  readonly ruleId: string | null
  readonly channelKind: string
  /** The alert was part of a digest. */
  readonly wasDigested: boolean
}

/** A message about a resolved alert to queue. */
export interface ResolutionMessage
  extends Omit<ResolutionRecipient, 'channelKind' | 'wasDigested'>,
    Pick<ResolvedAlert, 'event' | 'alert'> {
  readonly state: 'waiting' | 'collected'
  readonly dueAt: Date
}

/** A message that is due as part of a digest. */
export interface CollectedMessage {
  readonly deliveryId: string
  readonly channelId: string
  readonly ruleId: string
  readonly alert: NotifiedAlert
}

/** SQL of the step from events to messages, for the worker. All methods run in the transaction that reads the events. */
@Injectable()
export class PlanRepository {
  /** Returns the last messages of rules about topics. */
  async memoryOf(tx: Queryable, ruleIds: readonly string[], topics: readonly string[]): Promise<MessageMemory> {
    const memory = new MessageMemory()
    if (ruleIds.length === 0) return memory
    const rows = await tx.query<{ ruleId: string; topic: string; at: Date; severity: 'medium' }>(
      `SELECT rule_id AS "ruleId", topic, created_at AS at, CASE alert ->> 'severity' WHEN 'warning' THEN 'medium' ELSE alert ->> 'severity' END AS severity
       FROM notification_deliveries WHERE rule_id = ANY ($1::uuid[]) AND topic = ANY ($2::text[]) AND (attempts > 0 OR state NOT IN ('suppressed', 'superseded', 'unacknowledged'))
         AND created_at > now() - interval '7 days'`,
      [ruleIds, topics],
    )
    for (const { ruleId, topic, ...message } of rows) memory.record(ruleId, topic, message)
    return memory
  }

  /**
   * Queues messages, in their order, unless the channel was deleted or disabled meanwhile. An alert with the same kind and subject as one in the
   * last ten minutes is delayed until they are over, and superseded if it is resolved meanwhile. Idempotent.
   */
  async queue(tx: Queryable, messages: readonly QueuedMessage[]): Promise<void> {
    if (messages.length === 0) return
    const rows = messages.map((message, position) => ({ ...message, position }))
    await tx.execute(QUEUE, [JSON.stringify(rows), REPEAT_INTERVAL_MS / SECOND_MS])
  }

  /** Returns the channels that may have received resolved alerts. */
  recipientsOf(tx: Queryable, alerts: readonly ResolvedAlert[]): Promise<ResolutionRecipient[]> {
    return tx.query<ResolutionRecipient>(RESOLUTION_RECIPIENTS, [JSON.stringify(alerts)])
  }

  /** Queues messages about resolved alerts. */
  async queueResolutions(tx: Queryable, messages: readonly ResolutionMessage[]): Promise<void> {
    if (messages.length > 0)
      await tx.execute(QUEUE_RESOLUTIONS, [JSON.stringify(messages.map((message, position) => ({ ...message, position })))])
  }

  /** Supersedes pending messages about alerts that were resolved. */
  async supersede(tx: Queryable, alerts: readonly ResolvedAlert[]): Promise<void> {
    await tx.execute(
      `UPDATE notification_deliveries delivery SET state = 'superseded' FROM jsonb_to_recordset($1::jsonb) AS new ("alertId" bigint, "raisedEvent" text)
       WHERE alert_id = "alertId" AND event = "raisedEvent" AND state IN ('collected', 'waiting', 'failed')`,
      [JSON.stringify(alerts)],
    )
  }

  /** Makes due messages about incidents pending, unless somebody works on the incident. */
  async escalate(tx: Queryable): Promise<void> {
    await tx.execute(
      `WITH due AS (
         SELECT delivery_id, incident_id FROM notification_deliveries WHERE state = 'unacknowledged' AND next_attempt_at <= now() LIMIT ${DUE_MAX}
       )
       UPDATE notification_deliveries delivery SET expires_at = now() + ${EXPIRY}, state = CASE WHEN EXISTS (
           SELECT FROM incidents WHERE incidents.incident_id = due.incident_id AND status = 'new' AND assignee IS NULL
             AND coalesce(reopened_at <= delivery.created_at, true)
         ) THEN 'waiting' ELSE 'superseded' END
       FROM due WHERE delivery.delivery_id = due.delivery_id`,
    )
  }

  /** Returns messages whose digest is due, oldest first. */
  dueForDigest(tx: Queryable): Promise<CollectedMessage[]> {
    return tx.query<CollectedMessage>(
      `SELECT delivery_id AS "deliveryId", channel_id AS "channelId", rule_id AS "ruleId", alert FROM notification_deliveries
       WHERE state = 'collected' AND next_attempt_at <= now() ORDER BY position LIMIT ${DUE_MAX}`,
    )
  }

  /** Makes collected messages pending, each by itself. */
  async release(tx: Queryable, deliveryIds: readonly string[]): Promise<void> {
    await tx.execute(
      `UPDATE notification_deliveries SET state = 'waiting', expires_at = now() + ${EXPIRY} WHERE delivery_id = ANY ($1::uuid[])`,
      [deliveryIds],
    )
  }

  /** Replaces collected messages of one rule and channel by a digest. */
  async queueDigest(tx: Queryable, items: readonly CollectedMessage[], alert: NotifiedAlert): Promise<void> {
    await tx.execute(
      `WITH digest AS (
         INSERT INTO notification_deliveries (channel_id, rule_id, event, alert, expires_at)
         SELECT channel_id, rule_id, 'digest', $2, now() + ${EXPIRY} FROM notification_deliveries WHERE delivery_id = $1 RETURNING delivery_id
       )
       UPDATE notification_deliveries delivery SET state = 'digested', digest_id = digest.delivery_id FROM digest
       WHERE delivery.delivery_id = ANY ($3::uuid[])`,
      [items[0]?.deliveryId, JSON.stringify(alert), items.map(({ deliveryId }) => deliveryId)],
    )
  }
}

// FOR KEY SHARE waits for a concurrent deletion of the channel, and then skips it.
const ENABLED_CHANNELS = `(SELECT channel_id, kind FROM notification_channels WHERE is_enabled FOR KEY SHARE) channel`

const QUEUE = `
INSERT INTO notification_deliveries (channel_id, rule_id, event, event_key, topic, incident_id, alert_id, alert, state, next_attempt_at, expires_at)
SELECT channel.channel_id, new."ruleId", new.event, new."eventKey", new.topic, new."incidentId", new."alertId", new.alert, new.state, due.at,
  due.at + ${EXPIRY}
FROM jsonb_to_recordset($1::jsonb) AS new ("channelId" uuid, "ruleId" uuid, event text, "eventKey" text, topic text, "incidentId" bigint, "alertId" bigint,
  alert jsonb, state text, "dueAt" timestamptz, position integer)
JOIN ${ENABLED_CHANNELS} ON channel.channel_id = new."channelId"
CROSS JOIN LATERAL (
  SELECT greatest(new."dueAt", max(sent.last_attempt_at) + make_interval(secs => $2)) AS at FROM notification_deliveries sent
  WHERE new."alertId" IS NOT NULL AND sent.channel_id = channel.channel_id AND sent.event = new.event
    AND sent.event IN ('signature_alert', 'platform_alert')
    AND sent.alert ->> 'kind' = new.alert ->> 'kind' AND md5(sent.alert ->> 'subject') = md5(new.alert ->> 'subject')
) due
ORDER BY new.position
ON CONFLICT DO NOTHING`

// A failed attempt may have been processed: a receiver can process the message and then respond with an error or too late.
const RESOLUTION_RECIPIENTS = `
SELECT DISTINCT ON (new."alertId", sent.channel_id) new."alertId"::text AS "alertId", sent.channel_id AS "channelId", sent.rule_id AS "ruleId",
  channel.kind AS "channelKind", sent.state = 'digested' AS "wasDigested"
FROM jsonb_to_recordset($1::jsonb) AS new ("alertId" bigint, "raisedEvent" text)
JOIN notification_deliveries sent ON sent.alert_id = new."alertId" AND sent.event = new."raisedEvent"
  AND (sent.attempts > 0 OR sent.state = 'digested')
JOIN ${ENABLED_CHANNELS} ON channel.channel_id = sent.channel_id
LEFT JOIN notification_rules rule ON rule.rule_id = sent.rule_id
WHERE coalesce(rule.send_resolved, true)
ORDER BY new."alertId", sent.channel_id`

const QUEUE_RESOLUTIONS = `
INSERT INTO notification_deliveries (channel_id, rule_id, event, alert_id, alert, state, next_attempt_at, expires_at)
SELECT "channelId", "ruleId", event, "alertId", alert, state, "dueAt", "dueAt" + ${EXPIRY}
FROM jsonb_to_recordset($1::jsonb) AS new ("channelId" uuid, "ruleId" uuid, event text, "alertId" bigint, alert jsonb, state text, "dueAt" timestamptz,
  position integer)
ORDER BY position
ON CONFLICT DO NOTHING`
