import type { CoveragePage, CoverageQuery, CoverageView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { boundedSum } from '../../platform/database/bounded-sum.js'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import type { ExportSql } from '../../platform/exports/row-cursor.js'
import { containsPattern, Where } from '../../platform/paging/where.js'

export interface CoverageRow extends Omit<CoverageView, 'firstSeenAt' | 'lastSeenAt'> {
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
}

type CoverageFilters = Omit<CoverageQuery, 'limit' | 'cursor'>

const COLUMNS = `coverage_id::text AS "coverageId", reason, path, count, size_bytes AS "sizeBytes", detail, cluster_id AS "clusterId",
  node_name AS "nodeName", namespace, pod_name AS "podName", container_name AS "containerName", container_id AS "containerId", image,
  first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt"`

/** SQL of coverage. */
@Injectable()
export class CoverageRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns entries after the one with this id, newest first. */
  list(filters: CoverageFilters, afterCoverageId: string | undefined, limit: number): Promise<CoverageRow[]> {
    const where = coverageWhere(filters).add('reason = ?', filters.reason).add('coverage_id < ?::bigint', afterCoverageId)
    return this.database.query<CoverageRow>(
      `SELECT ${COLUMNS} FROM coverage ${where.sql} ORDER BY coverage.coverage_id DESC LIMIT ${where.bind(limit)}`,
      where.values,
    )
  }

  /** Returns the statement of all entries in the order of the list. */
  exportSql(filters: CoverageFilters): ExportSql {
    const where = coverageWhere(filters).add('reason = ?', filters.reason)
    return { sql: `SELECT ${COLUMNS} FROM coverage ${where.sql} ORDER BY coverage.coverage_id DESC`, values: where.values }
  }

  /** Counts entries and files by reason; ignores `filters.reason`. */
  totals(filters: CoverageFilters): Promise<CoveragePage['totals']> {
    const where = coverageWhere(filters)
    return this.database.query(
      `SELECT reason, count(*) AS entries, ${boundedSum('count')} AS files FROM coverage ${where.sql} GROUP BY reason ORDER BY reason`,
      where.values,
    )
  }
}

function coverageWhere(filters: CoverageFilters): Where {
  return new Where()
    .add('cluster_id = ?', filters.cluster)
    .addText('namespace', filters.namespace)
    .addText('node_name', filters.node)
    .add('pod_name = ?', filters.pod)
    .add('container_name = ?', filters.container)
    .add('last_seen_at >= ?', filters.since)
    .add(
      `concat_ws(' ', path, detail, pod_name, namespace, image) ILIKE ?`,
      filters.search === undefined ? undefined : containsPattern(filters.search),
    )
}
