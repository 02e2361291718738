import type { ScanFinding, ScanPage, ScanQuery, ScanView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { decodeCursor, TEXT_PART, UUID_PART } from '../../platform/paging/cursor.js'
import { pageOfRows, totalOf } from '../../platform/paging/page.js'
import { RECEIPT_PART } from '../../platform/paging/receipt.js'
import { findingKey, ScanRepository, type ScanRow } from './scan.repository.js'

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
}

function viewOf({ findingIds, receipt: _, ...row }: ScanRow, findings: ReadonlyMap<string, ScanFinding>): ScanView {
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    findings: findingIds.map((findingId) => findings.get(findingKey(row.clusterId, findingId))).filter((finding) => finding !== undefined),
  }
}
