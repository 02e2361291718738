import {
  AuditEntryView,
  type AuditExportQuery,
  type AuditPage,
  type AuditQuery,
  type AuditVerification,
  type AuditVerifyQuery,
} from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { ListExport } from '../../platform/exports/exports.service.js'
import { decodeCursor, NUMBER_PART } from '../../platform/paging/cursor.js'
import { pageOfRows, totalOf } from '../../platform/paging/page.js'
import { AuditChain, type KnownEntry } from './audit-chain.js'
import { type EntryRow, entryOf } from './audit-columns.js'
import { AuditLogRepository } from './audit-log.repository.js'

/** Entries that the verification keeps in memory at a time. */
const BATCH = 2_000

/** Reads and verifies the audit log. */
@Injectable()
export class AuditService {
  #running: Promise<unknown> = Promise.resolve()

  constructor(private readonly log: AuditLogRepository) {}

  /** @throws GuardError CURSOR_INVALID. */
  async list({ limit, cursor, ...filters }: AuditQuery): Promise<AuditPage> {
    const list = ['audit', filters]
    const before = cursor === undefined ? undefined : decodeCursor(list, cursor, [NUMBER_PART])[0]
    const rows = await this.log.list(filters, before, limit + 1)
    const page = pageOfRows(list, rows, limit, (row) => [String(row.position)])
    const total = await totalOf(page, cursor, (known) => this.log.count(filters, known))
    return { ...page, ...total, items: page.items.map(entryOf) }
  }

  exportOf({ format, ...filters }: AuditExportQuery): ListExport<EntryRow> {
    const columns = Object.keys(AuditEntryView.shape)
    return { list: 'audit', format, query: filters, columns, itemOf: entryOf, ...this.log.exportSql(filters) }
  }

  /** Verifies the chain from the first entry to the last one. One verification at a time, because it reads the whole log. */
  verify({ position, hash }: AuditVerifyQuery): Promise<AuditVerification> {
    const known = position === undefined || hash === undefined ? undefined : { position, hash }
    const verified = this.#running.then(() => this.#verify(known))
    this.#running = verified.catch(() => undefined)
    return verified
  }

  async #verify(known: KnownEntry | undefined): Promise<AuditVerification> {
    const chain = new AuditChain(await this.log.lastPruned(), known)
    let afterPosition = 0
    for (;;) {
      const links = await this.log.links(afterPosition, BATCH)
      for (const link of links) chain.add(link)
      afterPosition = links.at(-1)?.position ?? afterPosition
      if (links.length < BATCH || chain.isBroken) return chain.result()
    }
  }
}
