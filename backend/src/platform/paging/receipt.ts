import type { SortOrder } from '@guardimesh/contracts'

/** Format of a receipt in a cursor: microseconds, because several transactions commit in one millisecond. */
export const RECEIPT_PART = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?$/

/** SQL of the exact receipt of a row, for its cursor. */
export const RECEIPT = `(received_at AT TIME ZONE 'UTC')::text`

/** Order of a list: by a key if there is one, then by receipt, id and cluster, all in the same direction, so that an index returns it. */
export interface ReceiptOrder {
  readonly idColumn: string
  readonly order: SortOrder
  readonly key?: SortKey | undefined
}

/** Sort key of a list. */
export interface SortKey {
  readonly sql: string
  /** PostgreSQL type. */
  readonly type: 'integer' | 'text'
}

/** Position in a list. */
export interface ReceiptPosition {
  /** Empty without a key. */
  readonly key: string
  readonly receipt: string
  readonly id: string
  readonly clusterId: string
}

/** Returns the ORDER BY clause. Pure. */
export function orderByReceipt({ idColumn, order, key }: ReceiptOrder): string {
  const columns = [...(key ? [key.sql] : []), 'received_at', idColumn, 'cluster_id']
  return `ORDER BY ${columns.map((column) => `${column} ${order}`).join(', ')}`
}

/** Returns the arguments of `Where.add` for rows after a position. The first condition enables the index. Pure. */
export function afterReceipt({ idColumn, order, key }: ReceiptOrder, position: ReceiptPosition): [string, ...string[]] {
  const { receipt, id, clusterId } = position
  const moment = `(?::timestamp AT TIME ZONE 'UTC')`
  const compare = order === 'desc' ? '<' : '>'
  const columns = `received_at, ${idColumn}, cluster_id`
  const values = `${moment}, ?::uuid, ?`
  if (!key) return [`received_at ${compare}= ${moment} AND (${columns}) ${compare} (${values})`, receipt, receipt, id, clusterId]
  return [
    `${key.sql} ${compare}= ?::${key.type} AND (${key.sql}, ${columns}) ${compare} (?::${key.type}, ${values})`,
    ...[position.key, position.key, receipt, id, clusterId],
  ]
}
