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
    .add(workloadExists('w.namespace = ?'), filters.namespace)
    .add(workloadExists('w.workload = ?'), filters.workload)
    .add('EXISTS (SELECT FROM incident_nodes AS n WHERE n.incident_id = incidents.incident_id AND n.node_name = ?)', filters.node)
  return assignee === UNASSIGNED ? where.add('assignee IS NULL') : where.add('assignee = ?', assignee)
}

function workloadExists(condition: string): string {
  return `EXISTS (SELECT FROM incident_workloads AS w WHERE w.incident_id = incidents.incident_id AND ${condition})`
}
