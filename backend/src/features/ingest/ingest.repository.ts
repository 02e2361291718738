import type { GapMessage } from '@guardimesh/contracts'
import { formatUuid } from '@guardimesh/kit'
import type pg from 'pg'
import { copyIn } from '../../platform/database/copy-in.js'
import { FINDINGS_CHANNEL, findingsPayload } from '../../platform/notify/findings-channel.js'
import type { CompletedImage, CoverageRow } from './coverage-rows.js'
import { type EncodedResult, FINDING_COLUMNS, RESULT_COLUMNS } from './encode-results.js'

/** Maximum rows per statement. One request may contain half a million, which would block the event loop and exceed the statement timeout. */
const COVERAGE_ROWS_MAX = 5_000

/** Inserts results and findings. @throws a unique violation if one was stored before. */
export async function insertNew(tx: pg.ClientBase, results: readonly EncodedResult[]): Promise<void> {
  await copyIn(
    tx,
    `COPY scan_results (${RESULT_COLUMNS}) FROM STDIN`,
    results.map(({ row }) => row),
  )
  await copyIn(
    tx,
    `COPY findings (${FINDING_COLUMNS}) FROM STDIN`,
    results.map(({ findingRows }) => findingRows),
  )
}

/**
 * Inserts results that are not stored yet, through a staging table, because COPY does not support ON CONFLICT.
 *
 * @returns the key (`resultKey`) of each inserted result.
 */
export async function insertResultsIfNew(tx: pg.ClientBase, results: readonly EncodedResult[]): Promise<Set<string>> {
  await tx.query('CREATE TEMP TABLE IF NOT EXISTS staged_results (LIKE scan_results INCLUDING DEFAULTS) ON COMMIT DELETE ROWS')
  await copyIn(
    tx,
    `COPY staged_results (${RESULT_COLUMNS}) FROM STDIN`,
    results.map(({ row }) => row),
  )
  const inserted = await tx.query<{ cluster_id: string; result_id: string }>(
    `INSERT INTO scan_results (${RESULT_COLUMNS}) SELECT ${RESULT_COLUMNS} FROM staged_results ORDER BY cluster_id, result_id
     ON CONFLICT DO NOTHING RETURNING cluster_id, replace(result_id::text, '-', '') AS result_id`,
  )
  return new Set(inserted.rows.map((row) => resultKey(row.cluster_id, row.result_id)))
}

/** Inserts findings that are not stored yet. @returns the ids of the inserted findings, 32 hexadecimal digits each. */
export async function insertFindingsIfNew(tx: pg.ClientBase, results: readonly EncodedResult[]): Promise<string[]> {
  await tx.query('CREATE TEMP TABLE IF NOT EXISTS staged_findings (LIKE findings INCLUDING DEFAULTS) ON COMMIT DELETE ROWS')
  await copyIn(
    tx,
    `COPY staged_findings (${FINDING_COLUMNS}) FROM STDIN`,
    results.map(({ findingRows }) => findingRows),
  )
  const inserted = await tx.query<{ finding_id: string }>(
    `INSERT INTO findings (${FINDING_COLUMNS}) SELECT ${FINDING_COLUMNS} FROM staged_findings ORDER BY cluster_id, finding_id
     ON CONFLICT DO NOTHING RETURNING replace(finding_id::text, '-', '') AS finding_id`,
  )
  return inserted.rows.map((row) => row.finding_id)
}

/** Returns `(cluster_id, result_id)` as one string. */
export function resultKey(clusterId: string, resultId: string): string {
  return `${resultId}${clusterId}`
}

/** Inserts or updates coverage. An older report never replaces a newer one. @param rows result of `mergeCoverage`. */
export async function upsertCoverage(tx: pg.ClientBase, rows: readonly CoverageRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += COVERAGE_ROWS_MAX) await upsertCoverageRows(tx, rows.slice(at, at + COVERAGE_ROWS_MAX))
}

async function upsertCoverageRows(tx: pg.ClientBase, rows: readonly CoverageRow[]): Promise<void> {
  await tx.query(UPSERT_COVERAGE, [
    rows.map((row) => row.clusterId),
    rows.map((row) => row.containerId),
    rows.map((row) => row.reason),
    rows.map((row) => row.pathHash),
    rows.map((row) => row.path),
    rows.map((row) => row.pathBytes),
    rows.map((row) => row.count),
    rows.map((row) => row.sizeBytes),
    rows.map((row) => row.detail),
    rows.map((row) => row.nodeName),
    rows.map((row) => row.namespace),
    rows.map((row) => row.podName),
    rows.map((row) => row.containerName),
    rows.map((row) => row.image),
    rows.map((row) => new Date(row.seenAtMs)),
  ])
}

const UPSERT_COVERAGE = `
INSERT INTO coverage (cluster_id, container_id, reason, path_hash, path, path_bytes, count, size_bytes, detail, node_name, namespace, pod_name,
                      container_name, image, first_seen_at, last_seen_at)
SELECT new.*, seen_at FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::bytea[], $7::bigint[], $8::bigint[], $9::text[],
  $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::timestamptz[])
  AS new (cluster_id, container_id, reason, path_hash, path, path_bytes, count, size_bytes, detail, node_name, namespace, pod_name,
          container_name, image, seen_at)
ON CONFLICT (cluster_id, container_id, reason, path_hash) DO UPDATE SET
  count = excluded.count, size_bytes = excluded.size_bytes, detail = excluded.detail, node_name = excluded.node_name,
  namespace = excluded.namespace, pod_name = excluded.pod_name, container_name = excluded.container_name, image = excluded.image,
  last_seen_at = excluded.last_seen_at
WHERE coverage.last_seen_at <= excluded.last_seen_at`

/** Deletes the entries about image layers that were not scanned, unless they are newer. */
export async function deleteImageCoverage(tx: pg.ClientBase, images: readonly CompletedImage[]): Promise<void> {
  if (images.length === 0) return
  await tx.query(
    `DELETE FROM coverage USING unnest($1::text[], $2::text[], $3::timestamptz[]) AS done (cluster_id, container_id, completed_at)
     WHERE coverage.cluster_id = done.cluster_id AND coverage.container_id = done.container_id AND reason = 'image_not_scanned'
       AND last_seen_at <= completed_at`,
    [
      images.map(({ clusterId }) => clusterId),
      images.map(({ containerId }) => containerId),
      images.map(({ completedAtMs }) => new Date(completedAtMs)),
    ],
  )
}

/** Inserts gaps that are not stored yet. */
export async function insertGapsIfNew(tx: pg.ClientBase, gaps: readonly GapMessage[]): Promise<void> {
  if (gaps.length === 0) return
  const nowMs = Date.now()
  await tx.query(
    `WITH stored AS (
       INSERT INTO gaps (cluster_id, gap_id, node_name, reason, clean_results, finding_results, findings, sightings, from_at, to_at)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::timestamptz[],
         $10::timestamptz[])
       ORDER BY 1, 2 ON CONFLICT DO NOTHING RETURNING *
     )
     ${QUEUE_EVENTS}`,
    [
      gaps.map((gap) => gap.clusterId),
      gaps.map((gap) => formatUuid(gap.gapId)),
      gaps.map((gap) => gap.nodeName),
      gaps.map((gap) => gap.reason),
      gaps.map((gap) => gap.cleanResults),
      gaps.map((gap) => gap.findingResults),
      gaps.map((gap) => gap.findings),
      gaps.map((gap) => gap.sightings),
      gaps.map((gap) => new Date(Math.min(gap.fromMs, nowMs))),
      gaps.map((gap) => new Date(Math.min(gap.toMs, nowMs))),
    ],
  )
}

/** One event per node for notifications. */
const QUEUE_EVENTS = `
INSERT INTO notification_events (kind, severity, cluster_id, alert)
SELECT 'results-lost', 'critical', cluster_id, jsonb_build_object('subject', node_name, 'facts', jsonb_build_object('cluster', cluster_id, 'node', node_name,
    'results', sum(clean_results + finding_results), 'findings', sum(findings)),
  'message', format('Node %s of cluster %s dropped %s results with %s findings because its spool was full.', node_name, cluster_id,
    sum(clean_results + finding_results), sum(findings)),
  'raisedAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'clearedAt', NULL)
FROM stored GROUP BY cluster_id, node_name`

/** Notifies listeners of new findings when the transaction commits. */
export async function notifyFindings(tx: pg.ClientBase, findingIds: readonly string[]): Promise<void> {
  if (findingIds.length === 0) return
  const payload = findingsPayload(findingIds.map((hex) => Buffer.from(hex, 'hex')))
  await tx.query('SELECT pg_notify($1, $2)', [FINDINGS_CHANNEL, payload])
}
