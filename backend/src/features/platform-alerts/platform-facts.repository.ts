import { type CoverageReasonName, MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import type { CoverageGap, NodeFacts, PlatformFacts } from './expected-platform-alerts.js'

/** A restart of a node takes a few minutes. */
export const NODE_SILENT_AFTER_MS = 10 * MINUTE_MS
/** Problems of scanner or engines. Other reasons depend on the file, such as its size, and are expected. */
const GAP_REASONS: readonly CoverageReasonName[] = [
  ...(['engine_error', 'engine_unavailable', 'timeout', 'unsupported_snapshotter', 'budget_exhausted', 'event_overflow'] as const),
  ...(['not_inspected', 'mount_not_watched', 'image_not_scanned', 'file_system_stalled'] as const),
]
/** Latest entries of each cluster and reason that are examined. */
const ENTRIES_MAX = 1_000
/** Alerts are for people: more of them would not be read. Nodes with an open alert come first, so that others do not clear it. */
const NODES_MAX = 1_000

/** SQL of nodes and coverage that need attention. */
@Injectable()
export class PlatformFactsRepository {
  async read(tx: Queryable): Promise<PlatformFacts> {
    const nodes = await tx.query<NodeFacts>(
      `SELECT cluster_id AS "clusterId", node_name AS "nodeName", last_seen_at AS "lastSeenAt", is_silent AS "isSilent",
         coalesce(containers_watched, 0) AS "containersWatched", coalesce(containers_total, 0) AS "containersTotal"
       FROM nodes CROSS JOIN LATERAL (SELECT last_seen_at < now() - make_interval(secs => $1) AS is_silent) AS state
       WHERE is_silent OR containers_watched < containers_total
       ORDER BY NOT EXISTS (SELECT FROM signature_alerts WHERE cleared_at IS NULL AND kind IN ('node-silent', 'containers-not-watched')
         AND subject = cluster_id || '/' || node_name), cluster_id, node_name LIMIT ${NODES_MAX}`,
      [NODE_SILENT_AFTER_MS / SECOND_MS],
    )
    // Relative to the last report of the node: an entry must not disappear because the node became silent.
    const gaps = await tx.query<CoverageGap>(
      `SELECT cluster_id AS "clusterId", reason, count(*) AS entries, count(DISTINCT container_id) AS containers
       FROM (SELECT DISTINCT cluster_id AS cluster FROM nodes) AS known CROSS JOIN unnest($1::text[]) AS wanted CROSS JOIN LATERAL (
         SELECT cluster_id, node_name, container_id, reason, last_seen_at FROM coverage WHERE cluster_id = cluster AND reason = wanted
         ORDER BY last_seen_at DESC LIMIT ${ENTRIES_MAX}
       ) AS newest JOIN nodes USING (cluster_id, node_name)
       WHERE newest.last_seen_at > nodes.last_seen_at - interval '1 day' GROUP BY cluster_id, reason ORDER BY cluster_id, reason`,
      [GAP_REASONS],
    )
    return { nodes, gaps }
  }
}
