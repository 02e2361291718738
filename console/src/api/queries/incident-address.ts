import { type IncidentSummary, UNASSIGNED } from '@guardimesh/contracts'

/** Filters in the URL of the incidents list, in display order. */
export const INCIDENT_FILTER_NAMES = [
  'severity',
  'status',
  'signature',
  'namespace',
  'node',
  'workload',
  'cluster',
  'assignee',
  'sha256',
  'openedSince',
] as const
export type IncidentFilterName = (typeof INCIDENT_FILTER_NAMES)[number]

/** Filters as text, as in the URL. */
export type IncidentAddress = Readonly<Partial<Record<IncidentFilterName, string>>>

/** Value of `status` in the URL for incidents in any state. */
export const ANY_STATUS = 'any'
const UNRESOLVED = 'new,in_progress'

/** Converts the URL's filters to those of the API. Without a status, resolved incidents are hidden. Pure. */
export function incidentApiQuery({ status = UNRESOLVED, ...address }: IncidentAddress): IncidentAddress {
  return status === ANY_STATUS ? address : { ...address, status }
}

/** True if the list with these filters may contain the incident. A summary has no namespaces, so they are not compared. Pure. */
export function mayContain(address: IncidentAddress, incident: IncidentSummary): boolean {
  const { status, severity, signature, cluster, assignee, sha256, openedSince } = incidentApiQuery(address)
  return (
    (status?.split(',').includes(incident.status) ?? true) &&
    (severity?.split(',').includes(incident.severity) ?? true) &&
    (signature === undefined || signature === incident.signatureName) &&
    (cluster === undefined || cluster === incident.clusterId) &&
    (sha256 === undefined || sha256.toLowerCase() === incident.sha256) &&
    (openedSince === undefined || Date.parse(incident.firstSeenAt) >= Date.parse(openedSince)) &&
    (assignee === undefined || assignee === (incident.assignee ?? UNASSIGNED))
  )
}
