import {
  CLOCK_OFFSET_MAX_MS,
  DAY_MS,
  type NodeSignatures,
  SECOND_MS,
  type SignatureAlert,
  type SignatureImport,
  type SignatureServerStatus,
  type SignatureStaleness,
} from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'
import { freshnessOf, newestByGeneration } from './freshness.js'

import { stalledRollOut } from './stalled-roll-out.js'

/** A rejected import raises no alert after this time. */
const REJECTED_IMPORT_MAX_AGE_MS = 7 * DAY_MS
/** Maximum names in an alert; it states the total as well. */
const NAMES_MAX = 10

export type ExpectedAlert = Pick<SignatureAlert, 'kind' | 'subject' | 'message' | 'facts'>
interface KnownNode extends Pick<NodeSignatures, 'nodeName' | 'state' | 'generation' | 'refusedGeneration' | 'refusal'> {
  /** Node's clock minus the backend's; null if unknown. */
  readonly clockOffsetMs: number | null
  /** Failed parts of the self-test; empty if it passed. */
  readonly selfTestFailed: string
  readonly selfTestDetail: string
}
/** Input for alerts. */
export interface SignatureWorld {
  readonly status: SignatureServerStatus
  readonly staleness: SignatureStaleness
  readonly nodes: readonly KnownNode[]
  /** Last time at which a reporting canary node had the candidate loaded; undefined if none had. */
  readonly lastLoadedAt: Date | undefined
  readonly now: Date
}

/** Returns the alerts that must be open; at most one per kind and subject. Pure. */
export function expectedAlerts(world: SignatureWorld): ExpectedAlert[] {
  return [ageAlerts, rollOutAlerts, importAlerts, nodeAlerts, clockAlerts, selfTestAlerts].flatMap((alertsOf) => alertsOf(world))
}

function ageAlerts({ status, staleness, now }: SignatureWorld): ExpectedAlert[] {
  const generation = status.activeGeneration
  const { state, newestBuiltAt } = freshnessOf(newestByGeneration(status).get(generation), staleness, now)
  if (newestBuiltAt === null || (state !== 'old' && state !== 'critical')) return []
  const [kind, hours] =
    state === 'old' ? (['stale-warning', staleness.warnHours] as const) : (['stale-critical', staleness.criticalHours] as const)
  const message = `The newest database of the active generation ${generation} was built at ${newestBuiltAt}, more than ${formatCount(hours, 'hour')} ago. Import newer signatures.`
  // Not the generation: another active generation with the same age is not another alert.
  return [{ kind, subject: 'active', message, facts: { generation, newestBuiltAt, hours } }]
}

function rollOutAlerts({ status: { rollOut }, ...world }: SignatureWorld): ExpectedAlert[] {
  const stalled = rollOut && stalledRollOut({ ...world, rollOut })
  if (stalled) return [{ kind: 'roll-out-stalled', subject: rollOut.generation, ...stalled }]
  if (rollOut?.state !== 'held') return []
  const { generation, reason, nodes, startedAt } = rollOut
  const message = `The rollout of ${generation} is held on ${formatCount(nodes.length, 'canary node')}: ${reason || 'held by a user.'}`
  return [{ kind: 'roll-out-held', subject: generation, message, facts: { reason, startedAt, nodes: nodes.slice(0, NAMES_MAX) } }]
}

/** A rejected import raises an alert until a later import is published. */
function importAlerts({ status: { imports }, now }: SignatureWorld): ExpectedAlert[] {
  const publishedAt = Math.max(0, ...imports.filter(({ state }) => state === 'published').map(endedAtMs))
  return imports
    .filter((one) => one.state === 'refused' && endedAtMs(one) > Math.max(publishedAt, now.getTime() - REJECTED_IMPORT_MAX_AGE_MS))
    .map(({ importId, importedBy, check, message, files }) => ({
      kind: 'import-refused',
      subject: importId,
      message: `An import${importedBy === '' ? '' : ` by ${importedBy}`} was rejected by the check "${check}": ${message}`,
      facts: { check, importedBy, files: files.slice(0, NAMES_MAX) },
    }))
}

// Alerts about nodes count silent nodes with their last report: silence must not clear an alert.

/** Returns one alert per offered generation that nodes rejected. */
function nodeAlerts({ status: { activeGeneration, rollOut }, nodes }: SignatureWorld): ExpectedAlert[] {
  const offered = new Set([activeGeneration, rollOut?.generation ?? activeGeneration])
  return [...offered].flatMap((generation) => {
    const rejecting = reportingFirst(nodes.filter(({ refusedGeneration }) => refusedGeneration === generation))
    const [first] = rejecting
    if (!first || generation === '') return []
    const message = `${shareOf(rejecting, nodes)} rejected generation ${generation}. Reason on ${first.nodeName}: ${first.refusal}`
    return [{ kind: 'node-refused', subject: generation, message, facts: { ...countsOf(rejecting, nodes), refusal: first.refusal } }]
  })
}

/** Only reporting nodes can be investigated now. Keeps the order otherwise. */
function reportingFirst(nodes: readonly KnownNode[]): KnownNode[] {
  return [...nodes.filter(({ state }) => state === 'reporting'), ...nodes.filter(({ state }) => state === 'silent')]
}

/** "2 nodes", or "1 of 21 nodes (20 silent)". Pure. */
function shareOf(affected: readonly KnownNode[], nodes: readonly KnownNode[]): string {
  const { total, silent } = countsOf(affected, nodes)
  return silent === 0 ? formatCount(affected.length, 'node') : `${affected.length} of ${formatCount(total, 'node')} (${silent} silent)`
}

function countsOf(affected: readonly KnownNode[], nodes: readonly KnownNode[]) {
  const silent = nodes.filter(({ state }) => state === 'silent').length
  return { nodes: affected.length, total: nodes.length, silent, names: affected.map(({ nodeName }) => nodeName).slice(0, NAMES_MAX) }
}

/** Returns one alert for all nodes whose clock is wrong: times of their results are wrong, and certificates may seem invalid to them. */
function clockAlerts({ nodes }: SignatureWorld): ExpectedAlert[] {
  const wrong = nodes
    .filter(({ clockOffsetMs }) => Math.abs(clockOffsetMs ?? 0) > CLOCK_OFFSET_MAX_MS)
    .sort((a, b) => Math.abs(b.clockOffsetMs ?? 0) - Math.abs(a.clockOffsetMs ?? 0))
  const [worst] = wrong
  if (!worst) return []
  const offsetSeconds = Math.round((worst.clockOffsetMs ?? 0) / SECOND_MS)
  const direction = offsetSeconds > 0 ? 'ahead' : 'behind'
  const message =
    `The clock of ${shareOf(wrong, nodes)} is off by more than a minute: ${worst.nodeName} is ` +
    `${formatCount(Math.abs(offsetSeconds), 'second')} ${direction}. Check the time synchronization.`
  return [{ kind: 'node-clock', subject: 'nodes', message, facts: { ...countsOf(wrong, nodes), offsetSeconds } }]
}

/** Returns one alert for all nodes whose self-test failed: malware may go undetected on them. */
function selfTestAlerts({ nodes }: SignatureWorld): ExpectedAlert[] {
  const failed = reportingFirst(nodes.filter(({ selfTestFailed }) => selfTestFailed !== ''))
  const [first] = failed
  if (!first) return []
  const message =
    `The self-test of ${shareOf(failed, nodes)} failed, so malware may go undetected there. ` +
    `Reason on ${first.nodeName}: ${first.selfTestDetail}`
  const facts = { ...countsOf(failed, nodes), failed: first.selfTestFailed, detail: first.selfTestDetail }
  return [{ kind: 'node-self-test', subject: 'nodes', message, facts }]
}

function endedAtMs({ endedAt }: SignatureImport): number {
  return endedAt === null ? 0 : Date.parse(endedAt)
}
