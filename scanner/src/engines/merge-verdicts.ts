import type { CoverageReasonName } from '@guardimesh/contracts/detection/coverage-reason'
import type { EngineName, Verdict, VerdictGap } from './engine.js'

/** Gaps that depend on the content and the signatures only, so that a repeated scan has the same. */
const LASTING_REASONS: ReadonlySet<CoverageReasonName> = new Set(['encrypted', 'unsupported_format', 'partially_scanned'])

/**
 * Merges the verdicts of all engines for a file. Infected takes precedence, with the matches of all engines; then not scanned. The gaps of all
 * engines are kept in both cases. Pure.
 *
 * @param verdicts one per engine. Empty means that no engine scanned the file, which is not "clean".
 */
export function mergeVerdicts(verdicts: readonly Verdict[]): Verdict {
  const matches = verdicts.flatMap((verdict) => (verdict.kind === 'infected' ? verdict.matches : []))
  const gaps = verdicts.flatMap(gapsOf)
  if (matches.length > 0) return { kind: 'infected', matches, ...(gaps.length > 0 && { gaps }) }
  if (verdicts.length === 0) return { kind: 'not-scanned', reason: 'not_inspected', detail: 'no engine scanned this file' }
  const [first, ...furtherGaps] = gaps
  return first ? { kind: 'not-scanned', ...first, ...(furtherGaps.length > 0 && { furtherGaps }) } : CLEAN
}

/**
 * Returns the verdict of ClamAV without its gap "unsupported_format" if the check of the format has found one: it is the same content, and
 * the check describes it more precisely. Pure.
 */
export function withoutRepeatedGap(byClamav: Verdict, byFormat: Verdict): Verdict {
  return isUnsupported(byFormat) ? withoutUnsupportedFormat(byClamav) : byClamav
}

/** Returns the verdict of ClamAV without its gap "unsupported_format". Pure. */
export function withoutUnsupportedFormat(byClamav: Verdict): Verdict {
  return isUnsupported(byClamav) ? CLEAN : byClamav
}

function isUnsupported(verdict: Verdict): boolean {
  return verdict.kind === 'not-scanned' && verdict.reason === 'unsupported_format'
}

/** Shared object for the most frequent verdict. */
export const CLEAN: Verdict = { kind: 'clean' }

const NO_GAPS: readonly VerdictGap[] = []

/** Returns what the engines did not inspect; empty when they inspected the whole content. Pure. */
export function gapsOf(verdict: Verdict): readonly VerdictGap[] {
  if (verdict.kind === 'clean') return NO_GAPS
  if (verdict.kind === 'infected') return verdict.gaps ?? NO_GAPS
  const { kind: _, furtherGaps = NO_GAPS, ...first } = verdict
  return [first, ...furtherGaps]
}

/**
 * True when a repeated scan with the same signatures gives the same verdict. Failures of engines may be temporary. Pure.
 */
export function isLasting(verdict: Verdict): boolean {
  return gapsOf(verdict).every(({ reason }) => LASTING_REASONS.has(reason))
}

/** Names of engines in texts for users. */
const ENGINE_LABELS: Readonly<Record<EngineName, string>> = { clamav: 'ClamAV', obfuscation: 'the obfuscation scanner' }

/** Builds the verdict of an engine that does not answer at present. Pure. @param why a clause: "it does not answer". */
export function awaiting(engine: EngineName, why: string): Verdict {
  const detail = `no verdict of ${ENGINE_LABELS[engine]} yet: ${why}`.slice(0, 400)
  return { kind: 'not-scanned', reason: 'engine_unavailable', detail, awaits: engine }
}
