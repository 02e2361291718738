import { EXCEPTION_CRITERIA, type ExceptionCriterion } from '@guardimesh/contracts'

/** What is known about a finding or incident; missing and empty facts are unknown. `path` and `workload` are texts, not patterns. */
export type ExceptionSource = Readonly<Partial<Record<ExceptionCriterion, string | null>>>

/** Criteria as texts of a form; empty for those that are not used. */
export type CriteriaTexts = Record<ExceptionCriterion, string>

const SCOPES = {
  workload: ['workload', 'namespace', 'cluster'],
  image: ['image'],
  namespace: ['namespace', 'cluster'],
  cluster: ['cluster'],
  everywhere: [],
} as const satisfies Record<string, readonly ExceptionCriterion[]>
export type ExceptionScope = keyof typeof SCOPES

/** The scopes for which all facts are known, the narrowest first. Pure. */
export function scopesOf(source: ExceptionSource): ExceptionScope[] {
  const names = Object.keys(SCOPES) as ExceptionScope[]
  return names.filter((scope) => SCOPES[scope].every((name) => isKnown(source, name)))
}

/** The criteria for this content in a scope. Without a hash, the content is described by signature and path. Pure. */
export function criteriaOf(source: ExceptionSource, scope: ExceptionScope): CriteriaTexts {
  const content: readonly ExceptionCriterion[] = isKnown(source, 'sha256') ? ['sha256'] : ['signature', 'path']
  const used: readonly ExceptionCriterion[] = [...content, ...SCOPES[scope]]
  const texts = EXCEPTION_CRITERIA.map((name) => [name, used.includes(name) ? textOf(name, source[name] ?? '') : ''] as const)
  return Object.fromEntries(texts) as CriteriaTexts
}

export const NO_CRITERIA = criteriaOf({}, 'everywhere')

function isKnown(source: ExceptionSource, name: ExceptionCriterion): boolean {
  return (source[name] ?? '') !== ''
}

/** Escapes wildcards in texts that become patterns. */
function textOf(name: ExceptionCriterion, text: string): string {
  return name === 'path' || name === 'workload' ? text.replaceAll(/[*?]/g, '\\$&') : text
}
