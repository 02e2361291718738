/** Format of a receipt in a cursor: microseconds, because several transactions commit in one millisecond. */
export const RECEIPT_PART = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?$/

/** SQL of the exact receipt of a row, for its cursor. */
export const RECEIPT = `(received_at AT TIME ZONE 'UTC')::text`

/** Position in a list that is ordered by `received_at DESC, <id> DESC, cluster_id DESC`. */
export interface ReceiptPosition {
  readonly receipt: string
  readonly id: string
  readonly clusterId: string
}

/** Returns the arguments of `Where.add` for rows after a position. The first condition enables the index. Pure. */
export function beforeReceipt(idColumn: string, { receipt, id, clusterId }: ReceiptPosition): [string, ...string[]] {
  const moment = `(?::timestamp AT TIME ZONE 'UTC')`
  return [
    `received_at <= ${moment} AND (received_at, ${idColumn}, cluster_id) < (${moment}, ?::uuid, ?)`,
    ...[receipt, receipt, id, clusterId],
  ]
}
