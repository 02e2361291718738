import { type ChangeIncident, type ChangeIncidents, INCIDENT_BULK_MAX, type IncidentTriage } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { INCIDENTS_CHANNEL, incidentsPayload } from '../../platform/notify/incidents-channel.js'
import { Where } from '../../platform/paging/where.js'
import { incidentWhere } from './incident-where.js'

/** Status, resolution and assignee of an incident that this transaction has locked. */
export interface LockedIncident extends IncidentTriage {
  readonly incidentId: number
  readonly version: number
}

/** A change of one incident. */
export interface TriageChange {
  readonly incidentId: number
  readonly before: IncidentTriage
  readonly after: IncidentTriage
}

/** SQL of changes to incidents by users. */
@Injectable()
export class TriageRepository {
  /** Locks incidents in the order of ingest, so that neither waits for the other in a circle. Returns up to INCIDENT_BULK_MAX. */
  lock(tx: Queryable, target: ChangeIncidents['target']): Promise<LockedIncident[]> {
    const where =
      target.kind === 'ids'
        ? new Where().add('incident_id = ANY(?::bigint[])', target.incidentIds)
        : incidentWhere(target.filters).add(
            'NOT EXISTS (SELECT FROM incident_events e WHERE e.incident_id = incidents.incident_id AND event_id > ?)',
            target.upToEventId,
          )
    return tx.query<LockedIncident>(
      `SELECT incident_id AS "incidentId", status, resolution, assignee, version FROM incidents ${where.sql}
       ORDER BY content_key, cluster_id COLLATE "C", number LIMIT ${INCIDENT_BULK_MAX} FOR UPDATE`,
      where.values,
    )
  }

  /** Stores changes of locked incidents with their history. */
  async change(tx: Queryable, changes: readonly TriageChange[], changedBy: string, comment: string): Promise<void> {
    const rows = JSON.stringify(changes)
    await tx.execute(
      `UPDATE incidents SET status = after ->> 'status', resolution = after ->> 'resolution', assignee = after ->> 'assignee', version = version + 1
       FROM jsonb_to_recordset($1::jsonb) AS new ("incidentId" bigint, after jsonb) WHERE incident_id = "incidentId"`,
      [rows],
    )
    await tx.execute(
      `INSERT INTO incident_history (incident_id, changed_by, before, after, comment)
       SELECT "incidentId", $2, before, after, $3 FROM jsonb_to_recordset($1::jsonb) AS new ("incidentId" bigint, before jsonb, after jsonb)`,
      [rows, changedBy, comment],
    )
  }

  async comment(tx: Queryable, incidentId: number, changedBy: string, comment: string): Promise<void> {
    await tx.execute('INSERT INTO incident_history (incident_id, changed_by, comment) VALUES ($1, $2, $3)', [
      incidentId,
      changedBy,
      comment,
    ])
  }

  /** Notifies open consoles when the transaction commits. */
  async notify(tx: Queryable, incidentIds: readonly number[]): Promise<void> {
    await tx.query('SELECT pg_notify($1, $2)', [INCIDENTS_CHANNEL, incidentsPayload(incidentIds)])
  }

  /** Returns the stored spelling of the address of an account that is not disabled. */
  async findAssignee(tx: Queryable, email: string): Promise<string | undefined> {
    const rows = await tx.query<{ email: string }>('SELECT email FROM accounts WHERE lower(email) = lower($1) AND disabled_at IS NULL', [
      email,
    ])
    return rows[0]?.email
  }
}

/** Returns the state after a change. Pure. */
export function changed(before: IncidentTriage, { status, resolution, assignee }: ChangeIncident): IncidentTriage {
  return {
    status: status ?? before.status,
    resolution: status === undefined ? before.resolution : (resolution ?? null),
    assignee: assignee === undefined ? before.assignee : assignee,
  }
}
