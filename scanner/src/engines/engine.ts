import type { CoverageReasonName } from '@guardimesh/contracts/detection/coverage-reason'
import type { SeverityName } from '@guardimesh/contracts/detection/severity'
import type { OpenedFile } from '../node/file-identity.js'

/** Engines in other processes, whose verdicts are reported independently. */
export type EngineName = 'clamav' | 'obfuscation'

/** A match of an engine in a file. */
export interface EngineMatch {
  readonly signatureName: string
  readonly engine: 'clamav' | 'yara' | 'entropy' | 'drift'
  readonly engineVersion: string
  readonly severity: SeverityName
  /** One sentence for users. */
  readonly description: string
}

/** Something that the engines did not inspect in a file. */
export interface VerdictGap {
  readonly reason: CoverageReasonName
  readonly detail: string
  /** The engine whose verdict is missing although it only has to answer again; undefined when a repeated scan has the same gap. */
  readonly awaits?: EngineName
}

/**
 * Merged outcome of all engines for a content. "Clean" means that every engine inspected all of it; content that was inspected only in part
 * is "not scanned", with the reason.
 */
export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'infected'; readonly matches: readonly EngineMatch[]; readonly gaps?: readonly VerdictGap[] }
  | (VerdictGap & { readonly kind: 'not-scanned'; readonly furtherGaps?: readonly VerdictGap[] })

/** Scans file contents. */
export interface Engine {
  readonly name: string
  /**
   * Scans one file. Expected failures (too large, error, timeout) are a `not-scanned` verdict, not an exception.
   *
   * @throws only when the signal is aborted.
   */
  scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict>
}

/** An engine in another process, which may be temporarily unavailable. */
export interface RemoteEngine extends Engine {
  readonly name: EngineName
  /** Checks that the engine answers. @throws GuardError when it does not within this time. */
  ping(timeoutMs: number): Promise<void>
}

/** A verdict with the facts from the scan. */
export interface FileVerdict {
  readonly verdict: Verdict
  /** SHA-256 of the content, 32 bytes; undefined when the file was not read. */
  readonly sha256: Uint8Array | undefined
  /** MD5 of the content, 32 hexadecimal digits; undefined when the file was not read, MD5 is not allowed, or an older version cached the verdict. */
  readonly md5: string | undefined
  /** Cache key of the content, `<sha256 in hex>:<size>:…`; undefined when the file was not read or changed during the scan. */
  readonly contentKey: string | undefined
  /** Generation of the signatures; undefined when it was unknown at the scan. */
  readonly generation: string | undefined
  /** True when the verdict comes from the cache or a concurrent scan of the same content. */
  readonly cached: boolean
  /** True when the cache returns this object for the same file again. */
  readonly isKept?: boolean
}
