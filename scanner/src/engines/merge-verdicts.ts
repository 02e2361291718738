import type { Verdict } from './engine.js'

/**
 * Merges the verdicts of all engines for a file. Infected takes precedence, with the matches of all engines; then not scanned, with the first
 * reason. Pure.
 *
 * @param verdicts one per engine. Empty means that no engine scanned the file, which is not "clean".
 */
export function mergeVerdicts(verdicts: readonly Verdict[]): Verdict {
  const matches = verdicts.flatMap((verdict) => (verdict.kind === 'infected' ? verdict.matches : []))
  if (matches.length > 0) return { kind: 'infected', matches }
  const notScanned = verdicts.find((verdict) => verdict.kind === 'not-scanned')
  if (notScanned) return notScanned
  return verdicts.length > 0 ? CLEAN : { kind: 'not-scanned', reason: 'not_inspected', detail: 'no engine scanned this file' }
}

/** Shared object for the most frequent verdict. */
export const CLEAN: Verdict = { kind: 'clean' }

/**
 * True when a repeated scan with the same signatures gives the same verdict. Failures of engines may be temporary. Pure.
 */
export function isLasting(verdict: Verdict): boolean {
  return verdict.kind !== 'not-scanned' || verdict.reason === 'encrypted'
}
