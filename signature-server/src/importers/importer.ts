import type { LoadLimits, SignatureFile } from '@guardimesh/signature-format'

/** A copy of an imported file in the draft. */
export interface ImportedFile {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  /** MD5 of everything after the header of a ClamAV container. */
  readonly md5AfterHeader: string
  /** True when the user allowed a version that is older than the current one or requires a newer engine. */
  readonly isDowngradeAllowed: boolean
  readonly loadLimits?: LoadLimits
}

/** Metadata read from a signature file. */
export interface SignatureFacts extends Pick<SignatureFile, 'version' | 'builtAt' | 'contentSha256'> {
  /** Number of signatures that the engine loads. */
  readonly signatures?: number | undefined
  /** What was imported in part only, for the user. */
  readonly notices?: readonly string[]
}

/** Verifies files of one format. */
export interface Importer {
  /** @throws the refusal when the file is invalid. */
  readonly verify: (candidate: ImportedFile, signal: AbortSignal) => Promise<SignatureFacts>
}
