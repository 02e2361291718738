import type { AuditFilters } from '@guardimesh/contracts'
import { containsPattern, Where } from '../../platform/paging/where.js'

/** Text of the search. */
const SEARCH_TEXT = `concat_ws(' ', actor_name, action, target, client_ip, request_id, details::text)`

/** Builds the conditions of the audit log. */
export function auditWhere(filters: AuditFilters): Where {
  return new Where()
    .addText('actor_name', filters.actor)
    .addText('action', filters.action)
    .addText('target', filters.target)
    .add('result = ?', filters.result)
    .add(`${SEARCH_TEXT} ILIKE ?`, filters.search === undefined ? undefined : containsPattern(filters.search))
    .add('at >= ?', filters.since)
    .add('at <= ?', filters.until)
}
