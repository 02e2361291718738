import { HOUR_MS, type SignatureFreshness, type SignatureServerStatus, type SignatureStaleness } from '@guardimesh/contracts'

type Databases = SignatureServerStatus['generations'][number]['databases']

/** Returns the latest build time of databases that have one; null without any. Pure. */
export function newestBuiltAt(databases: Databases): Date | null {
  const moments = databases.map(({ builtAt }) => Date.parse(builtAt)).filter((moment) => !Number.isNaN(moment))
  return moments.length === 0 ? null : new Date(Math.max(...moments))
}

/** Returns the latest build time of each kept generation, by name. Pure. */
export function newestByGeneration(status: SignatureServerStatus): Map<string, Date | null> {
  return new Map(status.generations.map(({ generation, databases }) => [generation, newestBuiltAt(databases)]))
}

/** Returns the times from which signatures are outdated and critically outdated. Pure. */
export function staleFrom(builtAt: Date, { warnHours, criticalHours }: SignatureStaleness): { warnAt: Date; criticalAt: Date } {
  const after = (hours: number) => new Date(builtAt.getTime() + hours * HOUR_MS)
  return { warnAt: after(warnHours), criticalAt: after(criticalHours) }
}

/** Rates the age of signatures by their latest build time; null: unknown. Pure. */
export function freshnessOf(builtAt: Date | null | undefined, staleness: SignatureStaleness, now: Date): SignatureFreshness {
  if (!builtAt) return { state: 'unknown', newestBuiltAt: null }
  const { warnAt, criticalAt } = staleFrom(builtAt, staleness)
  const state = now >= criticalAt ? 'critical' : now >= warnAt ? 'old' : 'fresh'
  return { state, newestBuiltAt: builtAt.toISOString() }
}
