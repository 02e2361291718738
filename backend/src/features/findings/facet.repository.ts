import { FACET_FINDINGS_MAX, type FacetValues, type FindingFacet, type FindingFilters } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { containsPattern } from '../../platform/paging/where.js'
import { findingWhere } from './finding-where.js'

/** Suggestions must not occupy the database for longer than a user waits for them. */
const TIMEOUT_MS = 1_000
/** Maximum suggestions; a longer text narrows them. */
const VALUES_MAX = 20

const COLUMNS: Readonly<Record<FindingFacet, string>> = {
  namespace: 'namespace',
  node: 'node_name',
  pod: 'pod_name',
  image: 'image',
  signature: 'signature_name',
}

interface FacetRow {
  readonly value: string
  readonly count: number
  readonly counted: number
}

/** SQL that counts findings by the values of a filter. */
@Injectable()
export class FacetRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /**
   * Returns the most frequent values of a filter among the newest findings that match the other filters.
   *
   * @param text part of the values, ignoring case.
   */
  async list(facet: FindingFacet, filters: FindingFilters, text: string): Promise<FacetValues> {
    const where = findingWhere({ ...filters, [facet]: undefined })
    const counted = FACET_FINDINGS_MAX + 1
    const sql = `WITH recent AS MATERIALIZED (
        SELECT ${COLUMNS[facet]} AS value FROM findings ${where.sql} ORDER BY received_at DESC LIMIT ${counted}
      )
      SELECT value, count(*) AS count, (SELECT count(*) FROM recent) AS counted FROM recent
      WHERE value <> '' AND value ILIKE ${where.bind(containsPattern(text))} GROUP BY value ORDER BY count(*) DESC, value LIMIT ${VALUES_MAX}`
    const rows = await this.database.queryWithin<FacetRow>(TIMEOUT_MS, sql, where.values)
    if (!rows) return { values: [], countsAreMinimum: true }
    return {
      values: rows.map(({ value, count }) => ({ value, count })),
      countsAreMinimum: rows.some((row) => row.counted === counted),
    }
  }
}
