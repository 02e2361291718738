import {
  DAY_MS,
  type NodeSignatures,
  type SignatureAlert,
  type SignatureImport,
  type SignatureServerStatus,
  type SignatureStaleness,
} from '@guardimesh/contracts'
import { freshnessOf, newestByGeneration } from './freshness.js'
import { stalledRollOut } from './stalled-roll-out.js'

/** Somebody who did nothing about a refused import for so long will not. */
const REFUSAL_MAX_AGE_MS = 7 * DAY_MS
/** Nodes that an alert names; it tells how many there are. */
const NAMES_MAX = 10

export type ExpectedAlert = Pick<SignatureAlert, 'kind' | 'subject' | 'message' | 'facts'>
/** What alerts are made of. */
export interface SignatureWorld {
  readonly status: SignatureServerStatus
  readonly staleness: SignatureStaleness
  readonly nodes: readonly Pick<NodeSignatures, 'nodeName' | 'state' | 'generation' | 'refusedGeneration' | 'refusal'>[]
  /** When a canary node that reports had the generation of the roll-out loaded last; undefined when none had. */
  readonly lastLoadedAt: Date | undefined
  readonly now: Date
}

/** What people should hear in a world like this; at most one for each kind and subject. Pure. */
export function expectedAlerts(world: SignatureWorld): ExpectedAlert[] {
  return [...aboutAge(world), ...aboutRollOut(world), ...aboutImports(world), ...aboutNodes(world)]
}

function aboutAge({ status, staleness, now }: SignatureWorld): ExpectedAlert[] {
  const generation = status.activeGeneration
  const { state, newestBuiltAt } = freshnessOf(newestByGeneration(status).get(generation), staleness, now)
  if (newestBuiltAt === null || (state !== 'old' && state !== 'critical')) return []
  const [kind, hours] =
    state === 'old' ? (['stale-warning', staleness.warnHours] as const) : (['stale-critical', staleness.criticalHours] as const)
  const message = `The newest database of the live generation ${generation} was made ${newestBuiltAt}, more than ${hours} hours ago: carry newer signatures in.`
  // Of whichever generation is live: another one that is as old is no other alert.
  return [{ kind, subject: 'active', message, facts: { generation, newestBuiltAt, hours } }]
}

function aboutRollOut({ status: { rollOut }, ...world }: SignatureWorld): ExpectedAlert[] {
  const stalled = rollOut && stalledRollOut({ ...world, rollOut })
  if (stalled) return [{ kind: 'roll-out-stalled', subject: rollOut.generation, ...stalled }]
  if (rollOut?.state !== 'held') return []
  const { generation, reason, nodes, startedAt } = rollOut
  const message = `The roll-out of ${generation} is held on ${pluralize(nodes.length, 'canary node')}: ${reason || 'somebody held it'}`
  return [{ kind: 'roll-out-held', subject: generation, message, facts: { reason, startedAt, nodes: nodes.slice(0, NAMES_MAX) } }]
}

/** A refusal stands until something else was brought in after it. */
function aboutImports({ status: { imports }, now }: SignatureWorld): ExpectedAlert[] {
  const publishedAt = Math.max(0, ...imports.filter(({ state }) => state === 'published').map(endedAtMs))
  return imports
    .filter((one) => one.state === 'refused' && endedAtMs(one) > Math.max(publishedAt, now.getTime() - REFUSAL_MAX_AGE_MS))
    .map(({ importId, importedBy, check, message, files }) => ({
      kind: 'import-refused',
      subject: importId,
      message: `An import${importedBy === '' ? '' : ` of ${importedBy}`} was refused by the check "${check}": ${message}`,
      facts: { check, importedBy, files: files.slice(0, NAMES_MAX) },
    }))
}

/** One alert for each generation that is offered and that nodes refused, however many they are. */
function aboutNodes({ status: { activeGeneration, rollOut }, nodes }: SignatureWorld): ExpectedAlert[] {
  const offered = new Set([activeGeneration, rollOut?.generation ?? activeGeneration])
  return [...offered].flatMap((generation) => {
    const refusing = nodes.filter(({ state, refusedGeneration }) => state === 'reporting' && refusedGeneration === generation)
    const [first] = refusing
    if (!first || generation === '') return []
    const names = refusing.map(({ nodeName }) => nodeName).slice(0, NAMES_MAX)
    const message = `${pluralize(refusing.length, 'node')} refused the generation ${generation}, ${first.nodeName} because: ${first.refusal}`
    return [{ kind: 'node-refused', subject: generation, message, facts: { nodes: refusing.length, names, refusal: first.refusal } }]
  })
}

function endedAtMs({ endedAt }: SignatureImport): number {
  return endedAt === null ? 0 : Date.parse(endedAt)
}

function pluralize(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
