import type { FindingProcess, FindingSummary, FindingView } from '@guardimesh/contracts'

/** Columns of a FindingSummary; times are Dates. */
export const SUMMARY_COLUMNS = `finding_id AS "findingId", signature_name AS "signatureName", severity, scan_source AS "scanSource", path,
  encode(sha256, 'hex') AS sha256, cluster_id AS "clusterId", node_name AS "nodeName", namespace, pod_name AS "podName",
  container_name AS "containerName", container_id AS "containerId", image, detected_at AS "detectedAt", received_at AS "receivedAt",
  exception_id AS "exceptionId"`

/** Additional columns of a FindingView. */
export const DETAIL_COLUMNS = `result_id AS "resultId", description, layer, size_bytes AS "sizeBytes", owner_uid AS "ownerUid",
  owner_gid AS "ownerGid", mode, modified_at AS "modifiedAt", changed_at AS "changedAt", process, engine, engine_version AS "engineVersion",
  signature_generation AS "signatureGeneration", trigger, image_digest AS "imageDigest", pod_uid AS "podUid", pod_ip AS "podIp",
  host_ip AS "hostIp"`

export interface SummaryRow extends Omit<FindingSummary, 'detectedAt' | 'receivedAt'> {
  readonly detectedAt: Date
  readonly receivedAt: Date
}

type DetailNames = Exclude<
  keyof FindingView,
  keyof FindingSummary | 'explanation' | 'sameContentCount' | 'seen' | 'modifiedAt' | 'changedAt'
>
export interface DetailRow extends SummaryRow, Pick<FindingView, DetailNames> {
  readonly modifiedAt: Date | null
  readonly changedAt: Date | null
  readonly process: FindingProcess | null
}

/** Converts a row to its wire format. Pure. */
export function summaryOf(row: SummaryRow): FindingSummary {
  return { ...row, detectedAt: row.detectedAt.toISOString(), receivedAt: row.receivedAt.toISOString() }
}
