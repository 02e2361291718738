import {
  type FRESHNESS,
  HOUR_MS,
  type SignatureDatabase,
  type SignatureGeneration,
  type SignatureImport,
  type SignatureStaleness,
  type SignaturesView,
} from '@guardimesh/contracts'

/** Numbers of nodes by the generation they have loaded. */
export interface NodeUptake {
  nodes: number
  nodesCurrent: number
  /** Nodes with the generation of the rollout: newer than active, so not outdated. */
  nodesAhead: number
  /** Other loaded generations, most nodes first. An empty name means nodes without signatures. */
  outdated: SignaturesView['nodes']
}

/** Counts nodes by generation. `activeGeneration` is empty if unknown; `rolledOut` is empty without a rollout. Pure. */
export function buildUptake(nodes: SignaturesView['nodes'], activeGeneration: string, rolledOut = ''): NodeUptake {
  const has = (wanted: string) => nodes.filter(({ generation }) => wanted !== '' && generation === wanted)
  const [current, ahead] = [has(activeGeneration), has(rolledOut)]
  return {
    nodes: countNodes(nodes),
    nodesCurrent: countNodes(current),
    nodesAhead: countNodes(ahead),
    outdated: nodes
      .filter((group) => group.nodes > 0 && !current.includes(group) && !ahead.includes(group))
      .toSorted((a, b) => b.nodes - a.nodes),
  }
}

const countNodes = (groups: SignaturesView['nodes']) => groups.reduce((sum, { nodes }) => sum + nodes, 0)

/** Counts the nodes that have loaded a generation. Pure. */
export function countNodesWith(view: SignaturesView, generation: string): number {
  return countNodes(view.nodes.filter((group) => group.generation === generation))
}

/** Returns the active generation; undefined if there is none. */
export function findActiveGeneration({
  activeGeneration,
  generations,
}: NonNullable<SignaturesView['server']>): SignatureGeneration | undefined {
  return generations.find(({ generation }) => generation === activeGeneration)
}

/** Returns the latest rejected import, unless a later one was published. `imports` are newest first. Pure. */
export function findOpenRejection(imports: readonly SignatureImport[]): SignatureImport | undefined {
  const latest = imports.find(({ state }) => state === 'published' || state === 'refused')
  return latest?.state === 'refused' ? latest : undefined
}

/**
 * Sums up the databases of a generation. Pure.
 *
 * @returns `signatures` is undefined if no database has a count; `newestBuiltAt` (ISO 8601) if none has a valid date.
 */
export function sumDatabases(databases: readonly SignatureDatabase[]) {
  const counts = databases.flatMap(({ signatures }) => signatures ?? [])
  const builtMs = databases.flatMap(({ builtAt }) => parseBuiltAt(builtAt) ?? [])
  return {
    sizeBytes: databases.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    signatures: counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0),
    newestBuiltAt: builtMs.length === 0 ? undefined : new Date(Math.max(...builtMs)).toISOString(),
  }
}

/** Parses the build time of a database to Unix time in milliseconds; undefined if it is invalid. */
export function parseBuiltAt(builtAt: string): number | undefined {
  const atMs = Date.parse(builtAt)
  return Number.isNaN(atMs) ? undefined : atMs
}

/** Rates the age of a database by the configured thresholds. Pure. */
export function rateFreshness(
  builtAt: string,
  { warnHours, criticalHours }: SignatureStaleness,
  nowMs: number,
): (typeof FRESHNESS)[number] {
  const atMs = parseBuiltAt(builtAt)
  if (atMs === undefined) return 'unknown'
  const ageMs = nowMs - atMs
  if (ageMs >= criticalHours * HOUR_MS) return 'critical'
  return ageMs >= warnHours * HOUR_MS ? 'old' : 'fresh'
}

/** ClamAV updates these once in years, so their age is not a problem. */
export const isRarelyChanged = (path: string) => /^clamav\/(main|bytecode)\.c[vlu]d$/.test(path)

export interface DatabaseChange {
  name: string
  /** null: not included in that generation. */
  from: SignatureDatabase | null
  to: SignatureDatabase | null
}

/** Lists the databases that differ between two generations, by name. Pure. */
export function listDatabaseChanges(from: SignatureGeneration, to: SignatureGeneration): DatabaseChange[] {
  const paths = [...new Set([...from.databases, ...to.databases].map(({ path }) => path))].toSorted()
  const find = ({ databases }: SignatureGeneration, path: string) => databases.find((database) => database.path === path) ?? null
  return paths
    .map((path) => ({ name: fileNameOf(path), from: find(from, path), to: find(to, path) }))
    .filter((change) => change.from?.sha256 !== change.to?.sha256)
}

/** Returns "daily.cvd" for "clamav/daily.cvd". */
export const fileNameOf = (path: string) => path.split('/').at(-1) ?? path

/** Finds an import by its ID; undefined if it is not in the list (yet or any longer). Pure. */
export function findImport(imports: readonly SignatureImport[], importId: string | undefined): SignatureImport | undefined {
  return importId === undefined ? undefined : imports.find((entry) => entry.importId === importId)
}
