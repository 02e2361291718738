import {
  EXCEPTION_PREVIEW_DAYS,
  EXCEPTION_PREVIEW_MAX,
  EXCEPTION_SAMPLES_MAX,
  type ExceptionCriteria,
  type ExceptionSample,
  SECOND_MS,
} from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { Where } from '../../platform/paging/where.js'
import { globToRegex, parseGlob } from './glob.js'

/** A preview must not occupy the database for longer than a user waits. */
const TIMEOUT_MS = 5 * SECOND_MS

const SAMPLE_COLUMNS = `finding_id AS "findingId", signature_name AS "signatureName", severity, path, cluster_id AS "clusterId", namespace,
  pod_name AS "podName", container_name AS "containerName", received_at AS "receivedAt"`

/** What identifies the incident of a finding in its cluster. */
const CONTENT = `coalesce(encode(sha256, 'hex'), signature_name || '@' || image_digest)`

export interface PreviewCounts {
  readonly findings: number
  readonly incidents: number
  readonly hiddenIncidents: number
}

export interface SampleRow extends Omit<ExceptionSample, 'receivedAt'> {
  readonly receivedAt: Date
}

/** Read-only SQL of previews. */
@Injectable()
export class ExceptionPreviewRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Counts findings of the last days that match, and their incidents; undefined if it takes too long. */
  async count(criteria: ExceptionCriteria): Promise<PreviewCounts | undefined> {
    const where = exceptionWhere(criteria)
    const sql = `
WITH matching AS MATERIALIZED (
  SELECT cluster_id, ${CONTENT} AS content, received_at FROM findings ${where.sql} ORDER BY received_at DESC LIMIT ${EXCEPTION_PREVIEW_MAX}
), recent AS MATERIALIZED (
  SELECT incident_id, cluster_id, ${CONTENT} AS content, first_seen_at, last_seen_at, findings FROM incidents
  WHERE last_seen_at >= now() - interval '${EXCEPTION_PREVIEW_DAYS} days'
), affected AS (
  SELECT incident_id, recent.findings <= count(*) AS is_hidden FROM recent JOIN matching USING (cluster_id, content)
  WHERE received_at BETWEEN first_seen_at AND last_seen_at GROUP BY incident_id, recent.findings
)
SELECT (SELECT count(*) FROM matching) AS findings, count(*) AS incidents, count(*) FILTER (WHERE is_hidden) AS "hiddenIncidents" FROM affected`
    const rows = await this.database.queryWithin<PreviewCounts>(TIMEOUT_MS, sql, where.values)
    return rows?.[0]
  }

  /** Returns the newest findings that match; none if it takes too long. */
  async samples(criteria: ExceptionCriteria): Promise<SampleRow[]> {
    const where = exceptionWhere(criteria)
    const sql = `SELECT ${SAMPLE_COLUMNS} FROM findings ${where.sql} ORDER BY received_at DESC LIMIT ${EXCEPTION_SAMPLES_MAX}`
    return (await this.database.queryWithin<SampleRow>(TIMEOUT_MS, sql, where.values)) ?? []
  }
}

/** Findings of the last days without an exception that match; the same rule as ExceptionMatcher. */
function exceptionWhere(criteria: ExceptionCriteria): Where {
  const { sha256, signature, path, image, workload, namespace, cluster } = criteria
  const regexOf = (pattern: string | undefined) => (pattern === undefined ? undefined : globToRegex(parseGlob(pattern)))
  return new Where()
    .add('exception_id IS NULL AND received_at >= now() - make_interval(days => ?)', EXCEPTION_PREVIEW_DAYS)
    .add(`sha256 = decode(?, 'hex')`, sha256)
    .add('signature_name = ?', signature)
    .add('namespace = ?', namespace)
    .add('cluster_id = ?', cluster)
    .add('? IN (image, image_digest)', image)
    .add(`CASE WHEN pod_name = '' THEN container_name ELSE pod_name END ~ ?`, regexOf(workload))
    .add('path ~ ?', regexOf(path))
}
