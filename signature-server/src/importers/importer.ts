import type { SignatureFile } from '@guardimesh/signature-format'

/** A copy of what was put in, where the new generation will have it. */
export interface Candidate {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  /** Of all that follows a ClamAV container's header. */
  readonly md5AfterHeader: string
  /** A person said that it may be older than the one before, and newer than the engine. */
  readonly mayBeOlder: boolean
}

/** What a form of signature file tells of itself. */
export type SignatureFacts = Pick<SignatureFile, 'version' | 'signatures' | 'builtAt' | 'contentSha256'>

/** Proves files of one form. */
export interface Importer {
  /** @throws the refusal, when the file does not hold. */
  readonly prove: (candidate: Candidate, signal: AbortSignal) => Promise<SignatureFacts>
}
