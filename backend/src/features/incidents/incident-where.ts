import { type IncidentFilters, UNASSIGNED } from '@guardimesh/contracts'
import { Where } from '../../platform/paging/where.js'

/** Builds the conditions of the incidents list. */
export function incidentWhere({ assignee, ...filters }: IncidentFilters): Where {
  const where = new Where()
    .addOneOf('status', filters.status)
    .addOneOf('severity', filters.severity)
    .add('cluster_id = ?', filters.cluster)
    .add('signature_name = ?', filters.signature)
    .add(`sha256 = decode(?, 'hex')`, filters.sha256)
    .add('first_seen_at >= ?', filters.openedSince)
    .add('EXISTS (SELECT FROM incident_workloads AS w WHERE w.incident_id = incidents.incident_id AND w.namespace = ?)', filters.namespace)
  return assignee === UNASSIGNED ? where.add('assignee IS NULL') : where.add('assignee = ?', assignee)
}
