import type { Verdict } from './engine.js'

/**
 * Gives one verdict for a file once every engine has spoken. Infected wins, with the matches of all; else what one engine could not look at
 * stays not scanned, with the first such reason. Pure.
 *
 * @param verdicts one per engine. None at all means that nothing looked, which is not "clean".
 */
export function mergeVerdicts(verdicts: readonly Verdict[]): Verdict {
  const matches = verdicts.flatMap((verdict) => (verdict.kind === 'infected' ? verdict.matches : []))
  if (matches.length > 0) return { kind: 'infected', matches }
  const notScanned = verdicts.find((verdict) => verdict.kind === 'not-scanned')
  if (notScanned) return notScanned
  return verdicts.length > 0 ? CLEAN : { kind: 'not-scanned', reason: 'not_inspected', detail: 'no engine looked at this file' }
}

/** The verdict that most files share. */
export const CLEAN: Verdict = { kind: 'clean' }

/**
 * True when the same content gets the same verdict again from the same signatures. What an engine could not do may go better next time.
 * Pure.
 */
export function isLasting(verdict: Verdict): boolean {
  return verdict.kind !== 'not-scanned' || verdict.reason === 'encrypted'
}
