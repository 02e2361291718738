import type { IncidentEventKind } from '@guardimesh/contracts'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import type { AssignedGroup, RunSql } from './assign-incidents.js'

/** Maximum distinct namespaces of an event. */
const NAMESPACES_MAX = 100

const INSERT_EVENTS = `
INSERT INTO incident_events (incident_id, kind, cluster_id, signature_name, sha256, severity, findings, namespaces, sources)
SELECT incident_id, kind, cluster_id, signature_name, sha256, severity, findings, namespaces, sources
FROM jsonb_to_recordset($1::jsonb) AS new (incident_id bigint, kind text, namespaces text[], sources text[]) JOIN incidents USING (incident_id)
ORDER BY incident_id, kind`

/**
 * Records the events of incidents. Call this last in a transaction: it holds a lock until the commit, so that the ids of events increase in the
 * order of commits.
 */
export async function recordEvents(run: RunSql, assigned: readonly AssignedGroup[]): Promise<void> {
  const events = assigned.flatMap(({ incidentId, group, ...one }) => {
    const namespaces = [...group.namespaces].slice(0, NAMESPACES_MAX)
    return kindsOf(one).map((kind) => ({ incident_id: incidentId, kind, namespaces, sources: [...group.sources] }))
  })
  if (events.length === 0) return
  await run('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.incidentEvents])
  await run(INSERT_EVENTS, [JSON.stringify(events)])
}

function kindsOf({ isNew, isReopened, isEscalated }: Omit<AssignedGroup, 'incidentId' | 'group'>): IncidentEventKind[] {
  if (isNew) return ['opened']
  return [...(isReopened ? (['reopened'] as const) : []), ...(isEscalated ? (['escalated'] as const) : [])]
}
