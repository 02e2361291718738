import type { FindingFilters, FindingSummary } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { beforeReceipt, RECEIPT } from '../../platform/paging/receipt.js'
import { DETAIL_COLUMNS, type DetailRow, SUMMARY_COLUMNS, type SummaryRow, summaryOf } from './finding-columns.js'
import { findingWhere } from './finding-where.js'

/** Limits the count: a worm can leave millions of copies. */
const SAME_CONTENT_MAX = 10_000

/** Position of a finding in the list: newest first, by its receipt; id and cluster distinguish findings of one transaction. */
export interface FindingPosition {
  readonly receipt: string
  readonly findingId: string
  readonly clusterId: string
}

/** A listed finding with its exact receipt, for the cursor. */
export type ListedFindingRow = SummaryRow & { readonly receipt: string }

/** Read-only SQL of findings. */
@Injectable()
export class FindingRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns up to `limit` findings after a position, newest first. */
  list(filters: FindingFilters, after: FindingPosition | undefined, limit: number): Promise<ListedFindingRow[]> {
    const where = findingWhere(filters)
    if (after) where.add(...beforeReceipt('finding_id', { receipt: after.receipt, id: after.findingId, clusterId: after.clusterId }))
    return this.database.query<ListedFindingRow>(
      `SELECT ${SUMMARY_COLUMNS}, ${RECEIPT} AS receipt FROM findings ${where.sql}
       ORDER BY received_at DESC, finding_id DESC, cluster_id DESC LIMIT ${where.bind(limit)}`,
      where.values,
    )
  }

  /** Returns the findings with these ids, oldest first. */
  async listByIds(findingIds: readonly string[]): Promise<FindingSummary[]> {
    const rows = await this.database.query<SummaryRow>(
      `SELECT ${SUMMARY_COLUMNS} FROM findings WHERE finding_id = ANY($1::uuid[]) ORDER BY findings.finding_id, cluster_id`,
      [findingIds],
    )
    return rows.map(summaryOf)
  }

  async find(findingId: string): Promise<DetailRow | undefined> {
    const rows = await this.database.query<DetailRow>(
      `SELECT ${SUMMARY_COLUMNS}, ${DETAIL_COLUMNS} FROM findings WHERE finding_id = $1 ORDER BY cluster_id LIMIT 1`,
      [findingId],
    )
    return rows[0]
  }

  /** Counts findings with this SHA-256 (hexadecimal), up to 10,000. */
  async countSameContent(sha256: string): Promise<number> {
    const rows = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM (SELECT FROM findings WHERE sha256 = decode($1, 'hex') LIMIT ${SAME_CONTENT_MAX}) AS same`,
      [sha256],
    )
    return rows[0]?.count ?? 0
  }

  /** Counts findings that were received in the last 24 hours, by severity. */
  async countLastDay(): Promise<Map<string, number>> {
    const rows = await this.database.query<{ severity: string; count: number }>(
      `SELECT severity, count(*) AS count FROM findings WHERE received_at >= now() - interval '1 day' GROUP BY severity`,
    )
    return new Map(rows.map(({ severity, count }) => [severity, count]))
  }
}
