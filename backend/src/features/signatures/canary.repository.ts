import type { RollOut } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import type { NewDetections } from './judge-roll-out.js'

/** Signatures that found something in so many days before the roll-out are not new. */
const KNOWN_FOR_DAYS = 7
/** Ids of findings carry the node's clock, which may be behind the signature server's. */
const CLOCK_SLACK_HOURS = 1

/** What canary nodes said of the generation that is rolled out. */
export interface CanaryLoad {
  /** Since the first report of it. */
  readonly loadedForMs: number
  /** When one that reports had it last. */
  readonly lastLoadedAt: Date
}

interface DetectionsRow {
  readonly allFiles: number
  readonly files: number
  readonly signatureName: string
  readonly path: string
  readonly pod: string
  readonly nodeName: string
}

/** SQL of what canary nodes say and find. */
@Injectable()
export class CanaryRepository {
  /** Notes the first and the last report of a load, and forgets other roll-outs. @returns undefined before the first. */
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

  /** Counts what signatures that had found nothing before detected on the nodes of a roll-out with its generation. */
  async newDetections(tx: Queryable, { generation, nodes, startedAt }: RollOut): Promise<NewDetections> {
    const rows = await tx.query<DetectionsRow>(NEW_DETECTIONS, [generation, nodes, startedAt])
    const [row] = rows
    if (!row) return { files: 0, most: undefined }
    const { allFiles, ...most } = row
    return { files: allFiles, most }
  }
}

/** A file that two signatures detect counts once; one that has no path (memory) by its content. What was found by history alone tells nothing about a load. */
const NEW_DETECTIONS = `
WITH detected AS (
  SELECT signature_name, node_name, namespace, pod_name, path, finding_id,
    (cluster_id, node_name, container_id, coalesce(nullif(path, ''), encode(sha256, 'hex'), finding_id::text)) AS file
  FROM findings
  WHERE node_name = ANY ($2) AND signature_generation = $1 AND scan_source <> 'retro_hunt'
    AND finding_id >= uuid_at($3::timestamptz - interval '${CLOCK_SLACK_HOURS} hours')
), names AS MATERIALIZED (
  SELECT DISTINCT signature_name FROM detected
), unknown AS MATERIALIZED (
  SELECT signature_name FROM names WHERE NOT EXISTS (
    SELECT FROM findings before
    WHERE before.signature_name = names.signature_name AND before.signature_generation <> $1
      AND before.finding_id >= uuid_at($3::timestamptz - interval '${KNOWN_FOR_DAYS} days') AND before.finding_id < uuid_at($3::timestamptz))
), new AS (
  SELECT * FROM detected JOIN unknown USING (signature_name)
)
SELECT (SELECT count(DISTINCT file) FROM new) AS "allFiles", count(DISTINCT file) AS files, signature_name AS "signatureName",
  (array_agg(path ORDER BY path, finding_id))[1] AS path, (array_agg(namespace || '/' || pod_name ORDER BY path, finding_id))[1] AS pod,
  (array_agg(node_name ORDER BY path, finding_id))[1] AS "nodeName"
FROM new GROUP BY signature_name ORDER BY files DESC, signature_name LIMIT 1`
