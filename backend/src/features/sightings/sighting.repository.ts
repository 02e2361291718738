import type { HashDryRunResult, SightingView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import type { HashKind } from './hash-kinds.js'

/** Maximum sightings for a history; a common program is seen in every container. */
const HISTORY_MAX = 10_000
/** Maximum matches of a dry run. */
export const MATCHES_MAX = 1000

export interface SightingRow extends Omit<SightingView, 'firstSeenAt' | 'lastSeenAt'> {
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
}

/** History of a content. */
export interface HistoryRow {
  readonly firstSeenAt: Date | null
  readonly containers: number
  readonly nodes: number
  /** null if no earlier generation reported it clean. */
  readonly cleanGeneration: string | null
}

const COLUMNS = `cluster_id AS "clusterId", node_name AS "nodeName", namespace, pod_name AS "podName", container_name AS "containerName",
  container_id AS "containerId", image, path, scan_source AS "scanSource", encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes", first_seen_at AS "firstSeenAt",
  file_sightings.last_seen_at AS "lastSeenAt", clean_generation AS "cleanGeneration"`

/** Read-only SQL of sightings. Hashes are hexadecimal. */
@Injectable()
export class SightingRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns sightings, oldest first. */
  async list(kind: HashKind, hash: string, limit: number): Promise<SightingRow[]> {
    return this.database.query<SightingRow>(
      `SELECT ${COLUMNS} FROM file_sightings JOIN sighting_containers USING (container_hash)
       WHERE ${kind} = decode($1, 'hex') ORDER BY first_seen_at, place_hash LIMIT $2`,
      [hash, limit],
    )
  }

  async count(kind: HashKind, hash: string): Promise<number> {
    const rows = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM file_sightings JOIN sighting_containers USING (container_hash) WHERE ${kind} = decode($1, 'hex')`,
      [hash],
    )
    return rows[0]?.count ?? 0
  }

  /**
   * Returns the history of the content with this SHA-256.
   *
   * @param before clean verdicts at or after this time, or of this generation, do not count.
   */
  async history(sha256: string, before: { readonly moment: Date; readonly generation: string }): Promise<HistoryRow | undefined> {
    const rows = await this.database.query<HistoryRow>(
      `WITH oldest AS (
         SELECT container_hash, cluster_id, node_name, first_seen_at, clean_generation, clean_at
         FROM file_sightings JOIN sighting_containers USING (container_hash)
         WHERE sha256 = decode($1, 'hex') ORDER BY first_seen_at LIMIT ${HISTORY_MAX})
       SELECT min(first_seen_at) AS "firstSeenAt", count(DISTINCT container_hash) AS containers,
         count(DISTINCT (cluster_id, node_name)) AS nodes,
         (array_agg(clean_generation ORDER BY clean_at DESC) FILTER (WHERE clean_at < $2 AND clean_generation <> $3))[1] AS "cleanGeneration"
       FROM oldest`,
      [sha256, before.moment, before.generation],
    )
    return rows[0]
  }

  /** Returns the hashes with sightings, earliest first. */
  async matches(kind: HashKind, hashes: readonly string[]): Promise<HashDryRunResult['matches']> {
    const rows = await this.database.query<{ hash: string; sightings: number; firstSeenAt: Date }>(
      `SELECT encode(${kind}, 'hex') AS hash, count(*) AS sightings, min(first_seen_at) AS "firstSeenAt"
       FROM file_sightings JOIN sighting_containers USING (container_hash)
       WHERE ${kind} = ANY (SELECT decode(hash, 'hex') FROM unnest($1::text[]) AS hash)
       GROUP BY ${kind} ORDER BY min(first_seen_at), ${kind} LIMIT ${MATCHES_MAX}`,
      [hashes],
    )
    return rows.map((row) => ({ ...row, firstSeenAt: row.firstSeenAt.toISOString() }))
  }
}
