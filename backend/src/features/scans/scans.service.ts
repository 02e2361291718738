import { type ScanExportQuery, type ScanFinding, type ScanPage, type ScanQuery, ScanView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { ListExport } from '../../platform/exports/exports.service.js'
import { decodeCursor, TEXT_PART, UUID_PART } from '../../platform/paging/cursor.js'
import { pageOfRows, totalOf } from '../../platform/paging/page.js'
import { RECEIPT_PART } from '../../platform/paging/receipt.js'
import { findingKey, ScanRepository, type ScanRow } from './scan.repository.js'

/** Columns of the export; the findings have an export of their own. */
const EXPORT_COLUMNS = Object.keys(ScanView.omit({ findings: true }).shape)

/** The list of scans. */
@Injectable()
export class ScansService {
  constructor(private readonly scans: ScanRepository) {}

  /** Lists scans; `cursor` takes precedence over `offset`. @throws GuardError CURSOR_INVALID. */
  async list({ limit, cursor, offset, order, ...filters }: ScanQuery): Promise<ScanPage> {
    const list = ['scans', filters, order]
    const [receipt = '', id = '', clusterId = ''] =
      cursor === undefined ? [] : decodeCursor(list, cursor, [RECEIPT_PART, UUID_PART, TEXT_PART])
    const after = cursor === undefined ? undefined : { key: '', receipt, id, clusterId }
    const rows = await this.scans.list(filters, { order, after, offset: after ? 0 : offset, limit: limit + 1 })
    const page = pageOfRows(list, rows, limit, (row) => [row.receipt, row.resultId, row.clusterId])
    const [findings, total] = await Promise.all([
      this.scans.findingsOf(page.items.flatMap((row) => row.findingIds)),
      totalOf(page, cursor, (known) => this.scans.count(filters, known), offset),
    ])
    return { ...page, ...total, items: page.items.map((row) => viewOf(row, findings)) }
  }

  exportOf({ format, order, ...filters }: ScanExportQuery): ListExport<ScanRow> {
    const statement = this.scans.exportSql(filters, order)
    return { list: 'scans', format, query: { ...filters, order }, columns: EXPORT_COLUMNS, itemOf: factsOf, ...statement }
  }
}

function factsOf({ findingIds: _, receipt: _receipt, ...row }: ScanRow): Omit<ScanView, 'findings'> {
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
  }
}

function viewOf(row: ScanRow, findings: ReadonlyMap<string, ScanFinding>): ScanView {
  return {
    ...factsOf(row),
    findings: row.findingIds
      .map((findingId) => findings.get(findingKey(row.clusterId, findingId)))
      .filter((finding) => finding !== undefined),
  }
}
