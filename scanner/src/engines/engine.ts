import type { CoverageReasonName, SeverityName } from '@guardimesh/contracts'
import type { OpenedFile } from '../node/file-identity.js'

/** One thing that an engine found in a file. */
export interface EngineMatch {
  readonly signatureName: string
  readonly engine: 'clamav' | 'yara' | 'entropy' | 'drift'
  readonly engineVersion: string
  readonly severity: SeverityName
  /** One sentence that a person understands. */
  readonly description: string
}

/** What is known of a content once every engine has spoken. "Not scanned" is never "clean". */
export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'infected'; readonly matches: readonly EngineMatch[] }
  | { readonly kind: 'not-scanned'; readonly reason: CoverageReasonName; readonly detail: string }

/** Something that looks into a file. */
export interface Engine {
  readonly name: string
  /**
   * Looks at one file. Expected failures (too large, error, time-out) are a `not-scanned` verdict, not an exception.
   *
   * @throws only when the signal is aborted.
   */
  scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict>
}

/** A verdict with what was learned on the way. */
export interface FileVerdict {
  readonly verdict: Verdict
  /** SHA-256 of the content, 32 bytes; undefined when it was not read. */
  readonly sha256: Uint8Array | undefined
  /** MD5 of the content, 32 hexadecimal digits; undefined when it was not read, where MD5 is forbidden, and for what an older version read. */
  readonly md5: string | undefined
  /** The same as the beginning of a text: `<sha256 in hex>:<size>:…`; undefined when it was not read, or changed meanwhile. */
  readonly contentKey: string | undefined
  /** Signatures that gave the verdict; undefined when nobody knew yet which they were. */
  readonly generation: string | undefined
  /** True when no engine had to look: the verdict was known by identity or by content. */
  readonly cached: boolean
}
