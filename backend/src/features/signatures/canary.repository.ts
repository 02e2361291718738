import type { RollOut } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import type { NewDetections } from './judge-roll-out.js'

/** Signatures with a finding in this period before the rollout are not new. */
const KNOWN_FOR_DAYS = 7

/** Load of the candidate on the canary nodes. */
export interface CanaryLoad {
  /** Time since the first report of the load. */
  readonly loadedForMs: number
  /** Last time at which a reporting canary node had it loaded. */
  readonly lastLoadedAt: Date
}

/** A canary node. */
export interface CanaryNode {
  readonly clusterId: string
  readonly nodeName: string
}

interface DetectionsRow {
  readonly allFiles: number
  readonly files: number
  readonly signatureName: string
  readonly path: string
  readonly pod: string
  readonly nodeName: string
}

/** SQL of the reports and findings of canary nodes. */
@Injectable()
export class CanaryRepository {
  /** Records the first and last report of a load and deletes those of other rollouts. @returns undefined before the first report. */
  async recordLoad(tx: Queryable, { generation, startedAt }: RollOut, isLoaded: boolean): Promise<CanaryLoad | undefined> {
    const key = [generation, startedAt]
    await tx.execute('DELETE FROM signature_canaries WHERE (generation, started_at) <> ($1, $2::timestamptz)', key)
    if (isLoaded)
      await tx.execute(
        `INSERT INTO signature_canaries (generation, started_at) VALUES ($1, $2)
         ON CONFLICT (generation, started_at) DO UPDATE SET last_loaded_at = now()`,
        key,
      )
    const rows = await tx.query<CanaryLoad>(
      `SELECT (extract(epoch FROM now() - first_loaded_at) * 1000)::bigint AS "loadedForMs", last_loaded_at AS "lastLoadedAt" FROM signature_canaries
       WHERE (generation, started_at) = ($1, $2::timestamptz)`,
      key,
    )
    return rows[0]
  }

  /** Counts detections of new signatures on these canary nodes with the candidate. */
  async newDetections(tx: Queryable, { generation, startedAt }: RollOut, nodes: readonly CanaryNode[]): Promise<NewDetections> {
    const clusterIds = nodes.map(({ clusterId }) => clusterId)
    const nodeNames = nodes.map(({ nodeName }) => nodeName)
    const rows = await tx.query<DetectionsRow>(NEW_DETECTIONS, [generation, clusterIds, startedAt, nodeNames])
    const [row] = rows
    if (!row) return { files: 0, most: undefined }
    const { allFiles, ...most } = row
    return { files: allFiles, most }
  }
}

/** A file that two signatures detect counts once; a file without a path (memory) is identified by its content. Excludes retro-hunt findings, which are independent of the loaded signatures. */
const NEW_DETECTIONS = `
WITH detected AS (
  SELECT signature_name, node_name, namespace, pod_name, path, finding_id,
    (cluster_id, node_name, container_id, coalesce(nullif(path, ''), encode(sha256, 'hex'), finding_id::text)) AS file
  FROM findings
  WHERE (cluster_id, node_name) IN (SELECT * FROM unnest($2::text[], $4::text[])) AND node_name = ANY ($4) AND signature_generation = $1 AND scan_source <> 'retro_hunt'
    AND received_at >= $3::timestamptz
), names AS MATERIALIZED (
  SELECT DISTINCT signature_name FROM detected
), unknown AS MATERIALIZED (
  SELECT signature_name FROM names WHERE NOT EXISTS (
    SELECT FROM findings before
    WHERE before.signature_name = names.signature_name AND before.signature_generation <> $1
      AND before.received_at >= $3::timestamptz - interval '${KNOWN_FOR_DAYS} days' AND before.received_at < $3::timestamptz)
), new AS (
  SELECT * FROM detected JOIN unknown USING (signature_name)
)
SELECT (SELECT count(DISTINCT file) FROM new) AS "allFiles", count(DISTINCT file) AS files, signature_name AS "signatureName",
  (array_agg(path ORDER BY path, finding_id))[1] AS path, (array_agg(namespace || '/' || pod_name ORDER BY path, finding_id))[1] AS pod,
  (array_agg(node_name ORDER BY path, finding_id))[1] AS "nodeName"
FROM new GROUP BY signature_name ORDER BY files DESC, signature_name LIMIT 1`
