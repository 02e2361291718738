import type { ScanFinding, ScanQuery, ScanView, SortOrder } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import type { ExportSql } from '../../platform/exports/row-cursor.js'
import { countRows, type RowCount } from '../../platform/paging/count-rows.js'
import { afterReceipt, orderByReceipt, RECEIPT, type ReceiptPosition } from '../../platform/paging/receipt.js'
import { Where } from '../../platform/paging/where.js'

export interface ScanRow extends Omit<ScanView, 'startedAt' | 'finishedAt' | 'receivedAt' | 'findings'> {
  readonly startedAt: Date
  readonly finishedAt: Date
  readonly receivedAt: Date
  readonly findingIds: readonly string[]
  /** Exact receipt, for the cursor. */
  readonly receipt: string
}

/** Part of a list of scans. */
export interface ScanRange {
  readonly order: SortOrder
  readonly after: ReceiptPosition | undefined
  readonly offset: number
  readonly limit: number
}

type ScanFilters = Pick<ScanQuery, 'startDate' | 'endDate' | 'cluster' | 'namespace' | 'infected'>

/** Maximum findings per scan; the findings list contains all. */
const FINDINGS_SHOWN = 100

const COLUMNS = `result_id AS "resultId", cluster_id AS "clusterId", node_name AS "nodeName", namespace, pod_name AS "podName",
  pod_ip AS "podIp", host_ip AS "hostIp", container_name AS "containerName", container_id AS "containerId", image, trigger,
  started_at AS "startedAt", finished_at AS "finishedAt", received_at AS "receivedAt", files_scanned AS "filesScanned",
  bytes_scanned AS "bytesScanned", files_cached AS "filesCached", files_not_scanned AS "filesNotScanned",
  finding_count AS "totalFindings", finding_ids[1:${FINDINGS_SHOWN}] AS "findingIds", signature_generation AS "signatureGeneration"`

/** SQL of scans. */
@Injectable()
export class ScanRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns scans after a position or from an offset, by their receipt: the clock of a node may be wrong. */
  list(filters: ScanFilters, { order, after, offset, limit }: ScanRange): Promise<ScanRow[]> {
    const where = scanWhere(filters)
    const sorted = { idColumn: 'result_id', order }
    if (after) where.add(...afterReceipt(sorted, after))
    return this.database.query<ScanRow>(
      `SELECT ${COLUMNS}, ${RECEIPT} AS receipt FROM scan_results ${where.sql} ${orderByReceipt(sorted)}
       LIMIT ${where.bind(limit)} OFFSET ${where.bind(offset)}`,
      where.values,
    )
  }

  /** Returns the statement of all scans in the order of the list. */
  exportSql(filters: ScanFilters, order: SortOrder): ExportSql {
    const where = scanWhere(filters)
    const sorted = orderByReceipt({ idColumn: 'result_id', order })
    return { sql: `SELECT ${COLUMNS}, '' AS receipt FROM scan_results ${where.sql} ${sorted}`, values: where.values }
  }

  /** Counts scans; `known` of them certainly match. */
  count(filters: ScanFilters, known: number): Promise<RowCount> {
    return countRows(this.database, 'scan_results', scanWhere(filters), known)
  }

  /** Returns findings by `findingKey`, for the scans of a page. */
  async findingsOf(findingIds: readonly string[]): Promise<Map<string, ScanFinding>> {
    if (findingIds.length === 0) return new Map()
    const rows = await this.database.query<ScanFinding & { clusterId: string }>(
      `SELECT cluster_id AS "clusterId", finding_id AS "findingId", signature_name AS "signatureName", path, scan_source AS "scanSource", severity,
         encode(sha256, 'hex') AS sha256
       FROM findings WHERE finding_id = ANY($1::uuid[])`,
      [findingIds],
    )
    return new Map(rows.map(({ clusterId, ...finding }) => [findingKey(clusterId, finding.findingId), finding]))
  }
}

function scanWhere(filters: ScanFilters): Where {
  const where = new Where()
    .add('cluster_id = ?', filters.cluster)
    .addText('namespace', filters.namespace)
    .add('received_at >= ?', filters.startDate)
    .add('received_at <= ?', filters.endDate)
  if (filters.infected === undefined) return where
  return where.add(filters.infected === 'true' ? 'finding_count > 0' : 'finding_count = 0')
}

/** Returns the key of a finding. Includes the cluster, because a malicious cluster could reuse an id. Pure. */
export function findingKey(clusterId: string, findingId: string): string {
  return `${findingId} ${clusterId}`
}
