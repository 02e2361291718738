import type { ResultGapQuery, ResultGapView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { Where } from '../../platform/paging/where.js'

export interface ResultGapRow extends Omit<ResultGapView, 'fromAt' | 'toAt' | 'receivedAt'> {
  readonly fromAt: Date
  readonly toAt: Date
  readonly receivedAt: Date
  /** `receivedAt` in microseconds since 1970, for the cursor. */
  readonly receivedUs: string
}

type ResultGapFilters = Omit<ResultGapQuery, 'limit' | 'cursor'>

/** Position of a gap in the list. */
export interface ResultGapPosition {
  readonly receivedUs: string
  readonly gapId: string
}

const RECEIVED_US = '(extract(epoch FROM received_at) * 1000000)::bigint'

const COLUMNS = `gap_id AS "gapId", cluster_id AS "clusterId", node_name AS "nodeName", reason, from_at AS "fromAt", to_at AS "toAt",
  finding_results AS "findingResults", findings, clean_results AS "cleanResults", sightings, received_at AS "receivedAt",
  ${RECEIVED_US}::text AS "receivedUs"`

/** SQL of result gaps. */
@Injectable()
export class ResultGapRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns gaps after a position, last received first. */
  list(filters: ResultGapFilters, after: ResultGapPosition | undefined, limit: number): Promise<ResultGapRow[]> {
    const where = new Where().add('cluster_id = ?', filters.cluster).add('node_name = ?', filters.node)
    if (after) where.add(`(${RECEIVED_US}, gap_id) < (?::bigint, ?::uuid)`, after.receivedUs, after.gapId)
    return this.database.query<ResultGapRow>(
      `SELECT ${COLUMNS} FROM gaps ${where.sql} ORDER BY ${RECEIVED_US} DESC, gap_id DESC LIMIT ${where.bind(limit)}`,
      where.values,
    )
  }
}
