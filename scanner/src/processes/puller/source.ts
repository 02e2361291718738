import type { SignatureFile } from '@guardimesh/kit'

/** What a source offers: a folder, or the signature server. */
export interface SignatureSource {
  /** Sorted by path. */
  readonly files: readonly SignatureFile[]
  /** The source's own name for it; undefined when it has none. */
  readonly generation: string | undefined
  readonly builtAt: string | undefined
  /** Writes one of `files` to a path where nothing is; whoever called checks it. */
  readonly fetch: (file: SignatureFile, target: string, signal: AbortSignal) => Promise<void>
}
