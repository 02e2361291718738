import { HOUR_MS, INCIDENT_HOURS, type IncidentSummary } from '@guardimesh/contracts'

/** Columns of an IncidentSummary; times are Dates. */
export const SUMMARY_COLUMNS = `incident_id AS "incidentId", cluster_id AS "clusterId", encode(sha256, 'hex') AS sha256,
  signature_name AS "signatureName", image_digest AS "imageDigest", severity, status, resolution, assignee, findings, workloads, nodes,
  first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt", hourly_findings AS "hourlyFindings", version`

export interface SummaryRow extends Omit<IncidentSummary, 'firstSeenAt' | 'lastSeenAt' | 'etag'> {
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  readonly version: number
}

/** Converts a row to its wire format. Pure. */
export function summaryOf({ version, ...row }: SummaryRow, nowMs: number): IncidentSummary {
  return {
    ...row,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    hourlyFindings: hoursUntil(nowMs, row.hourlyFindings, row.lastSeenAt.getTime()),
    etag: etagOf(version),
  }
}

/** Returns the strong ETag of a version, with quotes. Pure. */
export function etagOf(version: number): string {
  return `"${version}"`
}

/** Moves counts whose last element is the hour of `lastSeenMs` to the hours that end with the current one. Pure. */
export function hoursUntil(nowMs: number, counts: readonly number[], lastSeenMs: number): number[] {
  const hours = Math.max(0, Math.floor(nowMs / HOUR_MS) - Math.floor(lastSeenMs / HOUR_MS))
  return Array.from({ length: INCIDENT_HOURS }, (_, at) => counts[at + hours] ?? 0)
}
