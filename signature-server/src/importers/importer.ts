import type { SignatureFile } from '@guardimesh/signature-format'

/** A copy of an imported file in the draft. */
export interface ImportedFile {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  /** MD5 of everything after the header of a ClamAV container. */
  readonly md5AfterHeader: string
  /** True when the user allowed a version that is older than the current one or requires a newer engine. */
  readonly isDowngradeAllowed: boolean
}

/** Metadata read from a signature file. */
export type SignatureFacts = Pick<SignatureFile, 'version' | 'signatures' | 'builtAt' | 'contentSha256'>

/** Verifies files of one format. */
export interface Importer {
  /** @throws the refusal when the file is invalid. */
  readonly verify: (candidate: ImportedFile, signal: AbortSignal) => Promise<SignatureFacts>
}
