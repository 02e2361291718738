import type { CoverageReasonName } from '@guardimesh/contracts/detection/coverage-reason'
import type { ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import type { FileStat } from '../node/file-stat.js'

/** The process that caused an event or runs a file. */
export interface ProcessFacts {
  /** In the node's PID namespace. */
  readonly pid: number
  readonly parentPid: number
  /** Raw bytes; empty when unknown. */
  readonly exe: Uint8Array
  readonly commandLine: Uint8Array
  readonly parentName: string
  readonly uid: number
  /** Unix time in milliseconds; 0 when unknown. */
  readonly startedAtMs: number
}

/** A regular file from a source that is not open yet. */
export interface FoundFile {
  /** Path in the container, raw bytes. */
  readonly path: Buffer
  /** "upperdir", "image", "volume:<destination>" or "memory". */
  readonly layer: string
  readonly scanSource: ScanSourceName
  /** Metadata when it was found. */
  readonly stat: FileStat
  readonly process?: ProcessFacts | undefined
  /** Opens it for reading; the caller closes the descriptor. @throws KernelError */
  open(): number
}

/** Something that was not scanned. `count` is 0 for a whole container. */
export interface NotScanned {
  readonly reason: CoverageReasonName
  /** Empty for a whole container. */
  readonly path: Buffer
  readonly count: number
  /** 0 when unknown. */
  readonly sizeBytes: number
  /** Additional information for users. */
  readonly detail: string
}

/** An item that a source yields. */
export type SourceItem = { readonly kind: 'file'; readonly file: FoundFile } | { readonly kind: 'not-scanned'; readonly entry: NotScanned }

/** Creates the item for one file that is not scanned. */
export function notScanned(reason: CoverageReasonName, path: Buffer, detail: string, sizeBytes = 0): SourceItem {
  return { kind: 'not-scanned', entry: { reason, path, count: 1, sizeBytes, detail } }
}
