import { HOUR_MS, MINUTE_MS, type NodeSignatures, type RollOut } from '@guardimesh/contracts'

/** Canary nodes poll the catalogue immediately and load the largest set within minutes. */
const FIRST_LOAD_TIMEOUT_MS = HOUR_MS
/** A restart of a node takes less. */
const RELOAD_TIMEOUT_MS = 15 * MINUTE_MS
/** Maximum node names per group in the message. */
const NAMES_MAX = 10

/** Input for detecting a stalled rollout. */
export interface StallEvidence {
  readonly rollOut: RollOut
  /** All known nodes. */
  readonly nodes: readonly Pick<NodeSignatures, 'nodeName' | 'state' | 'generation'>[]
  /** Last time at which a reporting canary node had it loaded; undefined if none had. */
  readonly lastLoadedAt: Date | undefined
  readonly now: Date
}

/** Canary nodes without the generation, by reason. */
interface Waiting {
  readonly unknown: string[]
  readonly silent: string[]
  /** With their loaded generation. */
  readonly others: string[]
}

/** Explains why a rollout is stalled and on which nodes. Pure. @returns undefined while it may still proceed. */
export function stalledRollOut(evidence: StallEvidence): { message: string; facts: Record<string, string | string[]> } | undefined {
  const { rollOut, lastLoadedAt, now } = evidence
  if (rollOut.state !== 'canary') return undefined
  const sinceMs = now.getTime() - (lastLoadedAt?.getTime() ?? Date.parse(rollOut.startedAt))
  if (sinceMs <= (lastLoadedAt ? RELOAD_TIMEOUT_MS : FIRST_LOAD_TIMEOUT_MS)) return undefined
  const waiting = groupByReason(evidence)
  const why = lastLoadedAt
    ? `no reporting canary node has had it loaded since ${lastLoadedAt.toISOString()}`
    : `no canary node has loaded it since it started at ${rollOut.startedAt}`
  const message =
    `The rollout of ${rollOut.generation} is stalled: ${why}. ${describe(waiting, rollOut.nodes.length)} ` +
    'Check the puller on these nodes, or promote or discard the generation. A change of canary nodes in the settings applies to the next rollout.'
  const { unknown, silent, others } = waiting
  const facts = { startedAt: rollOut.startedAt, unknown: unknown.slice(0, NAMES_MAX), silent: silent.slice(0, NAMES_MAX) }
  return { message, facts: { ...facts, others: others.slice(0, NAMES_MAX) } }
}

function groupByReason({ rollOut, nodes }: StallEvidence): Waiting {
  const waiting: Waiting = { unknown: [], silent: [], others: [] }
  const known = Map.groupBy(nodes, ({ nodeName }) => nodeName)
  for (const name of rollOut.nodes) {
    const ofName = known.get(name)
    const reporting = ofName?.find(({ state }) => state === 'reporting')
    if (!ofName) waiting.unknown.push(name)
    else if (reporting) waiting.others.push(`${name} (${reporting.generation || 'none'})`)
    else waiting.silent.push(name)
  }
  return waiting
}

function describe({ unknown, silent, others }: Waiting, count: number): string {
  if (unknown.length === count) return `None of the canary nodes exists: ${listed(unknown)}. Correct the names in the settings.`
  const parts = [
    ['Silent', silent],
    ['Reporting with another generation', others],
    ['Unknown, check the name', unknown],
  ] as const
  return parts
    .filter(([, names]) => names.length > 0)
    .map(([title, names]) => `${title}: ${listed(names)}.`)
    .join(' ')
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMES_MAX
  return `${names.slice(0, NAMES_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
