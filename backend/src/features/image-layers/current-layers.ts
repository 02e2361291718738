import { IMAGE_LAYER_LIMITS, SECOND_MS } from '@guardimesh/contracts'

/** SQL condition for rows of layers and images that running containers use. */
export const IN_USE = `last_used_at > now() - make_interval(secs => ${IMAGE_LAYER_LIMITS.usedWithinMs / SECOND_MS})`

/**
 * SQL of the layers in use, each with its scan with the newest signatures, and its state now: a node that lost its lease does not scan any more.
 * During a rollout nodes use two generations.
 */
export const CURRENT_LAYERS = `current AS (
  SELECT DISTINCT ON (cluster_id, layer) cluster_id, layer, node_name, problem, size_bytes, bytes_scanned, files_not_scanned, finding_count,
    leased_at, scanned_at, CASE WHEN state = 'scanning' AND leased_until < now() THEN 'waiting' ELSE state END AS state
  FROM image_layer_scans WHERE ${IN_USE}
  ORDER BY cluster_id, layer, signature_generation DESC, last_used_at DESC)`
