import { SECOND_MS } from '@guardimesh/contracts'
import { matches, type Placement, type Trace } from './placement.js'
import type { FindingEntry, GapEntry, ResultLog } from './result-log.js'

const DEFAULT_SIGNATURE = /eicar/i

/** What became of one placement. */
export type Outcome =
  | { readonly kind: 'detected'; readonly seconds: number; readonly finding: FindingEntry }
  | { readonly kind: 'reported'; readonly seconds: number; readonly gap: GapEntry }
  | { readonly kind: 'missed' }
  /** Harmless, and nothing was detected. */
  | { readonly kind: 'clean' }
  | { readonly kind: 'false-alarm'; readonly finding: FindingEntry }
  | { readonly kind: 'failed'; readonly why: string }

/** Compares a placement with the results that arrived so far. Pure. */
export function judge(
  { isHarmless = false }: Pick<Placement, 'isHarmless'>,
  trace: Trace,
  log: Pick<ResultLog, 'findings' | 'gaps'>,
): Outcome {
  const finding = findingOf(trace, log)
  if (isHarmless) return finding ? { kind: 'false-alarm', finding } : { kind: 'clean' }
  if (finding) return { kind: 'detected', seconds: secondsAfter(trace, finding), finding }
  const gap = gapOf(trace, log)
  return gap ? { kind: 'reported', seconds: secondsAfter(trace, gap), gap } : { kind: 'missed' }
}

function findingOf(
  { containerId, path, signature = DEFAULT_SIGNATURE }: Trace,
  { findings }: Pick<ResultLog, 'findings'>,
): FindingEntry | undefined {
  return findings.find((one) => one.containerId === containerId && matches(path, one.path) && signature.test(one.signature))
}

function gapOf({ containerId, atMs, path, gaps: accepted = [] }: Trace, { gaps }: Pick<ResultLog, 'gaps'>): GapEntry | undefined {
  return gaps.find((one) => {
    if (one.containerId !== containerId) return false
    // Links and devices are counted, which does not account for a regular file.
    if (one.path !== '' && one.reason !== 'not_regular' && matches(path, one.path)) return true
    return accepted.some((gap) => gap.reason === one.reason && matches(gap.path ?? '', one.path) && !(gap.isNew && one.arrivedAtMs < atMs))
  })
}

/** What was reported before, such as an excluded mount, counts as reported at once. */
function secondsAfter({ atMs }: Trace, { arrivedAtMs }: { readonly arrivedAtMs: number }): number {
  return Math.max(0, arrivedAtMs - atMs) / SECOND_MS
}
