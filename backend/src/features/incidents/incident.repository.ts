import { INCIDENT_DETAIL_MAX, INCIDENT_TOTAL_MAX, type IncidentFilters, type IncidentWorkload } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import type { ExportSql } from '../../platform/exports/row-cursor.js'
import { SUMMARY_COLUMNS, type SummaryRow } from './incident-columns.js'
import { incidentWhere } from './incident-where.js'

/** Position of an incident in the list: latest finding first. */
export interface IncidentPosition {
  /** In the format of RECEIPT_PART. */
  readonly lastSeen: string
  readonly incidentId: string
}

/** A listed incident with the exact time of its latest finding, for the cursor. */
export type ListedIncidentRow = SummaryRow & { readonly lastSeen: string }

export interface WorkloadRow extends Omit<IncidentWorkload, 'firstSeenAt' | 'lastSeenAt'> {
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
}

/** Read-only SQL of incidents. */
@Injectable()
export class IncidentRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns up to `limit` incidents after a position, latest finding first. */
  list(filters: IncidentFilters, after: IncidentPosition | undefined, limit: number): Promise<ListedIncidentRow[]> {
    const where = incidentWhere(filters)
    if (after) where.add(`(last_seen_at, incident_id) < (?::timestamp AT TIME ZONE 'UTC', ?::bigint)`, after.lastSeen, after.incidentId)
    return this.database.query<ListedIncidentRow>(
      `SELECT ${SUMMARY_COLUMNS}, (last_seen_at AT TIME ZONE 'UTC')::text AS "lastSeen" FROM incidents ${where.sql}
       ORDER BY last_seen_at DESC, incident_id DESC LIMIT ${where.bind(limit)}`,
      where.values,
    )
  }

  /** Returns the statement of all incidents in the order of the list. */
  exportSql(filters: IncidentFilters): ExportSql {
    const where = incidentWhere(filters)
    return {
      sql: `SELECT ${SUMMARY_COLUMNS} FROM incidents ${where.sql} ORDER BY last_seen_at DESC, incident_id DESC`,
      values: where.values,
    }
  }

  /** Counts incidents, up to INCIDENT_TOTAL_MAX. */
  async count(filters: IncidentFilters): Promise<number> {
    const where = incidentWhere(filters)
    const rows = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM (SELECT FROM incidents ${where.sql} LIMIT ${INCIDENT_TOTAL_MAX}) AS matching`,
      where.values,
    )
    return rows[0]?.count ?? 0
  }

  /** Returns the id of the incident that was opened last; 0 without incidents. */
  async newestEventId(): Promise<number> {
    const rows = await this.database.query<{ newest: number }>('SELECT coalesce(max(event_id), 0) AS newest FROM incident_events')
    return rows[0]?.newest ?? 0
  }

  /** Returns incidents, in the order of their ids. */
  listByIds(incidentIds: readonly number[]): Promise<SummaryRow[]> {
    return this.database.query<SummaryRow>(
      `SELECT ${SUMMARY_COLUMNS} FROM incidents WHERE incident_id = ANY($1::bigint[]) ORDER BY incident_id`,
      [incidentIds],
    )
  }

  workloads(incidentId: number): Promise<WorkloadRow[]> {
    return this.database.query<WorkloadRow>(
      `SELECT namespace, workload, node_name AS "nodeName", findings, first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt"
       FROM incident_workloads WHERE incident_id = $1 ORDER BY last_seen_at DESC, namespace, workload LIMIT ${INCIDENT_DETAIL_MAX}`,
      [incidentId],
    )
  }

  async nodeNames(incidentId: number): Promise<string[]> {
    const rows = await this.database.query<{ nodeName: string }>(
      `SELECT node_name AS "nodeName" FROM incident_nodes WHERE incident_id = $1 ORDER BY node_name LIMIT ${INCIDENT_DETAIL_MAX}`,
      [incidentId],
    )
    return rows.map(({ nodeName }) => nodeName)
  }

  assignees(): Promise<{ email: string; displayName: string }[]> {
    return this.database.query(
      `SELECT email, display_name AS "displayName" FROM accounts WHERE disabled_at IS NULL ORDER BY lower(email) LIMIT 1000`,
    )
  }
}
