import type { ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import type { FileStat } from '../node/file-stat.js'
import type { OpenedByWorker } from '../node/file-workers.js'
import type { Behaviour } from './behaviour.js'
import type { ProcessFacts } from './found-file.js'

/** A program, library or script in use by a process that is scanned, because no image contains it or no event reported it. */
export interface RunningFile {
  /** A finding by itself; undefined when only the content counts. */
  readonly behaviour: Behaviour | undefined
  /** True when the behaviour counts for programs and libraries only: language runtimes map memory of other formats for compiled code. */
  readonly isElfOnly: boolean
  readonly scanSource: ScanSourceName
  /** Path in the container, raw bytes. */
  readonly path: Buffer
  readonly layer: string
  readonly stat: FileStat
  readonly pid: number
  /** The process as it was when it started the program; undefined to read it. */
  readonly process?: ProcessFacts | undefined
  /** Distinguishes it from others of the same process. */
  readonly key: string
  /** Opens the content; the caller closes it. Undefined when it no longer exists. @throws KernelError */
  readonly open: () => Promise<OpenedByWorker | undefined>
}
