import { HOUR_MS, type SignatureFreshness, type SignatureServerStatus, type SignatureStaleness } from '@guardimesh/contracts'

type Databases = SignatureServerStatus['generations'][number]['databases']

/** When the newest of some databases was made, by those that say so; null when none does. Pure. */
export function newestBuiltAt(databases: Databases): Date | null {
  const moments = databases.map(({ builtAt }) => Date.parse(builtAt)).filter((moment) => !Number.isNaN(moment))
  return moments.length === 0 ? null : new Date(Math.max(...moments))
}

/** Newest build time of each generation that the server keeps, by the generation's name. Pure. */
export function newestByGeneration(status: SignatureServerStatus): Map<string, Date | null> {
  return new Map(status.generations.map(({ generation, databases }) => [generation, newestBuiltAt(databases)]))
}

/** From when on signatures that were made at a moment are old, and critically old. Pure. */
export function staleFrom(builtAt: Date, { warnHours, criticalHours }: SignatureStaleness): { warnAt: Date; criticalAt: Date } {
  const after = (hours: number) => new Date(builtAt.getTime() + hours * HOUR_MS)
  return { warnAt: after(warnHours), criticalAt: after(criticalHours) }
}

/** How old signatures are whose newest database was made at a moment; null: nobody knows. Pure. */
export function freshnessOf(builtAt: Date | null | undefined, staleness: SignatureStaleness, now: Date): SignatureFreshness {
  if (!builtAt) return { state: 'unknown', newestBuiltAt: null }
  const { warnAt, criticalAt } = staleFrom(builtAt, staleness)
  const state = now >= criticalAt ? 'critical' : now >= warnAt ? 'old' : 'fresh'
  return { state, newestBuiltAt: builtAt.toISOString() }
}
