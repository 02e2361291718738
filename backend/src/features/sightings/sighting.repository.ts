import type { HashDryRunResult, SightingView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import type { HashKind } from './hash-kinds.js'

/** A common program is seen in every container; nobody needs to know more exactly. */
const HISTORY_MAX = 10_000
/** Matches of a dry run that are told. */
export const MATCHES_MAX = 1000

export interface SightingRow extends Omit<SightingView, 'firstSeenAt' | 'lastSeenAt'> {
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
}

/** What is known of a content, before a moment where it matters. */
export interface HistoryRow {
  readonly firstSeenAt: Date | null
  readonly containers: number
  readonly nodes: number
  /** null when it was not clean before. */
  readonly cleanGeneration: string | null
}

const COLUMNS = `cluster_id AS "clusterId", node_name AS "nodeName", namespace, pod_name AS "podName", container_name AS "containerName",
  container_id AS "containerId", image, path, scan_source AS "scanSource", encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes", first_seen_at AS "firstSeenAt",
  file_sightings.last_seen_at AS "lastSeenAt", clean_generation AS "cleanGeneration"`

/** SQL of sightings, reading only. Hashes are hexadecimal. */
@Injectable()
export class SightingRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Oldest first. */
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
   * Where and since when the content with this SHA-256 was seen.
   *
   * @param before what was clean at or after this moment, or with the signatures of this generation, does not count as clean.
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

  /** Those of the contents that were seen, the ones seen first before others. */
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
