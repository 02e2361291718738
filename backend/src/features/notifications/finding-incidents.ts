import { type FindingRule, INCIDENT_ALERT_KINDS, type IncidentAlertKind, MESSAGE_FINDINGS_MAX, SEVERITIES } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import type { NotifiedIncident } from './drivers/message.js'

/** An incident is open for this time after its last finding; a later one reopens it. */
const OPEN_INTERVAL = "interval '24 hours'"
/** Findings of an incident change its row at most this often, so that concurrent transactions seldom wait for each other. */
const TOUCH_INTERVAL = "interval '1 minute'"

/** Messages to one channel about the findings of one transaction; the last one counts the other incidents. A scan can find thousands. */
const MESSAGES_MAX = 20

/** An incident that a channel is notified of. */
export interface IncidentMessage {
  readonly channelId: string
  readonly incident: NotifiedIncident
}

interface ChannelRow {
  readonly channelId: string
  readonly events: readonly string[]
  readonly rule: FindingRule
}

/** The rule of a channel with patterns of LIKE. */
interface SqlRule {
  readonly channelId: string
  readonly minSeverity: number
  readonly clusters: readonly string[]
  readonly namespaces: readonly string[]
  readonly signatures: readonly string[]
}

interface TrackedRow {
  readonly channelId: string
  readonly clusterId: string
  readonly incidentKey: string
  readonly incidentId: string
  readonly kind: IncidentAlertKind
  readonly isEvent: boolean
  readonly severity: number
}

interface FindingRow {
  readonly channelId: string
  readonly clusterId: string
  readonly incidentKey: string
  readonly detectedAt: Date
  readonly total: number
  readonly location: Omit<NotifiedIncident, 'incidentId' | 'kind' | 'detectedAt' | 'totalFindings' | 'furtherIncidents' | 'findings'>
  readonly finding: NotifiedIncident['findings'][number]
}

/**
 * Groups findings into incidents, separately for each channel, because the rule of the channel selects the findings. The only file that decides
 * which findings belong together and when a channel is notified of them.
 */
@Injectable()
export class FindingIncidents {
  /**
   * Updates the incidents for findings of the same transaction.
   *
   * @returns the incidents that were opened, reopened or escalated and that the channel wants, one per channel and incident.
   */
  async track(tx: Queryable, findingIds: readonly string[]): Promise<IncidentMessage[]> {
    const channels = await tx.query<ChannelRow>(CHANNELS, [INCIDENT_ALERT_KINDS])
    if (channels.length === 0) return []
    const rules = JSON.stringify(channels.map(sqlRule))
    const tracked = await tx.query<TrackedRow>(TRACK, [findingIds, SEVERITIES, rules])
    const wanted = new Map(channels.map(({ channelId, events }) => [channelId, new Set(events)]))
    const wantedEvents = tracked.filter(({ channelId, kind, isEvent }) => isEvent && wanted.get(channelId)?.has(kind))
    const events = [...Map.groupBy(wantedEvents, ({ channelId }) => channelId).values()].flatMap(mostSevere)
    if (events.length === 0) return []
    const findings = Map.groupBy(await tx.query<FindingRow>(FINDINGS, [findingIds, SEVERITIES, rules, JSON.stringify(events)]), keyOf)
    return events.flatMap((event) => {
      const [first, ...others] = findings.get(keyOf(event)) ?? []
      return first ? [{ channelId: event.channelId, incident: incidentOf(event, first, [first, ...others]) }] : []
    })
  }
}

interface NotifiedEvent extends TrackedRow {
  readonly furtherIncidents: number
}

/** @param events of one channel. */
function mostSevere(events: readonly TrackedRow[]): NotifiedEvent[] {
  const sent = events.toSorted((a, b) => b.severity - a.severity).slice(0, MESSAGES_MAX)
  return sent.map((event, index) => ({ ...event, furtherIncidents: index === sent.length - 1 ? events.length - sent.length : 0 }))
}

function keyOf({ channelId, clusterId, incidentKey }: Pick<TrackedRow, 'channelId' | 'clusterId' | 'incidentKey'>): string {
  return JSON.stringify([channelId, clusterId, incidentKey])
}

function sqlRule({ channelId, rule: { minSeverity, clusters, namespaces, signatures } }: ChannelRow): SqlRule {
  return {
    channelId,
    minSeverity: SEVERITIES.indexOf(minSeverity),
    clusters: clusters.map(likePattern),
    namespaces: namespaces.map(likePattern),
    signatures: signatures.map(likePattern),
  }
}

/** Pattern of LIKE for a pattern in which `*` matches any characters. Pure. */
export function likePattern(pattern: string): string {
  return pattern.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%')
}

/** @param rows findings of the incident, the most severe first. */
function incidentOf(
  { incidentId, kind, furtherIncidents }: NotifiedEvent,
  first: FindingRow,
  rows: readonly FindingRow[],
): NotifiedIncident {
  const { total, detectedAt, location } = first
  const isSameContainer = (row: FindingRow) =>
    row.location.containerId === location.containerId && row.location.nodeName === location.nodeName
  return {
    ...{ incidentId, kind, ...location, detectedAt: detectedAt.toISOString(), totalFindings: total, furtherIncidents },
    findings: rows.filter(isSameContainer).map(({ finding }) => finding),
  }
}

const CHANNELS = `
SELECT channel_id AS "channelId", events, finding_rule AS rule FROM notification_channels WHERE is_enabled AND events && $1::text[]`

/** Position of a severity in the list of severities. */
const SEVERITY = 'array_position($2::text[], severity) - 1'
const INCIDENT_KEY = `CASE WHEN sha256 IS NULL THEN signature_name || '@' || image_digest ELSE encode(sha256, 'hex') END`
/** Findings with each channel whose rule selects them. */
const SELECTED = `findings JOIN jsonb_to_recordset($3::jsonb)
  AS rule ("channelId" uuid, "minSeverity" integer, clusters text[], namespaces text[], signatures text[])
  ON ${SEVERITY} >= "minSeverity" AND (cardinality(clusters) = 0 OR cluster_id LIKE ANY (clusters))
    AND (cardinality(namespaces) = 0 OR namespace LIKE ANY (namespaces))
    AND (cardinality(signatures) = 0 OR signature_name LIKE ANY (signatures))
  WHERE finding_id = ANY ($1::uuid[])`

const IS_CLOSED = `known.last_finding_at < now() - ${OPEN_INTERVAL}`
// Sorted, so that concurrent transactions lock rows in the same order.
const TRACK = `
WITH found AS MATERIALIZED (
  SELECT "channelId" AS channel_id, cluster_id, ${INCIDENT_KEY} AS incident_key, max(${SEVERITY}) AS severity FROM ${SELECTED} GROUP BY 1, 2, 3
), due AS (
  SELECT found.* FROM found LEFT JOIN notified_incidents known USING (channel_id, cluster_id, incident_key)
  WHERE known.incident_id IS NULL OR known.severity < found.severity OR known.last_finding_at < now() - ${TOUCH_INTERVAL}
)
INSERT INTO notified_incidents AS known (channel_id, cluster_id, incident_key, severity)
SELECT channel_id, cluster_id, incident_key, severity FROM due ORDER BY 1, 2, 3
ON CONFLICT (channel_id, cluster_id, incident_key) DO UPDATE SET
  severity = CASE WHEN ${IS_CLOSED} THEN excluded.severity ELSE greatest(known.severity, excluded.severity) END,
  last_event = CASE WHEN ${IS_CLOSED} THEN 'incident-reopened' WHEN excluded.severity > known.severity THEN 'incident-escalated'
                    ELSE known.last_event END,
  last_event_at = CASE WHEN ${IS_CLOSED} OR excluded.severity > known.severity THEN now() ELSE known.last_event_at END,
  last_finding_at = greatest(known.last_finding_at, now())
RETURNING channel_id AS "channelId", cluster_id AS "clusterId", incident_key AS "incidentKey", incident_id AS "incidentId", last_event AS kind,
  last_event_at = now() AS "isEvent", severity`

const FINDINGS = `
SELECT * FROM (
  SELECT "channelId", cluster_id AS "clusterId", ${INCIDENT_KEY} AS "incidentKey", detected_at AS "detectedAt",
    jsonb_build_object('signatureName', signature_name, 'path', path, 'description', description) AS finding,
    jsonb_build_object('severity', severity, 'clusterId', cluster_id, 'namespace', namespace, 'podName', pod_name, 'podIp', pod_ip,
      'hostIp', host_ip, 'nodeName', node_name, 'containerName', container_name, 'containerId', container_id, 'image', image,
      'imageDigest', image_digest, 'scanSource', scan_source, 'sha256', coalesce(encode(sha256, 'hex'), '')) AS location,
    count(*) OVER incident AS total, row_number() OVER (incident ORDER BY ${SEVERITY} DESC, finding_id) AS number
  FROM ${SELECTED} WINDOW incident AS (PARTITION BY "channelId", cluster_id, ${INCIDENT_KEY})
) finding
JOIN jsonb_to_recordset($4::jsonb) AS event ("channelId" uuid, "clusterId" text, "incidentKey" text) USING ("channelId", "clusterId", "incidentKey")
WHERE number <= ${MESSAGE_FINDINGS_MAX} ORDER BY number`
