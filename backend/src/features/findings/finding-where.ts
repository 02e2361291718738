import type { FindingFilters } from '@guardimesh/contracts'
import { containsPattern, Where } from '../../platform/paging/where.js'

/**
 * Builds the conditions of the findings list. `matchesFilters` applies the same filters in memory; a test compares the two.
 * Periods refer to the receipt, because the clock of a node may be wrong.
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
    .add('received_at >= ?', filters.since)
    .add('received_at <= ?', filters.until)
}
