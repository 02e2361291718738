import type { NodeStatusMessage } from '@guardimesh/contracts'
import { formatUuid, uuidV7 } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { boundedMoment } from './bounded-moment.js'
import type { IncomingPod } from './incoming-pod.js'

/** The node of a report. */
export interface NodeKey {
  readonly clusterId: string
  readonly nodeName: string
  readonly hostIp: string
}

/** Times that an earlier version stored without a limit. */
const IS_FORGED = `observed_at > now() + interval '1 hour'`

/** SQL that stores clusters, nodes, pods and the history of pods. */
@Injectable()
export class PodLogsRepository {
  /** Updates the last-seen time of clusters. Nodes share the row, so it is written every 10 seconds at most to avoid lock waits. */
  async touchClusters(tx: Queryable, clusterIds: readonly string[]): Promise<void> {
    await tx.execute(
      `INSERT INTO clusters (cluster_id) SELECT unnest($1::text[]) ORDER BY 1
       ON CONFLICT (cluster_id) DO UPDATE SET last_seen_at = now() WHERE clusters.last_seen_at < now() - interval '10 seconds'`,
      [clusterIds],
    )
  }

  /** Updates the last-seen time of nodes. Locks their rows, which serializes the reports of a node. */
  async touchNodes(tx: Queryable, nodes: readonly NodeKey[]): Promise<void> {
    await tx.execute(
      `INSERT INTO nodes (cluster_id, node_name, host_ip)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ORDER BY 1, 2
       ON CONFLICT (cluster_id, node_name) DO UPDATE SET last_seen_at = now()`,
      [nodes.map((node) => node.clusterId), nodes.map((node) => node.nodeName), nodes.map((node) => node.hostIp)],
    )
  }

  /** Stores the status of a scanner, unless a newer one is stored. */
  async updateNode(tx: Queryable, node: NodeStatusMessage, nowMs: number): Promise<void> {
    await tx.execute(
      `UPDATE nodes SET observed_at = $3, agent_version = $4, runtime_kind = $5, runtime_version = $6, runtime_endpoint = $7, runtime_reason = $8,
         kernel_release = $9, host_ip = $10, signature_generation = $11, engine_version = $12, signature_count = $13, spool_results = $14,
         spool_bytes = $15, event_overflows = $16, containers_watched = $17, containers_total = $18, config_error = $19, config_etag = $20,
         signatures_loaded_at = $21, signatures_load_ms = $22, signatures_memory_bytes = $23, signatures_pulled_bytes = $24,
         signatures_refused_generation = $25, signatures_refusal = $26, clock_offset_ms = $27, self_test_at = $28, self_test_failed = $29,
         self_test_detail = $30
       WHERE cluster_id = $1 AND node_name = $2 AND (observed_at IS NULL OR observed_at <= $3 OR ${IS_FORGED})`,
      [
        node.clusterId,
        node.nodeName,
        boundedMoment(node.observedAtMs, nowMs),
        node.agentVersion,
        node.runtimeKind,
        node.runtimeVersion,
        node.runtimeEndpoint,
        node.runtimeReason,
        node.kernelRelease,
        node.hostIp,
        node.signatureGeneration,
        node.engineVersion,
        node.signatureCount,
        node.spoolResults,
        node.spoolBytes,
        node.eventOverflows,
        node.containersWatched,
        node.containersTotal,
        node.configError,
        node.configEtag,
        momentOrNull(node.signaturesLoadedAtMs, nowMs),
        node.signaturesLoadMs,
        node.signaturesMemoryBytes,
        node.signaturesPulledBytes,
        node.signaturesRefusedGeneration,
        node.signaturesRefusal,
        node.observedAtMs - nowMs,
        momentOrNull(node.selfTestAtMs, nowMs),
        node.selfTestFailed,
        node.selfTestDetail,
      ],
    )
  }

  /** Stores pods, and a history row for each that appeared, changed or was deleted. An older report never replaces a newer one. */
  async upsertPods(tx: Queryable, pods: readonly IncomingPod[]): Promise<void> {
    if (pods.length > 0) await tx.execute(UPSERT_PODS, [JSON.stringify(pods)])
  }

  /** Marks pods of a node as deleted that are missing from a complete report. */
  async markMissingGone(tx: Queryable, node: NodeStatusMessage, pods: readonly IncomingPod[], nowMs: number): Promise<void> {
    const observedAt = boundedMoment(node.observedAtMs, nowMs)
    const gone = await tx.query<{ pod_id: number }>(
      `UPDATE pods SET gone_at = now(), observed_at = $3
       WHERE cluster_id = $1 AND node_name = $2 AND gone_at IS NULL AND (observed_at <= $3 OR ${IS_FORGED})
         AND NOT EXISTS (SELECT FROM jsonb_to_recordset($4::jsonb) AS new (namespace text, pod_name text, pod_uid text)
                         WHERE (new.namespace, new.pod_name, new.pod_uid) = (pods.namespace, pods.pod_name, pods.pod_uid))
       RETURNING pod_id`,
      [node.clusterId, node.nodeName, observedAt, JSON.stringify(pods)],
    )
    if (gone.length === 0) return
    await tx.execute(
      `INSERT INTO pod_logs (pod_log_id, event, ${POD_COLUMNS})
       SELECT new.pod_log_id, 'gone', ${POD_COLUMNS}
       FROM pods JOIN unnest($1::bigint[], $2::uuid[]) AS new (pod_id, pod_log_id) USING (pod_id)`,
      [gone.map((row) => row.pod_id), gone.map(() => formatUuid(uuidV7()))],
    )
  }
}

/** Converts an optional time of a node, which may be in the future because of its clock. */
function momentOrNull(atMs: number, nowMs: number): Date | null {
  return atMs > 0 ? new Date(Math.min(atMs, nowMs)) : null
}

const POD_COLUMNS = 'cluster_id, node_name, namespace, pod_name, pod_uid, owner, pod_ip, host_ip, containers, observed_at'

// `before` reads `pods` as of the start of the statement. The lock on the node's row excludes concurrent writers of its pods.
const UPSERT_PODS = `
WITH incoming AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS new (pod_log_id uuid, cluster_id text, node_name text, namespace text, pod_name text,
    pod_uid text, owner text, pod_ip text, host_ip text, containers jsonb, observed_at timestamptz, deleted boolean)
), before AS (
  SELECT pods.* FROM pods JOIN incoming USING (cluster_id, node_name, namespace, pod_name, pod_uid)
), stored AS (
  INSERT INTO pods (${POD_COLUMNS}, gone_at)
  SELECT ${POD_COLUMNS}, CASE WHEN deleted THEN now() END FROM incoming
  ON CONFLICT (cluster_id, node_name, namespace, pod_name, pod_uid) DO UPDATE SET
    owner = excluded.owner, pod_ip = excluded.pod_ip, host_ip = excluded.host_ip, containers = excluded.containers,
    observed_at = excluded.observed_at, last_seen_at = now(),
    gone_at = CASE WHEN excluded.gone_at IS NOT NULL THEN coalesce(pods.gone_at, excluded.gone_at) END
  WHERE pods.observed_at <= excluded.observed_at OR pods.${IS_FORGED}
  RETURNING cluster_id, node_name, namespace, pod_name, pod_uid
), judged AS (
  SELECT incoming.*, CASE
      WHEN incoming.deleted AND before.gone_at IS NULL THEN 'gone'
      WHEN NOT incoming.deleted AND (before.pod_id IS NULL OR before.gone_at IS NOT NULL) THEN 'appeared'
      WHEN NOT incoming.deleted AND (incoming.owner, incoming.pod_ip, incoming.host_ip, incoming.containers)
           IS DISTINCT FROM (before.owner, before.pod_ip, before.host_ip, before.containers) THEN 'changed'
    END AS event
  FROM incoming JOIN stored USING (cluster_id, node_name, namespace, pod_name, pod_uid)
  LEFT JOIN before USING (cluster_id, node_name, namespace, pod_name, pod_uid)
)
INSERT INTO pod_logs (pod_log_id, event, ${POD_COLUMNS}) SELECT pod_log_id, event, ${POD_COLUMNS} FROM judged WHERE event IS NOT NULL`
