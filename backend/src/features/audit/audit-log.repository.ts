import type { AuditFilters } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import type { ExportSql } from '../../platform/exports/row-cursor.js'
import { countRows, type RowCount } from '../../platform/paging/count-rows.js'
import { ENTRY_COLUMNS, type EntryRow } from './audit-columns.js'
import { auditWhere } from './audit-where.js'

/** A link of the chain; hashes are hexadecimal. */
export interface ChainLink {
  readonly position: number
  readonly previousHash: string
  readonly hash: string
  /** What the hash covers besides the previous hash. */
  readonly content: string
}

/** Last entry that was deleted because of its age. */
export interface PrunedEntry {
  readonly position: number
  readonly hash: string
}

/** Read-only SQL of the audit log. */
@Injectable()
export class AuditLogRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns entries before a position, newest first. */
  list(filters: AuditFilters, beforePosition: string | undefined, limit: number): Promise<EntryRow[]> {
    const where = auditWhere(filters).add('position < ?::bigint', beforePosition)
    return this.database.query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM audit_log ${where.sql} ORDER BY position DESC LIMIT ${where.bind(limit)}`,
      where.values,
    )
  }

  /** Returns the statement of all entries in the order of the list. */
  exportSql(filters: AuditFilters): ExportSql {
    const where = auditWhere(filters).add('position IS NOT NULL')
    return { sql: `SELECT ${ENTRY_COLUMNS} FROM audit_log ${where.sql} ORDER BY position DESC`, values: where.values }
  }

  /** Counts entries; `known` of them certainly match. */
  count(filters: AuditFilters, known: number): Promise<RowCount> {
    return countRows(this.database, 'audit_log', auditWhere(filters), known)
  }

  /** Returns links after a position, oldest first. */
  links(afterPosition: number, limit: number): Promise<ChainLink[]> {
    return this.database.query<ChainLink>(
      `SELECT position, encode(previous_hash, 'hex') AS "previousHash", encode(hash, 'hex') AS hash, audit_content(audit_log) AS content
       FROM audit_log WHERE position > $1 ORDER BY position LIMIT $2`,
      [afterPosition, limit],
    )
  }

  /** Returns the last entry that prune_audit_log deleted; undefined if it never deleted one. */
  async lastPruned(): Promise<PrunedEntry | undefined> {
    const rows = await this.database.query<PrunedEntry>(
      `SELECT (details->>'lastPosition')::bigint AS position, details->>'lastHash' AS hash FROM audit_log
       WHERE action = 'audit-log.prune' AND actor_kind = 'system' ORDER BY position DESC LIMIT 1`,
    )
    return rows[0]
  }
}
