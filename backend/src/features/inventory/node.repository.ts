import { CLOCK_OFFSET_MAX_MS, MINUTE_MS, type NodeQuery, type NodeSignatures, type NodeView, SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { boundedSum } from '../../platform/database/bounded-sum.js'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { containsPattern, Where } from '../../platform/paging/where.js'

/** A node reports at least every minute; after three missed reports it is silent. */
const SILENT_AFTER_MS = 3 * MINUTE_MS
/** Four times the largest cluster that Kubernetes supports (5,000 nodes). */
const NODES_MAX = 20_000
/** Maximum listed generations; during a rollout there are two or three. */
const GENERATIONS_MAX = 100

interface NodeRow extends Omit<NodeView, 'firstSeenAt' | 'lastSeenAt' | 'selfTestAt'> {
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  readonly selfTestAt: Date | null
}

const COLUMNS = `n.cluster_id AS "clusterId", n.node_name AS "nodeName", n.first_seen_at AS "firstSeenAt", n.last_seen_at AS "lastSeenAt",
  agent_version AS "agentVersion", runtime_kind AS "runtimeKind", runtime_version AS "runtimeVersion",
  runtime_endpoint AS "runtimeEndpoint", runtime_reason AS "runtimeReason", kernel_release AS "kernelRelease", host_ip AS "hostIp",
  signature_generation AS "signatureGeneration", engine_version AS "engineVersion", signature_count AS "signatureCount",
  spool_results AS "spoolResults", spool_bytes AS "spoolBytes", event_overflows AS "eventOverflows",
  containers_watched AS "containersWatched", containers_total AS "containersTotal", config_error AS "configError",
  signatures_refused_generation AS "refusedGeneration", signatures_refusal AS refusal,
  clock_offset_ms AS "clockOffsetMs", self_test_at AS "selfTestAt", self_test_failed AS "selfTestFailed", self_test_detail AS "selfTestDetail"`

const STATE = `CASE WHEN n.last_seen_at < now() - make_interval(secs => ${SILENT_AFTER_MS / SECOND_MS}) THEN 'silent' ELSE 'reporting' END`

/** Loaded signatures of a node, as reported, the offset of its clock, and its self-test. */
export interface NodeSignatureFacts extends Omit<NodeSignatures, 'isCanary' | 'freshness'> {
  readonly firstSeenAt: Date
  readonly clockOffsetMs: number | null
  readonly selfTestFailed: string
  readonly selfTestDetail: string
}

type NodeFilters = Omit<NodeQuery, 'limit' | 'cursor'>

/** Position of a node in the list. */
export interface NodePosition {
  readonly clusterId: string
  readonly nodeName: string
}

interface NodeSignaturesRow extends Omit<NodeSignatureFacts, 'loadedAt'> {
  readonly loadedAt: Date | null
}

/** Node counts over all clusters. */
export interface NodeTotals {
  readonly nodesWithWrongClock: number
  readonly nodesReporting: number
  readonly nodesSilent: number
}

/** SQL of nodes. */
@Injectable()
export class NodeRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns nodes after a position, by cluster and name. */
  async list(filters: NodeFilters, after: NodePosition | undefined, limit: number): Promise<NodeView[]> {
    const where = new Where()
      .add('cluster_id = ?', filters.cluster)
      .add(`${STATE} = ?`, filters.state)
      .add('node_name ILIKE ?', filters.search === undefined ? undefined : containsPattern(filters.search))
    if (after) where.add('(cluster_id, node_name) > (?, ?)', after.clusterId, after.nodeName)
    const rows = await this.database.query<NodeRow>(
      `WITH page AS MATERIALIZED (
         SELECT * FROM nodes n ${where.sql} ORDER BY cluster_id, node_name LIMIT ${where.bind(limit)}
       ), recent AS (
         SELECT cluster_id, node_name, count(*) AS findings FROM findings
         WHERE received_at >= now() - interval '1 day' AND exception_id IS NULL AND node_name IN (SELECT node_name FROM page)
         GROUP BY cluster_id, node_name
       ), lost AS (
         SELECT cluster_id, node_name, ${boundedSum('clean_results + finding_results')} AS results FROM gaps
         WHERE (cluster_id, node_name) IN (SELECT cluster_id, node_name FROM page) GROUP BY cluster_id, node_name
       )
       SELECT ${COLUMNS}, ${STATE} AS state, coalesce(recent.findings, 0) AS "findingsLastDay", coalesce(lost.results, 0) AS "resultsLost"
       FROM page n LEFT JOIN recent USING (cluster_id, node_name) LEFT JOIN lost USING (cluster_id, node_name)
       ORDER BY n.cluster_id, n.node_name`,
      where.values,
    )
    return rows.map((row) => ({
      ...row,
      firstSeenAt: row.firstSeenAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      selfTestAt: row.selfTestAt?.toISOString() ?? null,
    }))
  }

  /** Returns the loaded signatures of all nodes by cluster and name. */
  async listSignatures(): Promise<NodeSignatureFacts[]> {
    const rows = await this.database.query<NodeSignaturesRow>(
      `SELECT cluster_id AS "clusterId", node_name AS "nodeName", ${STATE} AS state, signature_generation AS generation,
         engine_version AS "engineVersion", signature_count AS "signatureCount", signatures_loaded_at AS "loadedAt",
         signatures_load_ms AS "loadMs", signatures_memory_bytes AS "memoryBytes", signatures_pulled_bytes AS "pulledBytes",
         signatures_refused_generation AS "refusedGeneration", signatures_refusal AS refusal, first_seen_at AS "firstSeenAt",
         clock_offset_ms AS "clockOffsetMs", self_test_failed AS "selfTestFailed", self_test_detail AS "selfTestDetail"
       FROM nodes n ORDER BY cluster_id, node_name LIMIT ${NODES_MAX}`,
    )
    return rows.map((row) => ({ ...row, loadedAt: row.loadedAt?.toISOString() ?? null }))
  }

  async totals(): Promise<NodeTotals> {
    const rows = await this.database.query<NodeTotals>(
      `SELECT count(*) FILTER (WHERE ${STATE} = 'reporting') AS "nodesReporting", count(*) FILTER (WHERE ${STATE} = 'silent') AS "nodesSilent",
         count(*) FILTER (WHERE ${STATE} = 'reporting' AND abs(clock_offset_ms) > ${CLOCK_OFFSET_MAX_MS}) AS "nodesWithWrongClock"
       FROM nodes n`,
    )
    return rows[0] ?? { nodesReporting: 0, nodesSilent: 0, nodesWithWrongClock: 0 }
  }

  /** Counts reporting nodes by loaded generation, newest first. */
  async countByGeneration(): Promise<{ generation: string; nodes: number }[]> {
    return this.database.query(
      `SELECT signature_generation AS generation, count(*) AS nodes FROM nodes n WHERE ${STATE} = 'reporting'
       GROUP BY signature_generation ORDER BY signature_generation DESC LIMIT ${GENERATIONS_MAX}`,
    )
  }

  /** Counts all results that nodes dropped. */
  async resultsLost(): Promise<number> {
    const rows = await this.database.query<{ lost: number }>(`SELECT ${boundedSum('clean_results + finding_results')} AS lost FROM gaps`)
    return rows[0]?.lost ?? 0
  }
}
