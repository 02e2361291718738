import { TOTAL_MAX } from '@guardimesh/contracts'
import type { Database } from '../database/database.js'
import type { Where } from './where.js'

/** A list must not wait for its count. */
const COUNT_TIMEOUT_MS = 300

export interface RowCount {
  readonly total: number
  readonly totalIsMinimum: boolean
}

/**
 * Counts rows that match, up to TOTAL_MAX and for a limited time.
 *
 * @param known number of rows that certainly match; the result if counting takes too long.
 */
export async function countRows(database: Database, table: string, where: Where, known: number): Promise<RowCount> {
  const sql = `SELECT count(*) AS count FROM (SELECT FROM ${table} ${where.sql} LIMIT ${TOTAL_MAX + 1}) AS counted`
  const rows = await database.queryWithin<{ count: number }>(COUNT_TIMEOUT_MS, sql, where.values)
  const count = rows?.[0]?.count ?? known
  return { total: Math.min(count, TOTAL_MAX), totalIsMinimum: rows === undefined || count > TOTAL_MAX }
}
