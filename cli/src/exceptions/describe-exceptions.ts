import {
  EXCEPTION_CRITERIA,
  EXCEPTION_PREVIEW_DAYS,
  type ExceptionCriteria,
  type ExceptionPreview,
  type ExceptionSample,
  type ExceptionView,
} from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'

/** Digits of a hash that identify it at a glance. */
const SHORT_HASH_LENGTH = 12

/** Lines of a table of exceptions. Pure. */
export function describeExceptions(exceptions: readonly ExceptionView[]): string[] {
  if (exceptions.length === 0) return ['No exceptions.']
  const rows = exceptions.map((one) => [
    String(one.exceptionId),
    one.isUnused ? `${one.state}, matches nothing` : one.state,
    dayOf(one.expiresAt) ?? 'never',
    String(one.hits),
    dayOf(one.lastHitAt) ?? '-',
    one.createdBy,
    criteriaText(one.criteria),
    one.reason,
  ])
  return alignColumns([['ID', 'STATE', 'EXPIRES', 'HITS', 'LAST HIT', 'AUTHOR', 'CRITERIA', 'REASON'], ...rows])
}

/** Lines about what an exception would have hidden. Pure. */
export function describePreview({ isBroad, findings, isMinimum, incidents, hiddenIncidents, samples }: ExceptionPreview): string[] {
  const counts =
    findings === null || incidents === null || hiddenIncidents === null
      ? 'Counting took too long: the criteria match many findings.'
      : `In the last ${EXCEPTION_PREVIEW_DAYS} days: ${isMinimum ? 'at least ' : ''}${formatCount(findings, 'finding')} in ${formatCount(incidents, 'incident')}, ${hiddenIncidents} of them completely.`
  return [
    counts,
    ...(isBroad ? ['The criteria are broad: creating the exception requires --confirm-broad.'] : []),
    ...alignColumns(samples.map(sampleRow)).map((line) => `  ${line}`),
  ]
}

function sampleRow({ receivedAt, signatureName, clusterId, namespace, podName, containerName, path }: ExceptionSample): string[] {
  return [receivedAt, signatureName, clusterId, namespace === '' ? containerName : `${namespace}/${podName}`, path]
}

function criteriaText(criteria: ExceptionCriteria): string {
  const parts = EXCEPTION_CRITERIA.flatMap((name) => {
    const text = criteria[name]
    return text === undefined ? [] : [`${name}=${name === 'sha256' ? `${text.slice(0, SHORT_HASH_LENGTH)}…` : text}`]
  })
  return parts.join(' ')
}

/** Day of a time in UTC; undefined for null. */
function dayOf(moment: string | null): string | undefined {
  return moment?.slice(0, 'yyyy-mm-dd'.length)
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
