import {
  type FindingExportQuery,
  type FindingFilters,
  type FindingPage,
  type FindingQuery,
  FindingSummary,
  type FindingView,
  SEVERITIES,
  type SeverityName,
} from '@guardimesh/contracts'
import { GuardError, parseUuid } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import type { ListExport } from '../../platform/exports/exports.service.js'
import { decodeCursor, TEXT_PART, UUID_PART } from '../../platform/paging/cursor.js'
import { pageOfRows, totalOf } from '../../platform/paging/page.js'
import { RECEIPT_PART } from '../../platform/paging/receipt.js'
import { SightingsService } from '../sightings/sightings.service.js'
import { explain } from './explain.js'
import { FindingRepository } from './finding.repository.js'
import { type SummaryRow, summaryOf } from './finding-columns.js'

/** Reads findings. */
@Injectable()
export class FindingsService {
  constructor(
    private readonly findings: FindingRepository,
    private readonly sightings: SightingsService,
  ) {}

  /** @throws GuardError CURSOR_INVALID. */
  async list({ limit, cursor, sort, order, ...filters }: FindingQuery): Promise<FindingPage> {
    const list = ['findings', filters, sort, order]
    const [key = '', receipt = '', id = '', clusterId = ''] =
      cursor === undefined ? [] : decodeCursor(list, cursor, [TEXT_PART, RECEIPT_PART, UUID_PART, TEXT_PART])
    const after = cursor === undefined ? undefined : { key, receipt, id, clusterId }
    const rows = await this.findings.list(filters, { sort, order, after, limit: limit + 1 })
    const page = pageOfRows(list, rows, limit, (row) => [row.sortKey, row.receipt, row.findingId, row.clusterId])
    const [total, excepted] = await Promise.all([
      totalOf(page, cursor, (known) => this.findings.count(filters, known)),
      this.#countExcepted(filters, cursor),
    ])
    return { ...page, ...total, excepted, items: page.items.map(({ receipt: _, sortKey: _key, ...row }) => summaryOf(row)) }
  }

  async #countExcepted({ exception = 'none', ...filters }: FindingFilters, cursor: string | undefined): Promise<FindingPage['excepted']> {
    if (exception !== 'none' || cursor !== undefined) return null
    return this.findings.count({ ...filters, exception: 'any' }, 0)
  }

  exportOf({ format, sort, order, ...filters }: FindingExportQuery): ListExport<SummaryRow> {
    const query = { ...filters, sort, order }
    const statement = this.findings.exportSql(filters, { sort, order })
    return { list: 'findings', format, query, columns: Object.keys(FindingSummary.shape), itemOf: summaryOf, ...statement }
  }

  /** @throws GuardError FINDING_NOT_FOUND. */
  async read(findingId: string): Promise<FindingView> {
    const row = parseUuid(findingId) ? await this.findings.find(findingId) : undefined
    if (!row) throw new GuardError('FINDING_NOT_FOUND', 'finding not found; it may be older than the retention period')
    const { sha256 } = row
    const [sameContentCount, seen] =
      sha256 === null
        ? [1, null]
        : await Promise.all([this.findings.countSameContent(sha256), this.sightings.historyOf({ ...row, sha256 })])
    return {
      ...row,
      detectedAt: row.detectedAt.toISOString(),
      receivedAt: row.receivedAt.toISOString(),
      modifiedAt: row.modifiedAt?.toISOString() ?? null,
      changedAt: row.changedAt?.toISOString() ?? null,
      explanation: explain(row.scanSource, row.signatureName),
      sameContentCount,
      seen,
    }
  }

  /** Counts findings of the last 24 hours for each severity. */
  async countLastDay(): Promise<Record<SeverityName, number>> {
    const counts = await this.findings.countLastDay()
    return Object.fromEntries(SEVERITIES.map((severity) => [severity, counts.get(severity) ?? 0])) as Record<SeverityName, number>
  }
}
