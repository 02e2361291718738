import type { ExceptionCriteria, ExceptionCriterion } from '@guardimesh/contracts'
import type { Queryable } from '../../platform/database/database.js'
import { type Glob, matchesGlob, parseGlob } from './glob.js'

/** The fields of a finding that exceptions match. */
export interface MatchableFinding {
  /** Hexadecimal; null without a hash. */
  readonly sha256: string | null
  readonly signatureName: string
  /** As shown. */
  readonly path: string
  readonly image: string
  readonly imageDigest: string
  readonly podName: string
  readonly containerName: string
  readonly namespace: string
  readonly clusterId: string
}

/** An active exception. */
export interface ActiveException {
  readonly exceptionId: number
  readonly criteria: ExceptionCriteria
  readonly expiresAt: Date | null
}

interface CompiledException extends ActiveException {
  readonly path: Glob | undefined
  readonly workload: Glob | undefined
}

/** Criteria with an index, the most selective first. */
const INDEXED = ['sha256', 'signature', 'namespace', 'cluster'] as const satisfies readonly ExceptionCriterion[]
type IndexedCriterion = (typeof INDEXED)[number]

/** Active exceptions, indexed by a criterion each, so that a finding is compared with few of them. Immutable. */
export class ExceptionMatcher {
  readonly #byCriterion = new Map<string, CompiledException[]>()
  /** Exceptions without an indexed criterion. */
  readonly #others: CompiledException[] = []

  constructor(exceptions: readonly ActiveException[]) {
    for (const exception of exceptions) {
      const { criteria } = exception
      const name = INDEXED.find((one) => criteria[one] !== undefined)
      const compiled = { ...exception, path: globOf(criteria.path), workload: globOf(criteria.workload) }
      if (name === undefined) this.#others.push(compiled)
      else this.#listOf(name, criteria[name] ?? '').push(compiled)
    }
  }

  get isEmpty(): boolean {
    return this.#others.length === 0 && this.#byCriterion.size === 0
  }

  /** Returns the exception with the lowest id that a finding matches; null if it matches none. */
  match(finding: MatchableFinding, nowMs: number): number | null {
    let found: number | null = null
    for (const list of this.#candidates(finding))
      for (const exception of list)
        if ((found === null || exception.exceptionId < found) && matches(exception, finding, nowMs)) found = exception.exceptionId
    return found
  }

  *#candidates({ sha256, signatureName, namespace, clusterId }: MatchableFinding): Generator<readonly CompiledException[]> {
    yield this.#others
    if (this.#byCriterion.size === 0) return
    const values = { sha256: sha256 ?? '', signature: signatureName, namespace, cluster: clusterId }
    for (const name of INDEXED) yield this.#byCriterion.get(keyOf(name, values[name])) ?? []
  }

  #listOf(name: IndexedCriterion, value: string): CompiledException[] {
    const key = keyOf(name, value)
    const list = this.#byCriterion.get(key) ?? []
    this.#byCriterion.set(key, list)
    return list
  }
}

function keyOf(name: IndexedCriterion, value: string): string {
  return `${name}:${value}`
}

function globOf(pattern: string | undefined): Glob | undefined {
  return pattern === undefined ? undefined : parseGlob(pattern)
}

/** Patterns last, because they take longest. */
function matches({ criteria, path, workload, expiresAt }: CompiledException, finding: MatchableFinding, nowMs: number): boolean {
  const { sha256, signature, image, namespace, cluster } = criteria
  return (
    (expiresAt === null || expiresAt.getTime() > nowMs) &&
    (sha256 === undefined || sha256 === finding.sha256) &&
    (signature === undefined || signature === finding.signatureName) &&
    (namespace === undefined || namespace === finding.namespace) &&
    (cluster === undefined || cluster === finding.clusterId) &&
    (image === undefined || image === finding.image || image === finding.imageDigest) &&
    (workload === undefined || matchesGlob(workload, finding.podName === '' ? finding.containerName : finding.podName)) &&
    (path === undefined || matchesGlob(path, finding.path))
  )
}

/** Reads the active exceptions. */
export async function readMatcher(database: Queryable): Promise<ExceptionMatcher> {
  const rows = await database.query<ActiveException>(
    `SELECT exception_id AS "exceptionId", criteria, expires_at AS "expiresAt" FROM exceptions
     WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) ORDER BY exception_id`,
  )
  return new ExceptionMatcher(rows)
}

// Sorted, so that concurrent transactions lock rows in the same order.
const COUNT_HITS = `
UPDATE exceptions SET hits = hits + locked.added, last_hit_at = greatest(last_hit_at, now())
FROM (
  SELECT exception_id, added FROM exceptions JOIN unnest($1::bigint[], $2::bigint[]) AS new (hit_id, added) ON hit_id = exception_id
  ORDER BY exception_id FOR UPDATE OF exceptions
) AS locked
WHERE exceptions.exception_id = locked.exception_id`

/**
 * Counts findings that this transaction has stored with exceptions. Call it late, because the exceptions stay locked until the commit, but before
 * incidents are changed.
 *
 * @param exceptionIds of all stored findings; null for those without an exception.
 */
export async function countHits(tx: Queryable, exceptionIds: readonly (number | null)[]): Promise<void> {
  const counts = new Map<number, number>()
  for (const id of exceptionIds) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  if (counts.size > 0) await tx.execute(COUNT_HITS, [[...counts.keys()], [...counts.values()]])
}
