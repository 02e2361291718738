import type { SignatureDelta } from '@guardimesh/contracts/signatures/catalog'
import type { SignatureFile } from '@guardimesh/signature-format'

/** The fields of a file or delta that fetching needs. */
export type OfferedFile = Pick<SignatureFile, 'path' | 'sizeBytes' | 'sha256'>

/** Signatures that a folder or the signature server offers. */
export interface SignatureSource {
  /** Sorted by path. */
  readonly files: readonly SignatureFile[]
  /** Deltas that lead from earlier files to `files`. */
  readonly deltas: readonly SignatureDelta[]
  /** Name that the source gives to the generation; undefined when it has none. */
  readonly generation: string | undefined
  readonly builtAt: string | undefined
  /** Memory that ClamAV needs for the signatures; undefined when it was not measured. */
  readonly memoryBytes: number | undefined
  /** Writes one of `files` or `deltas` to a path that does not exist. The caller verifies it. */
  readonly fetch: (file: OfferedFile, target: string, signal: AbortSignal) => Promise<void>
}
