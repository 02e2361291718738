import { MESSAGE_FINDINGS_MAX, SEVERITIES } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../../platform/database/database.js'
import type { NotifiedAlert, NotifiedIncident } from '../drivers/message.js'
import type { IncidentEvent } from './event.repository.js'
import { incidentAlert } from './incident-alert.js'

type Location = Omit<
  NotifiedIncident,
  'incidentId' | 'kind' | 'severity' | 'clusterId' | 'sha256' | 'detectedAt' | 'totalFindings' | 'findings'
>

interface FindingRow {
  readonly eventId: number
  readonly sha256: string
  readonly detectedAt: Date
  readonly total: number
  readonly location: Location
  readonly finding: NotifiedIncident['findings'][number]
}

/** Findings have the time of receipt of the transaction that stored them with their event. */
const FINDINGS = `
SELECT * FROM (
  SELECT event.event_id AS "eventId", detected_at AS "detectedAt", coalesce(encode(finding.sha256, 'hex'), '') AS sha256,
    jsonb_build_object('signatureName', finding.signature_name, 'path', path, 'description', description) AS finding,
    jsonb_build_object('namespace', namespace, 'podName', pod_name, 'podIp', pod_ip, 'hostIp', host_ip, 'nodeName', node_name,
      'containerName', container_name, 'containerId', container_id, 'image', image, 'imageDigest', finding.image_digest,
      'scanSource', scan_source) AS location,
    count(*) OVER of_event AS total,
    row_number() OVER (of_event ORDER BY array_position($2::text[], finding.severity) DESC, finding_id) AS number
  FROM incident_events event JOIN incidents incident USING (incident_id)
  JOIN findings finding ON finding.received_at = event.occurred_at AND finding.cluster_id = event.cluster_id AND CASE
    WHEN event.sha256 IS NULL THEN finding.sha256 IS NULL AND (finding.signature_name, finding.image_digest) = (event.signature_name, incident.image_digest)
    ELSE finding.sha256 = event.sha256 END AND finding.exception_id IS NULL
  WHERE event.event_id = ANY ($1::bigint[]) WINDOW of_event AS (PARTITION BY event.event_id)
) finding WHERE number <= ${MESSAGE_FINDINGS_MAX} ORDER BY number`

/** A finding that was deleted in the meantime; its incident still has a message. */
const UNKNOWN: Location = {
  ...{ namespace: '', podName: '', podIp: '', hostIp: '', nodeName: '', containerName: '', containerId: '', image: '', imageDigest: '' },
  scanSource: '',
}

/** Reads the findings that caused events of incidents. */
@Injectable()
export class IncidentDetailsRepository {
  /** Returns the alert of each event, by its id. */
  async alertsOf(tx: Queryable, events: readonly IncidentEvent[]): Promise<ReadonlyMap<number, NotifiedAlert>> {
    if (events.length === 0) return new Map()
    const rows = await tx.query<FindingRow>(FINDINGS, [events.map(({ eventId }) => eventId), SEVERITIES])
    const byEvent = Map.groupBy(rows, ({ eventId }) => eventId)
    return new Map(events.map((event) => [event.eventId, alertOf(event, byEvent.get(event.eventId) ?? [])]))
  }
}

/** @param rows findings of the event, the most severe first. */
function alertOf(event: IncidentEvent, rows: readonly FindingRow[]): NotifiedAlert {
  const [first] = rows
  const location = first?.location ?? UNKNOWN
  const isSameContainer = (row: FindingRow) =>
    row.location.containerId === location.containerId && row.location.nodeName === location.nodeName
  const incident: NotifiedIncident = {
    ...{ incidentId: String(event.incidentId), kind: event.kind, severity: event.severity, clusterId: event.clusterId, ...location },
    ...{ sha256: first?.sha256 ?? '', detectedAt: (first?.detectedAt ?? event.occurredAt).toISOString(), totalFindings: first?.total ?? 1 },
    findings: rows.filter(isSameContainer).map(({ finding }) => finding),
  }
  return incidentAlert(incident, event.signatureName)
}
