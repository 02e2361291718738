import { INCIDENT_DETAIL_MAX, type IncidentTimelineEntry } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'

interface TimelineRow extends Omit<IncidentTimelineEntry, 'at'> {
  readonly at: Date
}

const TIMELINE = `
SELECT * FROM (
  SELECT 'e' || event_id AS "entryId", occurred_at AS at, kind, severity, '' AS "changedBy", NULL::jsonb AS before, NULL::jsonb AS after, '' AS comment
  FROM (SELECT * FROM incident_events WHERE incident_id = $1 ORDER BY event_id DESC LIMIT $2) AS events
  UNION ALL
  SELECT 'h' || entry_id, changed_at, CASE WHEN after IS NULL THEN 'commented' ELSE 'changed' END, NULL, changed_by, before, after, comment
  FROM (SELECT * FROM incident_history WHERE incident_id = $1 ORDER BY entry_id DESC LIMIT $2) AS history
) AS timeline ORDER BY at DESC, "entryId" DESC LIMIT $2`

/** Read-only SQL of the timeline of an incident. */
@Injectable()
export class TimelineRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns the newest entries, newest first. */
  async read(incidentId: number): Promise<IncidentTimelineEntry[]> {
    const rows = await this.database.query<TimelineRow>(TIMELINE, [incidentId, INCIDENT_DETAIL_MAX])
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
  }
}
