import type { SignatureFile } from '@guardimesh/kit'

/** A copy of what was put in, where the new generation will have it. */
export interface Candidate {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  /** Of all that follows a ClamAV container's header. */
  readonly md5AfterHeader: string
}

/** What a form of signature file tells of itself. */
export type SignatureFacts = Pick<SignatureFile, 'version' | 'signatures' | 'builtAt'>

/** Proves files of one form. */
export interface Importer {
  /** @throws the refusal, when the file does not hold. */
  readonly prove: (candidate: Candidate, signal: AbortSignal) => Promise<SignatureFacts>
}
