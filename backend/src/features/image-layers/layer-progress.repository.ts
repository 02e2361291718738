import { type ImageLayerProgress, IMAGE_LAYER_LIMITS as LIMITS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { boundedSum } from '../../platform/database/bounded-sum.js'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { CURRENT_LAYERS } from './current-layers.js'

type ScanRow = Omit<ImageLayerProgress['scans'][number], 'startedAt'> & { readonly startedAt: Date }

const IMAGES = `ARRAY(SELECT image FROM image_layer_images AS used WHERE used.cluster_id = current.cluster_id AND used.layer = current.layer
  ORDER BY image LIMIT ${LIMITS.imagesPerLayer}) AS images`
/** Layers of the images that are scanned now resemble each other more than earlier ones, and the load of the nodes changes. */
const LAYER_DURATION = `(SELECT avg(duration) FROM (
  SELECT scanned_at - leased_at AS duration FROM current WHERE scanned_at > leased_at ORDER BY scanned_at DESC LIMIT 20) AS newest)`
/** A node claims its next layer within this time. */
const BETWEEN_LAYERS = `interval '3 seconds'`
const LOCATION = 'cluster_id AS "clusterId", node_name AS "nodeName", layer'

/** SQL of the progress of all layers. */
@Injectable()
export class LayerProgressRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Estimates the remaining time by the duration of the newest scans, and the nodes that scan now or are between two layers. */
  async totals(): Promise<Omit<ImageLayerProgress, 'scans' | 'failures'>> {
    const [row] = await this.database.query<Omit<ImageLayerProgress, 'scans' | 'failures'>>(
      `WITH ${CURRENT_LAYERS}
       SELECT count(*) AS total, count(*) FILTER (WHERE state = 'scanned') AS scanned, count(*) FILTER (WHERE state = 'scanning') AS scanning,
         count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'failed') AS failed,
         ${boundedSum('bytes_scanned')} AS "bytesScanned", ${boundedSum('finding_count')} AS "findingCount",
         ceil(extract(epoch FROM ${LAYER_DURATION})
           * count(*) FILTER (WHERE state IN ('waiting', 'scanning'))
           / greatest(count(DISTINCT (cluster_id, node_name)) FILTER (WHERE state = 'scanning' OR scanned_at > now() - ${BETWEEN_LAYERS}), 1))::bigint
           AS "remainingSeconds"
       FROM current`,
    )
    if (!row) throw new Error('an aggregate without GROUP BY returns one row')
    return row
  }

  /** Returns the layers that nodes scan now, the longest scan first. */
  scans(): Promise<ScanRow[]> {
    return this.database.query<ScanRow>(
      `WITH ${CURRENT_LAYERS}
       SELECT ${LOCATION}, ${IMAGES}, size_bytes AS "sizeBytes", bytes_scanned AS "bytesScanned", leased_at AS "startedAt" FROM current
       WHERE state = 'scanning' ORDER BY leased_at, layer LIMIT ${LIMITS.listed}`,
    )
  }

  /** Returns the layers that could not be scanned. */
  failures(): Promise<ImageLayerProgress['failures']> {
    return this.database.query(
      `WITH ${CURRENT_LAYERS}
       SELECT ${LOCATION}, ${IMAGES}, problem FROM current WHERE state = 'failed' ORDER BY 1, 3 LIMIT ${LIMITS.listed}`,
    )
  }
}
