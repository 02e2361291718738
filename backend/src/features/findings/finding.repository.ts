import type { FindingFilters, FindingSort, FindingSummary, SortOrder } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import type { ExportSql } from '../../platform/exports/row-cursor.js'
import { countRows, type RowCount } from '../../platform/paging/count-rows.js'
import { afterReceipt, orderByReceipt, RECEIPT, type ReceiptPosition, type SortKey } from '../../platform/paging/receipt.js'
import { DETAIL_COLUMNS, type DetailRow, SUMMARY_COLUMNS, type SummaryRow, summaryOf } from './finding-columns.js'
import { findingWhere } from './finding-where.js'

/** Limits the count: a worm can leave millions of copies. */
const SAME_CONTENT_MAX = 10_000

/** Sort keys with an index; `received` needs no further key. The expression of the path is that of its index. */
const SORT_KEYS: Readonly<Record<FindingSort, SortKey | undefined>> = {
  received: undefined,
  severity: { sql: 'finding_severity_rank(severity)', type: 'integer' },
  path: { sql: 'left(path, 128) COLLATE "C"', type: 'text' },
  workload: { sql: 'pod_name', type: 'text' },
  node: { sql: 'node_name', type: 'text' },
}

/** A listed finding with its sort key and exact receipt, for the cursor. */
export type ListedFindingRow = SummaryRow & { readonly sortKey: string; readonly receipt: string }

/** Part of a sorted list. */
export interface FindingRange {
  readonly sort: FindingSort
  readonly order: SortOrder
  /** undefined for the beginning of the list. */
  readonly after: ReceiptPosition | undefined
  readonly limit: number
}

/** Read-only SQL of findings. */
@Injectable()
export class FindingRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  list(filters: FindingFilters, { sort, order, after, limit }: FindingRange): Promise<ListedFindingRow[]> {
    const where = findingWhere(filters)
    const key = SORT_KEYS[sort]
    const sorted = { idColumn: 'finding_id', order, key }
    if (after) where.add(...afterReceipt(sorted, after))
    return this.database.query<ListedFindingRow>(
      `SELECT ${SUMMARY_COLUMNS}, ${RECEIPT} AS receipt, (${key?.sql ?? "''"})::text AS "sortKey" FROM findings ${where.sql}
       ${orderByReceipt(sorted)} LIMIT ${where.bind(limit)}`,
      where.values,
    )
  }

  /** Returns the statement of all findings in the order of the list. */
  exportSql(filters: FindingFilters, { sort, order }: Pick<FindingRange, 'sort' | 'order'>): ExportSql {
    const where = findingWhere(filters)
    const sorted = orderByReceipt({ idColumn: 'finding_id', order, key: SORT_KEYS[sort] })
    return { sql: `SELECT ${SUMMARY_COLUMNS} FROM findings ${where.sql} ${sorted}`, values: where.values }
  }

  /** Counts findings; `known` of them certainly match. */
  count(filters: FindingFilters, known: number): Promise<RowCount> {
    return countRows(this.database, 'findings', findingWhere(filters), known)
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

  /** Counts findings without an exception that were received in the last 24 hours, by severity. */
  async countLastDay(): Promise<Map<string, number>> {
    const rows = await this.database.query<{ severity: string; count: number }>(
      `SELECT severity, count(*) AS count FROM findings
       WHERE received_at >= now() - interval '1 day' AND exception_id IS NULL GROUP BY severity`,
    )
    return new Map(rows.map(({ severity, count }) => [severity, count]))
  }
}
