import type { FindingFilters } from '@guardimesh/contracts'
import { containsPattern, Where } from '../../platform/paging/where.js'

/**
 * Builds the conditions of the findings list. `matchesFilters` applies the same filters in memory; a test compares the two.
 *
 * The UUIDv7 contains its creation time, shortly after the detection; with one day of tolerance it limits the partitions to read.
 */
export function findingWhere(filters: FindingFilters): Where {
  return new Where()
    .addOneOf('severity', filters.severity)
    .addOneOf('scan_source', filters.source)
    .add('signature_name = ?', filters.signature)
    .add('cluster_id = ?', filters.cluster)
    .add('namespace = ?', filters.namespace)
    .add('node_name = ?', filters.node)
    .add('pod_name = ?', filters.pod)
    .add('container_name = ?', filters.container)
    .add(`sha256 = decode(?, 'hex')`, filters.sha256)
    .add(
      'finding_search_text(signature_name, path, pod_name, namespace, image) ILIKE ?',
      filters.search === undefined ? undefined : containsPattern(filters.search),
    )
    .add(`finding_id >= uuid_at(?::timestamptz - interval '1 day') AND detected_at >= ?`, filters.since, filters.since)
    .add(`finding_id < uuid_at(?::timestamptz + interval '1 day') AND detected_at <= ?`, filters.until, filters.until)
}
