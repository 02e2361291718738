import { CLOCK_OFFSET_MAX_MS, type NodeView } from '@guardimesh/contracts'
import type en from '../../i18n/en.json'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { formatSpan } from '../../ui/format-time.js'
import { isOutdated } from './is-outdated.js'

type IssueName<Key = keyof typeof en.nodes.issue> = Key extends `${infer Name}_one` | `${infer Name}_other` ? Name : Key

/** A problem of a node: the name of its text and the values in it. */
export interface NodeIssue {
  readonly name: Exclude<IssueName, 'none'>
  readonly values: Readonly<Record<string, string | number>>
}

/**
 * Returns the problems of a node that need attention, the most urgent first. Pure.
 *
 * @param activeGeneration empty if there is none or it is unknown.
 */
export function findNodeIssues(node: NodeView, activeGeneration: string): NodeIssue[] {
  const notMonitored = node.containersTotal - node.containersWatched
  const counted = (count: number) => ({ count, shown: formatCount(count) })
  const candidates: readonly (readonly [isPresent: boolean, name: NodeIssue['name'], values?: NodeIssue['values']])[] = [
    [node.state === 'silent', 'silent'],
    [node.selfTestFailed !== '', 'selfTest', { detail: node.selfTestDetail }],
    [node.refusedGeneration !== '', 'refused', { generation: node.refusedGeneration, detail: node.refusal }],
    [isOutdated(node, activeGeneration), 'outdated'],
    [node.configError !== '', 'config', { detail: node.configError }],
    [notMonitored > 0, 'notMonitored', counted(notMonitored)],
    [node.resultsLost > 0, 'lost', counted(node.resultsLost)],
    [node.spoolResults > 0, 'spool', { ...counted(node.spoolResults), size: formatBytes(node.spoolBytes) }],
    ...clockIssue(node.clockOffsetMs ?? 0),
    [node.eventOverflows > 0, 'overflow', counted(node.eventOverflows)],
  ]
  return candidates.flatMap(([isPresent, name, values = {}]) => (isPresent ? [{ name, values }] : []))
}

function clockIssue(offsetMs: number) {
  const offset = formatSpan(Math.abs(offsetMs))
  return [[Math.abs(offsetMs) > CLOCK_OFFSET_MAX_MS, offsetMs > 0 ? 'clockAhead' : 'clockBehind', { offset }]] as const
}

/** As `findNodeIssues`, without results that wait to be sent, which every busy node has for a moment. Pure. */
export function findUrgentIssues(node: NodeView, activeGeneration: string): NodeIssue[] {
  return findNodeIssues(node, activeGeneration).filter(({ name }) => name !== 'spool')
}

/** Sorts nodes with problems first: silent ones, then by the number of problems. Keeps the order of the others. Pure. */
export function sortByIssues(nodes: readonly NodeView[], activeGeneration: string): NodeView[] {
  const rank = (node: NodeView) => (node.state === 'silent' ? 1000 : 0) + findUrgentIssues(node, activeGeneration).length
  const ranks = new Map(nodes.map((node) => [node, rank(node)]))
  return nodes.toSorted((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0))
}
