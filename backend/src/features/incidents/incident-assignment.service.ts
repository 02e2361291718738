import { INCIDENTS_CHANNEL, incidentsPayload } from '../../platform/notify/incidents-channel.js'
import { type RunSql, storeLocations, upsertIncidents } from './assign-incidents.js'
import { groupFindings, type IncidentFinding } from './group-findings.js'
import { recordEvents } from './record-events.js'

export type { RunSql } from './assign-incidents.js'
export type { IncidentFinding } from './group-findings.js'

/**
 * Assigns new findings to incidents, in the transaction that stores them. Call it last, because incidents stay locked until the commit.
 *
 * @param run runs SQL in that transaction.
 */
export async function assignToIncidents(run: RunSql, findings: readonly IncidentFinding[]): Promise<void> {
  if (findings.length === 0) return
  const assigned = await upsertIncidents(run, groupFindings(findings))
  await storeLocations(run, assigned)
  await recordEvents(run, assigned)
  await run('SELECT pg_notify($1, $2)', [INCIDENTS_CHANNEL, incidentsPayload(assigned.map(({ incidentId }) => incidentId))])
}
