import type { PodPage, PodQuery, PodView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { containsPattern, Where } from '../../platform/paging/where.js'

export interface PodRow extends Omit<PodView, 'firstSeenAt' | 'lastSeenAt' | 'goneAt'> {
  readonly podId: number
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  readonly goneAt: Date | null
}

type PodFilters = Omit<PodQuery, 'limit' | 'cursor'>

const COLUMNS = `pod_id AS "podId", cluster_id AS "clusterId", node_name AS "nodeName", namespace, pod_name AS "podName", pod_uid AS "podUid",
  owner, pod_ip AS "podIp", host_ip AS "hostIp", containers, first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt",
  gone_at AS "goneAt"`

/** Numbers of pods and of their containers. */
export type PodTotals = NonNullable<PodPage['totals']>

/** SQL of pods. */
@Injectable()
export class PodRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns pods after the one with this id, newest first. */
  list(filters: PodFilters, afterPodId: string | undefined, limit: number): Promise<PodRow[]> {
    const where = podWhere(filters).add('pod_id < ?::bigint', afterPodId)
    return this.database.query<PodRow>(
      `WITH page AS (
         SELECT * FROM pods ${where.sql} ORDER BY pod_id DESC LIMIT ${where.bind(limit)}
       ), recent AS (
         SELECT cluster_id, namespace, pod_name, count(*) AS findings FROM findings
         WHERE received_at >= now() - interval '1 day' AND exception_id IS NULL AND pod_name IN (SELECT pod_name FROM page)
         GROUP BY cluster_id, namespace, pod_name
       )
       SELECT ${COLUMNS}, coalesce(recent.findings, 0) AS "findingsLastDay"
       FROM page LEFT JOIN recent USING (cluster_id, namespace, pod_name) ORDER BY pod_id DESC`,
      where.values,
    )
  }

  /** Counts the pods of the list and their containers. */
  async totals(filters: PodFilters): Promise<PodTotals> {
    const where = podWhere(filters)
    const rows = await this.database.query<PodTotals>(
      `SELECT count(*) AS pods, coalesce(sum(jsonb_array_length(containers)), 0)::bigint AS containers,
         coalesce(sum(jsonb_array_length(jsonb_path_query_array(containers, '$[*] ? (@.watched == false)'))), 0)::bigint
           AS "containersNotMonitored"
       FROM pods ${where.sql}`,
      where.values,
    )
    return rows[0] ?? { pods: 0, containers: 0, containersNotMonitored: 0 }
  }
}

function podWhere(filters: PodFilters): Where {
  const where = new Where()
    .add('cluster_id = ?', filters.cluster)
    .addText('namespace', filters.namespace)
    .addText('node_name', filters.node)
    .add(
      `concat_ws(' ', pod_name, namespace, owner, containers::text) ILIKE ?`,
      filters.search === undefined ? undefined : containsPattern(filters.search),
    )
    .add(`containers @> '[{"watched": false}]' = ?`, filters.watched === undefined ? undefined : filters.watched === 'false')
  return filters.gone === 'true' ? where : where.add('gone_at IS NULL')
}
