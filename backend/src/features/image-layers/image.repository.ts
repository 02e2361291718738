import { type ImageQuery, type ImageView, IMAGE_LAYER_LIMITS as LIMITS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { boundedSum } from '../../platform/database/bounded-sum.js'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { containsPattern, Where } from '../../platform/paging/where.js'
import { CURRENT_LAYERS, IN_USE } from './current-layers.js'

const WORKLOADS = `SELECT namespace, pod_name AS "podName", node_name AS "nodeName", count(*) OVER () AS total FROM pods
  WHERE pods.cluster_id = page."clusterId" AND gone_at IS NULL AND containers @> jsonb_build_array(jsonb_build_object('image', page.image))
  ORDER BY namespace, pod_name LIMIT ${LIMITS.workloads}`

/** SQL of images. */
@Injectable()
export class ImageRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns images after this one, by name and cluster. */
  list(
    filters: Omit<ImageQuery, 'limit' | 'cursor'>,
    after: Pick<ImageView, 'image' | 'clusterId'> | undefined,
    limit: number,
  ): Promise<ImageView[]> {
    const where = new Where()
      .add('state = ?', filters.state)
      .add('"clusterId" = ?', filters.cluster)
      .add('image ILIKE ?', filters.search === undefined ? undefined : containsPattern(filters.search))
      .add('(image, "clusterId") > (?, ?)', after?.image, after?.clusterId)
    if (filters.findings) where.add('"findingCount" > ?', 0)
    return this.database.query<ImageView>(
      `WITH ${CURRENT_LAYERS}, images AS (
         SELECT used.cluster_id AS "clusterId", image, count(*) AS layers, count(*) FILTER (WHERE state = 'scanned') AS "layersScanned",
           count(*) FILTER (WHERE state = 'failed') AS "layersFailed", ${boundedSum('files_not_scanned')} AS "filesNotScanned",
           ${boundedSum('finding_count')} AS "findingCount", CASE WHEN bool_and(state = 'scanned') THEN 'scanned' ELSE 'pending' END AS state
         FROM (SELECT * FROM image_layer_images WHERE ${IN_USE}) AS used JOIN current USING (cluster_id, layer) GROUP BY 1, 2
       ), page AS (SELECT * FROM images ${where.sql} ORDER BY image, "clusterId" LIMIT ${where.bind(limit)})
       SELECT page.*, coalesce(workloads.total, 0) AS "workloadCount", coalesce(workloads.list, '[]') AS workloads
       FROM page CROSS JOIN LATERAL (
         SELECT max(total) AS total, jsonb_agg(to_jsonb(pod) - 'total') AS list FROM (${WORKLOADS}) AS pod) AS workloads
       ORDER BY image, "clusterId"`,
      where.values,
    )
  }
}
