import type { CoverageReasonName, SeverityName } from '@guardimesh/contracts'

/** A regular file that was opened for reading. Whoever opened it closes it. Its path is for messages and rules only, never opened again. */
export interface OpenedFile {
  readonly fd: number
  /** As the container sees it, raw bytes. */
  readonly path: Buffer
  readonly sizeBytes: number
  readonly identity: FileIdentity
}

/** What tells that a file is still the one that was looked at: the fast front of the verdict cache. Big integers, as the kernel gives them. */
export interface FileIdentity {
  readonly device: bigint
  readonly inode: bigint
  readonly changedAtNs: bigint
  readonly sizeBytes: bigint
}

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
  /** Left by whoever told of this file, to know it again without asking for its path; 0 when nobody did. Kept as long as the verdict is known. */
  toldMark: number
}
