import { parseUuid } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database, type Queryable } from '../../platform/database/database.js'
import { FINDINGS_CHANNEL, findingsPayload } from '../../platform/notify/findings-channel.js'
import { countHits } from '../exceptions/exception-matching.service.js'
import { assignToIncidents } from '../incidents/incident-assignment.service.js'
import { HASH_KINDS, type HashKind } from './hash-kinds.js'
import { type HashMatch, incidentFindingOf, type RetroFinding } from './retro-finding.js'

/** Position of a retro-hunt in the matches. */
export type HuntPosition = Pick<HashMatch, 'hash' | 'signatureName' | 'placeHash' | 'sha256'>

/** Columns of a retro-hunt finding, with their types. */
const FINDING_COLUMNS = {
  finding_id: 'uuid',
  result_id: 'uuid',
  cluster_id: 'text',
  node_name: 'text',
  namespace: 'text',
  pod_name: 'text',
  container_name: 'text',
  container_id: 'text',
  image: 'text',
  trigger: 'text',
  detected_at: 'timestamptz',
  severity: 'text',
  scan_source: 'text',
  signature_name: 'text',
  description: 'text',
  path: 'text',
  size_bytes: 'bigint',
  engine: 'text',
  exception_id: 'bigint',
} as const
const NAMES = Object.keys(FINDING_COLUMNS).join(', ')
const TYPED = Object.entries(FINDING_COLUMNS)
  .map((column) => column.join(' '))
  .join(', ')

const INSERT_FINDINGS = `
INSERT INTO findings (${NAMES}, sha256, pod_uid, pod_ip, host_ip, image_digest, layer, engine_version, signature_generation, owner_uid, owner_gid, mode)
SELECT ${NAMES}, decode(sha256, 'hex'), '', '', '', '', '', '', '', 0, 0, 0
FROM jsonb_to_recordset($1::jsonb) AS new (${TYPED}, sha256 text) WHERE finding_id = ANY ($2::uuid[])`

/** SQL of retro-hunts. */
@Injectable()
export class RetroHuntRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns sightings that match a hunted hash of this kind and have no finding yet, ordered by key. Excludes files that an engine detected when
   * they were first seen, after the hash was added: these are findings of that engine already.
   */
  async matches(kind: HashKind, after: HuntPosition | undefined, limit: number): Promise<HashMatch[]> {
    const { hash = '', signatureName = '', placeHash = '', sha256 = '' } = after ?? {}
    const rows = await this.database.query<Omit<HashMatch, 'hashKind'>>(
      `SELECT encode(hunted.${kind}, 'hex') AS hash, encode(seen.sha256, 'hex') AS sha256, encode(place_hash, 'hex') AS "placeHash", signature_name AS "signatureName",
         added_by AS "addedBy", cluster_id AS "clusterId", node_name AS "nodeName", namespace, pod_name AS "podName",
         container_name AS "containerName", container_id AS "containerId", image, path, seen.size_bytes AS "sizeBytes",
         first_seen_at AS "firstSeenAt"
       FROM ${HASH_KINDS[kind].hunted} AS hunted JOIN file_sightings AS seen USING (${kind}) JOIN sighting_containers USING (container_hash)
       WHERE (hunted.size_bytes IS NULL OR hunted.size_bytes = seen.size_bytes)
         AND (seen.clean_at IS NOT NULL OR seen.first_seen_at < hunted.added_at)
         AND hunted.${kind} >= decode($1, 'hex')
         AND (hunted.${kind}, signature_name, place_hash, seen.sha256) > (decode($1, 'hex'), $2, decode($3, 'hex'), decode($4, 'hex'))
         AND NOT EXISTS (SELECT FROM hash_matches AS known WHERE known.sha256 = seen.sha256 AND known.place_hash = seen.place_hash
                           AND known.signature_name = hunted.signature_name)
       ORDER BY hunted.${kind}, signature_name, place_hash, seen.sha256 LIMIT $5`,
      [hash, signatureName, placeHash, sha256, limit],
    )
    return rows.map((row) => ({ ...row, hashKind: kind }))
  }

  /** Stores findings, each match once even with concurrent hunts, and notifies listeners. @returns the number of new findings. */
  async insertIfNew(tx: Queryable, findings: readonly RetroFinding[]): Promise<number> {
    const rows = JSON.stringify(findings)
    const inserted = await tx.query<{ findingId: string }>(
      `INSERT INTO hash_matches (sha256, place_hash, signature_name, finding_id)
       SELECT decode(sha256, 'hex'), decode(place_hash, 'hex'), signature_name, finding_id
       FROM jsonb_to_recordset($1::jsonb) AS new (sha256 text, place_hash text, signature_name text, finding_id uuid)
       ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING RETURNING finding_id AS "findingId"`,
      [rows],
    )
    if (inserted.length === 0) return 0
    const ids = inserted.map(({ findingId }) => findingId)
    await tx.execute(INSERT_FINDINGS, [rows, ids])
    const payload = findingsPayload(ids.map((id) => parseUuid(id) ?? new Uint8Array(16)))
    await tx.query('SELECT pg_notify($1, $2)', [FINDINGS_CHANNEL, payload])
    const newIds = new Set(ids)
    const stored = findings.filter(({ finding_id }) => newIds.has(finding_id))
    await countHits(
      tx,
      stored.map(({ exception_id }) => exception_id),
    )
    await assignToIncidents(
      (sql, parameters) => tx.query(sql, parameters),
      stored.filter(({ exception_id }) => exception_id === null).map(incidentFindingOf),
    )
    return ids.length
  }
}
