import {
  type IncidentAlertKind,
  NOTIFICATION_SEVERITY,
  type NotificationEvent,
  type NotificationEventKind,
  PREVIEW_DAYS,
  PREVIEW_EVENTS_MAX,
  SIGNATURE_ALERT_KINDS,
} from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../../platform/database/database.js'
import type { NotifiedAlert } from '../drivers/message.js'
import type { PlannedEvent } from './plan-deliveries.js'

/** Events per transaction. */
export const EVENTS_MAX = 500

/** An event of an incident. */
export interface IncidentEvent extends PlannedEvent {
  readonly kind: IncidentAlertKind
  readonly eventId: number
  readonly incidentId: number
}

/** Any other event. */
export interface OtherEvent extends PlannedEvent {
  readonly kind: Exclude<NotificationEventKind, IncidentAlertKind>
  readonly incidentId: null
  readonly alertId: string | null
  readonly isCleared: boolean
  readonly alert: NotifiedAlert
}

type OtherRow = Omit<OtherEvent, 'signatureName' | 'sources' | 'alert' | 'topic' | 'incidentId'> & {
  readonly alert: Pick<NotifiedAlert, 'subject' | 'message' | 'facts' | 'raisedAt' | 'clearedAt'>
}

const INCIDENT_COLUMNS = `event_id AS "eventId", 'incident-event/' || event_id AS "eventKey", incident_id AS "incidentId", 'incident/' || incident_id AS topic,
  'incident-' || kind AS kind, severity, occurred_at AS "occurredAt", cluster_id AS "clusterId", namespaces, signature_name AS "signatureName", sources,
  '' AS action, false AS "isAlert"`
const OTHER_COLUMNS = `'event/' || event_id AS "eventKey", kind, severity, occurred_at AS "occurredAt", cluster_id AS "clusterId", namespaces, action,
  alert_id::text AS "alertId", alert_id IS NOT NULL AS "isAlert", is_cleared AS "isCleared", alert`

/** SQL of events: those that the worker has not planned, and those of the last days. */
@Injectable()
export class EventRepository {
  /** Returns the next events of incidents and remembers that they are planned when the transaction commits. */
  async takeIncidentEvents(tx: Queryable): Promise<IncidentEvent[]> {
    const events = await tx.query<IncidentEvent>(
      `SELECT ${INCIDENT_COLUMNS} FROM incident_events WHERE event_id > (SELECT incident_event_id FROM notification_progress)
       ORDER BY event_id LIMIT ${EVENTS_MAX}`,
    )
    const last = events.at(-1)
    if (last) await tx.execute('UPDATE notification_progress SET incident_event_id = $1', [last.eventId])
    return events
  }

  /** Returns the next other events and marks them as planned. */
  async takeOtherEvents(tx: Queryable): Promise<OtherEvent[]> {
    const rows = await tx.query<OtherRow>(
      `WITH next AS (SELECT event_id FROM notification_events WHERE NOT is_planned ORDER BY event_id LIMIT ${EVENTS_MAX}),
         taken AS (UPDATE notification_events SET is_planned = true WHERE event_id IN (SELECT event_id FROM next) RETURNING *)
       SELECT ${OTHER_COLUMNS} FROM taken ORDER BY event_id`,
    )
    return rows.map(otherEvent)
  }

  /** Returns the latest events for a preview, oldest first. Resolved alerts are included as events that are cleared. */
  async recent(database: Queryable): Promise<readonly (IncidentEvent | OtherEvent)[]> {
    const since = `occurred_at > now() - interval '${PREVIEW_DAYS} days'`
    const incidents = await database.query<IncidentEvent>(
      `SELECT ${INCIDENT_COLUMNS} FROM incident_events WHERE ${since} ORDER BY occurred_at DESC LIMIT ${PREVIEW_EVENTS_MAX + 1}`,
    )
    const others = await database.query<OtherRow>(
      `SELECT ${OTHER_COLUMNS} FROM notification_events WHERE ${since} ORDER BY occurred_at DESC LIMIT ${PREVIEW_EVENTS_MAX + 1}`,
    )
    return [...incidents, ...others.map(otherEvent)].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())
  }
}

function otherEvent({ alert, ...row }: OtherRow): OtherEvent {
  const { kind } = row
  return {
    ...row,
    ...{ incidentId: null, topic: `${kind}/${row.action}${alert.subject}`, signatureName: '', sources: [] },
    alert: { ...alert, kind, severity: NOTIFICATION_SEVERITY[kind] },
  }
}

/** Returns the type of a message about an event. Pure. */
export function messageEventOf({ kind, isCleared }: Pick<OtherEvent, 'kind' | 'isCleared'>): NotificationEvent {
  if (kind === 'audit-event') return 'audit_event'
  const isSignature = SIGNATURE_ALERT_KINDS.some((one) => one === kind)
  if (isSignature) return isCleared ? 'signature_alert_cleared' : 'signature_alert'
  return isCleared ? 'platform_alert_cleared' : 'platform_alert'
}
