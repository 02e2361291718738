import type { EngineName, FileVerdict } from '../../../engines/engine.js'
import type { NotScanned } from '../../../sources/found-file.js'
import type { FindingFacts } from './finding-facts.js'

/** Something in one file that was not scanned. */
export interface FileGap extends NotScanned {
  /** The engine that does not answer at present; undefined when a repeated scan has the same gap. */
  readonly awaits?: EngineName | undefined
}

/** The outcome of scanning one file. */
export interface FileOutcome {
  readonly findings: readonly FindingFacts[]
  /** Empty when all engines scanned the whole file. */
  readonly gaps: readonly FileGap[]
  readonly isCached: boolean
  /** Bytes that an engine inspected during this scan; 0 for a cached verdict. */
  readonly bytesScanned: number
  /** The verdict for its content; undefined when the file could not be opened. */
  readonly seen?: FileVerdict
}

/** Nothing was found, scanned or missed. */
export const NO_OUTCOME = { findings: [], gaps: [], isCached: false, bytesScanned: 0 } as const

/** Returns the engines whose verdict is still missing. Pure. */
export function awaitedEngines({ gaps }: FileOutcome): readonly EngineName[] {
  return gaps.flatMap(({ awaits }) => (awaits === undefined ? [] : [awaits]))
}
