import { DAY_MS, type SignatureDatabase, type SignatureGeneration, type SignatureImport, type SignaturesView } from '@guardimesh/contracts'

/** From this age on ClamAV's own programs warn. Source: clamscan, "The virus database is older than 7 days!" */
const OLD_AFTER_MS = 7 * DAY_MS

/** How far nodes have taken over the live generation. */
export interface RollOut {
  nodes: number
  nodesCurrent: number
  /** Other generations that nodes have loaded, most nodes first. An empty name stands for nodes that have loaded none. */
  behind: SignaturesView['nodes']
}

/** Pure. `liveGeneration` is empty when it is not known: then no node is current. */
export function buildRollOut(nodes: SignaturesView['nodes'], liveGeneration: string): RollOut {
  const isCurrent = ({ generation }: { generation: string }) => generation !== '' && generation === liveGeneration
  return {
    nodes: countNodes(nodes),
    nodesCurrent: countNodes(nodes.filter(isCurrent)),
    behind: nodes.filter((group) => group.nodes > 0 && !isCurrent(group)).toSorted((a, b) => b.nodes - a.nodes),
  }
}

const countNodes = (groups: SignaturesView['nodes']) => groups.reduce((sum, { nodes }) => sum + nodes, 0)

/** How many nodes have loaded one generation. Pure. */
export function nodesWith(view: SignaturesView, generation: string): number {
  return countNodes(view.nodes.filter((group) => group.generation === generation))
}

/** The generation in force; undefined while there is none. */
export function liveOf({ liveGeneration, generations }: NonNullable<SignaturesView['server']>): SignatureGeneration | undefined {
  return generations.find(({ generation }) => generation === liveGeneration)
}

/** The refusal that nothing published has answered yet. `imports` are newest first. Pure. */
export function openRefusal(imports: readonly SignatureImport[]): SignatureImport | undefined {
  const latest = imports.find(({ state }) => state === 'published' || state === 'refused')
  return latest?.state === 'refused' ? latest : undefined
}

/**
 * What a generation's databases come to. Pure.
 *
 * @returns `signatures` undefined when no database tells its count; `newestBuiltAt` (ISO 8601) undefined when none tells a moment.
 */
export function sumUp(databases: readonly SignatureDatabase[]) {
  const counts = databases.flatMap(({ signatures }) => signatures ?? [])
  const builtMs = databases.flatMap(({ builtAt }) => momentOf(builtAt) ?? [])
  return {
    sizeBytes: databases.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    signatures: counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0),
    newestBuiltAt: builtMs.length === 0 ? undefined : new Date(Math.max(...builtMs)).toISOString(),
  }
}

/** Unix time in milliseconds of a build time, which is as the database tells it; undefined when it cannot be read. */
export function momentOf(builtAt: string): number | undefined {
  const atMs = Date.parse(builtAt)
  return Number.isNaN(atMs) ? undefined : atMs
}

/** Pure. */
export function isOld(newestBuiltAt: string, nowMs: number): boolean {
  return nowMs - Date.parse(newestBuiltAt) > OLD_AFTER_MS
}
