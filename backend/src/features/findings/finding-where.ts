import { type FindingFilters, SEVERITIES } from '@guardimesh/contracts'
import { containsPattern, Where } from '../../platform/paging/where.js'

/** Text of the search, which has an index. */
const SEARCH_TEXT = 'finding_search_text(signature_name, path, pod_name, namespace, image)'

/**
 * Builds the conditions of the findings list. `matchesFilters` applies the same filters in memory; a test compares the two.
 * Periods refer to the receipt, because the clock of a node may be wrong.
 */
export function findingWhere(filters: FindingFilters): Where {
  return exceptionWhere(filters.exception)
    .addOneOf(
      'finding_severity_rank(severity)',
      filters.severity?.map((severity) => SEVERITIES.indexOf(severity) + 1),
    )
    .addOneOf('scan_source', filters.source)
    .addText('signature_name', filters.signature, SEARCH_TEXT)
    .add('cluster_id = ?', filters.cluster)
    .addText('namespace', filters.namespace, SEARCH_TEXT)
    .addText('node_name', filters.node)
    .addText('pod_name', filters.pod, SEARCH_TEXT)
    .add('container_name = ?', filters.container)
    .addText('image', filters.image, SEARCH_TEXT)
    .add(`sha256 = decode(?, 'hex')`, filters.sha256)
    .add(`${SEARCH_TEXT} ILIKE ?`, filters.search === undefined ? undefined : containsPattern(filters.search))
    .add('received_at >= ?', filters.since)
    .add('received_at <= ?', filters.until)
}

function exceptionWhere(exception = 'none'): Where {
  const where = new Where()
  if (exception === 'all') return where
  if (exception === 'none') return where.addCondition('exception_id IS NULL')
  if (exception === 'any') return where.addCondition('exception_id IS NOT NULL')
  // The index contains only findings with an exception.
  return where.add('exception_id IS NOT NULL AND exception_id = ?::bigint', exception)
}
