import type { FileVerdict } from '../../../engines/engine.js'
import type { NotScanned } from '../../../sources/found-file.js'
import type { FindingFacts } from './finding-facts.js'

/** The outcome of scanning one file. */
export interface FileOutcome {
  readonly findings: readonly FindingFacts[]
  readonly notScanned?: NotScanned
  readonly isCached: boolean
  /** Bytes that an engine inspected during this scan; 0 for a cached verdict. */
  readonly bytesScanned: number
  /** The verdict for its content; undefined when the file could not be opened. */
  readonly seen?: FileVerdict
}
