import { HOUR_MS, MINUTE_MS, type NodeSignatures, type RollOut } from '@guardimesh/contracts'

/** Canary nodes ask for the catalogue at once, and load the largest set in minutes. */
const NEVER_LOADED_MS = HOUR_MS
/** A node that restarts takes less. */
const LOADED_NO_MORE_MS = 15 * MINUTE_MS
/** Nodes of one kind that the message names. */
const NAMES_MAX = 10

/** What tells whether a roll-out goes on. */
export interface StallEvidence {
  readonly rollOut: RollOut
  /** All nodes that are known. */
  readonly nodes: readonly Pick<NodeSignatures, 'nodeName' | 'state' | 'generation'>[]
  /** When a canary node that reports had it loaded last; undefined when none had. */
  readonly lastLoadedAt: Date | undefined
  readonly now: Date
}

/** Its canary nodes, by why they do not have the generation loaded. */
interface Waiting {
  readonly unknown: string[]
  readonly silent: string[]
  /** With the generation that they have. */
  readonly others: string[]
}

/** Why a roll-out waits for nodes that will not load it by themselves, and for which. Pure. @returns undefined as long as it may still go on. */
export function stalledRollOut(evidence: StallEvidence): { message: string; facts: Record<string, string | string[]> } | undefined {
  const { rollOut, lastLoadedAt, now } = evidence
  if (rollOut.state !== 'canary') return undefined
  const sinceMs = now.getTime() - (lastLoadedAt?.getTime() ?? Date.parse(rollOut.startedAt))
  if (sinceMs <= (lastLoadedAt ? LOADED_NO_MORE_MS : NEVER_LOADED_MS)) return undefined
  const waiting = groupByReason(evidence)
  const why = lastLoadedAt
    ? `no canary node that reports has had it loaded since ${lastLoadedAt.toISOString()}`
    : `no canary node has had it loaded since it began at ${rollOut.startedAt}`
  const message =
    `The roll-out of ${rollOut.generation} stands still: ${why}. ${describe(waiting, rollOut.nodes.length)} ` +
    'Look at the puller of these nodes, or promote or discard the generation; other canary nodes, chosen in the settings, count from the next roll-out on.'
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
  if (unknown.length === count) return `No node with the name of a canary node is known here: ${listed(unknown)}. Correct the names.`
  const parts = [
    ['Silent', silent],
    ['Reporting, with another generation', others],
    ['Not known here, perhaps a wrong name', unknown],
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
