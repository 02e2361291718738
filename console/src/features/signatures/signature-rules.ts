import {
  type FRESHNESS,
  HOUR_MS,
  type SignatureDatabase,
  type SignatureGeneration,
  type SignatureImport,
  type SignatureStaleness,
  type SignaturesView,
} from '@guardimesh/contracts'

/** How far nodes have taken over the live generation. */
export interface Uptake {
  nodes: number
  nodesCurrent: number
  /** Those that have what is rolled out: they are ahead, not behind. */
  nodesAhead: number
  /** Other generations that nodes have loaded, most nodes first. An empty name stands for nodes that have loaded none. */
  behind: SignaturesView['nodes']
}

/** Pure. `activeGeneration` is empty when it is not known: then no node is current. `rolledOut` is empty while nothing is rolled out. */
export function buildUptake(nodes: SignaturesView['nodes'], activeGeneration: string, rolledOut = ''): Uptake {
  const has = (wanted: string) => nodes.filter(({ generation }) => wanted !== '' && generation === wanted)
  const [current, ahead] = [has(activeGeneration), has(rolledOut)]
  return {
    nodes: countNodes(nodes),
    nodesCurrent: countNodes(current),
    nodesAhead: countNodes(ahead),
    behind: nodes
      .filter((group) => group.nodes > 0 && !current.includes(group) && !ahead.includes(group))
      .toSorted((a, b) => b.nodes - a.nodes),
  }
}

const countNodes = (groups: SignaturesView['nodes']) => groups.reduce((sum, { nodes }) => sum + nodes, 0)

/** How many nodes have loaded one generation. Pure. */
export function nodesWith(view: SignaturesView, generation: string): number {
  return countNodes(view.nodes.filter((group) => group.generation === generation))
}

/** The generation in force; undefined while there is none. */
export function liveOf({ activeGeneration, generations }: NonNullable<SignaturesView['server']>): SignatureGeneration | undefined {
  return generations.find(({ generation }) => generation === activeGeneration)
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

/** How old one database is, by the site's own bounds. Pure. */
export function freshnessOf(builtAt: string, { warnHours, criticalHours }: SignatureStaleness, nowMs: number): (typeof FRESHNESS)[number] {
  const atMs = momentOf(builtAt)
  if (atMs === undefined) return 'unknown'
  const ageMs = nowMs - atMs
  if (ageMs >= criticalHours * HOUR_MS) return 'critical'
  return ageMs >= warnHours * HOUR_MS ? 'old' : 'fresh'
}

/** ClamAV's authors change these once in years: their age says nothing. */
export const isRarelyChanged = (path: string) => /^clamav\/(main|bytecode)\.c[vlu]d$/.test(path)

export interface DatabaseChange {
  name: string
  /** null: not in that generation. A database without a version has version null in `SignatureDatabase`. */
  from: SignatureDatabase | null
  to: SignatureDatabase | null
}

/** What is different in the databases of another generation, by name. Pure. */
export function databaseChanges(from: SignatureGeneration, to: SignatureGeneration): DatabaseChange[] {
  const paths = [...new Set([...from.databases, ...to.databases].map(({ path }) => path))].toSorted()
  const find = ({ databases }: SignatureGeneration, path: string) => databases.find((database) => database.path === path) ?? null
  return paths
    .map((path) => ({ name: fileNameOf(path), from: find(from, path), to: find(to, path) }))
    .filter((change) => change.from?.sha256 !== change.to?.sha256)
}

/** "daily.cvd" of "clamav/daily.cvd". */
export const fileNameOf = (path: string) => path.split('/').at(-1) ?? path

/** Where one import stands; undefined when it is not in the list (yet, or any more). Pure. */
export function importOf(imports: readonly SignatureImport[], importId: string | undefined): SignatureImport | undefined {
  return importId === undefined ? undefined : imports.find((entry) => entry.importId === importId)
}
