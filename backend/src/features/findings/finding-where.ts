import type { FindingFilters } from '@guardimesh/contracts'
import { containsPattern, Where } from '../../platform/paging/where.js'

/**
 * The conditions of the findings list. `matchesFilters` says the same about one finding in memory; a test compares the two.
 *
 * An id holds the moment when the node made it, which follows the detection at once; with a day of slack it names the partitions to read.
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
