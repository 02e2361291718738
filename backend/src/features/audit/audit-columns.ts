import type { AuditEntryView } from '@guardimesh/contracts'

type Json = AuditEntryView['before']

/** Columns of an audit log entry; times are Dates. */
export const ENTRY_COLUMNS = `position, at, actor_kind AS "actorKind", actor_id AS "actorId", actor_name AS "actorName", action, target, result,
  client_ip AS "clientIp", request_id AS "requestId", details, encode(hash, 'hex') AS hash`

export interface EntryRow extends Omit<AuditEntryView, 'at' | 'before' | 'after'> {
  readonly at: Date
}

/** Converts a row to its wire format. Pure. */
export function entryOf({ details: { before = null, after = null, ...details }, ...row }: EntryRow): AuditEntryView {
  return { ...row, at: row.at.toISOString(), before: before as Json, after: after as Json, details }
}
