import type { SignatureDelta } from '@guardimesh/contracts'
import type { SignatureFile } from '@guardimesh/signature-format'

/** A file or an update, as far as fetching is concerned. */
export type OfferedFile = Pick<SignatureFile, 'path' | 'sizeBytes' | 'sha256'>

/** What a source offers: a folder, or the signature server. */
export interface SignatureSource {
  /** Sorted by path. */
  readonly files: readonly SignatureFile[]
  /** Steps to `files` from others. */
  readonly deltas: readonly SignatureDelta[]
  /** The source's own name for it; undefined when it has none. */
  readonly generation: string | undefined
  readonly builtAt: string | undefined
  /** Memory that ClamAV takes for it; undefined when nobody measured it. */
  readonly memoryBytes: number | undefined
  /** Writes one of `files` or `updates` to a path where nothing is; whoever called checks it. */
  readonly fetch: (file: OfferedFile, target: string, signal: AbortSignal) => Promise<void>
}
