import { type ImageLayerClaim, type ImageLayerReport, IMAGE_LAYER_LIMITS as LIMITS, SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'

/** A layer in the answer to a claim. */
export interface LayerScanRow {
  readonly layer: string
  readonly state: 'waiting' | 'scanning' | 'scanned' | 'failed'
  /** True while a node may scan it. */
  readonly isLeased: boolean
  /** As stored, possibly by another version: parse it. Null for layers whose result the node has. */
  readonly result: unknown
}

type Scanner = Pick<ImageLayerClaim, 'clusterId' | 'nodeName' | 'signatureGeneration' | 'ruleVersion'>

const interval = (ms: number) => `make_interval(secs => ${ms / SECOND_MS})`
/** Rows that were marked more recently are not written again. */
const MARK_INTERVAL = `interval '1 minute'`
const OF_SCANNER = 'cluster_id = $1 AND signature_generation = $2 AND rule_version = $3'

/** SQL of the scans of layers, for nodes. */
@Injectable()
export class LayerScanRepository {
  /** @param layers sorted, because a common order of locks avoids deadlocks. */
  async markUsed(tx: Queryable, scanner: Scanner, layers: readonly string[]): Promise<void> {
    await tx.execute(
      `INSERT INTO image_layer_scans AS scan (cluster_id, signature_generation, rule_version, layer) SELECT $1, $2, $3, unnest($4::text[])
       ON CONFLICT (cluster_id, layer, signature_generation, rule_version) DO UPDATE SET last_used_at = now()
       WHERE scan.last_used_at < now() - ${MARK_INTERVAL}`,
      [...keyOf(scanner), layers],
    )
  }

  async markImages(tx: Queryable, { clusterId, layers }: ImageLayerClaim): Promise<void> {
    const pairs = layers.flatMap(({ layer, images }) => images.map((image) => ({ layer, image })))
    await tx.execute(
      `INSERT INTO image_layer_images AS used (cluster_id, layer, image)
       SELECT DISTINCT $1, layer, image FROM unnest($2::text[], $3::text[]) AS new (layer, image) ORDER BY 2, 3
       ON CONFLICT (cluster_id, layer, image) DO UPDATE SET last_used_at = now() WHERE used.last_used_at < now() - ${MARK_INTERVAL}`,
      [clusterId, pairs.map(({ layer }) => layer), pairs.map(({ image }) => image)],
    )
  }

  /**
   * Leases the first free layer to a node. A lease that the node itself holds is free: it scans one layer at a time, so it has restarted.
   *
   * @param layers in the order of preference.
   */
  async lease(tx: Queryable, scanner: Scanner, layers: readonly string[]): Promise<string | undefined> {
    const rows = await tx.query<{ layer: string }>(
      // MATERIALIZED: a join could evaluate the subquery for each row, and then lease all of them.
      `WITH free AS MATERIALIZED (
         SELECT layer FROM image_layer_scans
         WHERE ${OF_SCANNER} AND layer = ANY ($5) AND state <> 'scanned'
           AND (leased_until < now() OR (state = 'scanning' AND node_name = $4) OR (state = 'failed' AND node_name <> $4))
         ORDER BY array_position($5, layer) LIMIT 1 FOR UPDATE SKIP LOCKED)
       UPDATE image_layer_scans AS scan SET state = 'scanning', node_name = $4, leased_at = now(), leased_until = now() + ${interval(LIMITS.leaseMs)},
         problem = '', bytes_scanned = 0, files_scanned = 0, files_not_scanned = 0, finding_count = 0
       FROM free WHERE ${OF_SCANNER} AND scan.layer = free.layer RETURNING scan.layer`,
      [...keyOf(scanner), scanner.nodeName, layers],
    )
    return rows[0]?.layer
  }

  /** @param known layers whose results are not needed. */
  read(tx: Queryable, scanner: Scanner, layers: readonly string[], known: readonly string[]): Promise<LayerScanRow[]> {
    return tx.query<LayerScanRow>(
      `SELECT layer, state, leased_until > now() AS "isLeased", CASE WHEN layer = ANY ($5) THEN NULL ELSE result END AS result
       FROM image_layer_scans WHERE ${OF_SCANNER} AND layer = ANY ($4) ORDER BY array_position($4, layer)`,
      [...keyOf(scanner), layers, known],
    )
  }

  /** Stores progress. @returns false when the node does not hold the lease. */
  async renew(database: Queryable, report: ImageLayerReport): Promise<boolean> {
    const renewed = await database.execute(
      `UPDATE image_layer_scans SET leased_until = least(now() + ${interval(LIMITS.leaseMs)}, leased_at + ${interval(LIMITS.leaseTotalMs)}),
         size_bytes = $6, bytes_scanned = $7, files_scanned = $8, files_not_scanned = $9, finding_count = $10
       WHERE ${OF_SCANNER} AND layer = $4 AND state = 'scanning' AND node_name = $5 AND leased_at > now() - ${interval(LIMITS.leaseTotalMs)}`,
      [...keyOf(report), report.layer, report.nodeName, ...countsOf(report)],
    )
    return renewed > 0
  }

  /** Stores the outcome. Of two outcomes the one with more findings is kept. */
  async storeResult(database: Queryable, report: ImageLayerReport): Promise<void> {
    await database.execute(
      `INSERT INTO image_layer_scans AS scan (cluster_id, signature_generation, rule_version, layer, node_name, size_bytes, bytes_scanned,
         files_scanned, files_not_scanned, finding_count, result, state, scanned_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'scanned', now())
       ON CONFLICT (cluster_id, layer, signature_generation, rule_version) DO UPDATE SET node_name = excluded.node_name,
         size_bytes = excluded.size_bytes, bytes_scanned = excluded.bytes_scanned, files_scanned = excluded.files_scanned,
         files_not_scanned = excluded.files_not_scanned, finding_count = excluded.finding_count, result = excluded.result, state = 'scanned',
         problem = '', scanned_at = now(), last_used_at = now(), leased_until = '-infinity'
       WHERE scan.state <> 'scanned' OR scan.finding_count < excluded.finding_count`,
      [...keyOf(report), report.layer, report.nodeName, ...countsOf(report), JSON.stringify(report.result)],
    )
  }

  /** Stores why a node cannot scan a layer, which stays free for the others. */
  async storeFailure(database: Queryable, report: ImageLayerReport): Promise<void> {
    await database.execute(
      `UPDATE image_layer_scans SET state = 'failed', problem = $6, node_name = $5, leased_until = now() + ${interval(LIMITS.retryMs)}
       WHERE ${OF_SCANNER} AND layer = $4 AND state <> 'scanned' AND (node_name = $5 OR state <> 'scanning')`,
      [...keyOf(report), report.layer, report.nodeName, report.problem],
    )
  }
}

function keyOf({ clusterId, signatureGeneration, ruleVersion }: Scanner) {
  return [clusterId, signatureGeneration, ruleVersion] as const
}

function countsOf({ sizeBytes, result }: ImageLayerReport) {
  return [sizeBytes, result.bytesScanned, result.filesScanned, result.filesNotScanned, result.findingCount] as const
}
