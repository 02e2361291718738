import type { CoverageReasonName, ScanSourceName } from '@guardimesh/contracts'
import type { FileStat } from '../node/file-stat.js'

/** The process that a file is tied to. */
export interface ProcessFacts {
  /** As the node sees it. */
  readonly pid: number
  readonly parentPid: number
  /** Bytes as the kernel gives them; empty when unknown. */
  readonly exe: Uint8Array
  readonly commandLine: Uint8Array
  readonly parentName: string
  readonly uid: number
  /** Unix time in milliseconds; 0 when unknown. */
  readonly startedAtMs: number
}

/** A regular file that a source found, not opened yet. */
export interface FoundFile {
  /** As the container sees it, raw bytes. */
  readonly path: Buffer
  /** "upperdir", "image", "volume:<destination>" or "memory". */
  readonly layer: string
  readonly scanSource: ScanSourceName
  /** What it was when it was found. */
  readonly stat: FileStat
  readonly process?: ProcessFacts | undefined
  /** Opens it for reading; whoever calls closes the descriptor. @throws KernelError */
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
  /** What a person may want to know beyond the reason. */
  readonly detail: string
}

/** What a source gives. */
export type SourceItem = { readonly kind: 'file'; readonly file: FoundFile } | { readonly kind: 'not-scanned'; readonly entry: NotScanned }

/** One file that is not scanned. */
export function notScanned(reason: CoverageReasonName, path: Buffer, detail: string, sizeBytes = 0): SourceItem {
  return { kind: 'not-scanned', entry: { reason, path, count: 1, sizeBytes, detail } }
}
