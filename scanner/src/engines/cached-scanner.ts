import type { Registry } from 'prom-client'
import type { FileIdentity, OpenedFile } from '../node/file-identity.js'
import { hasWriters } from '../node/writers.js'
import { type BudgetLimits, Budgets } from './budgets.js'
import type { FileVerdict, Verdict } from './engine.js'
import { isInPageCache, readIdentity, waitForCtimeTick } from './file-identity.js'
import type { HashPool } from './hash-pool.js'
import type { HashResult } from './hash-worker.js'
import type { RescanVerdicts } from './rescan-verdicts.js'
import { ScannerMetrics, type VerdictOrigin } from './scanner-metrics.js'
import { type EngineSet, SingleFlightScanner } from './single-flight-scanner.js'
import type { VerdictCache } from './verdict-cache.js'
import { contentKey, isSameIdentity } from './verdict-keys.js'

export interface CachedScannerParts {
  readonly engines: EngineSet
  readonly hashes: HashPool
  readonly cache: VerdictCache
  readonly budgets: BudgetLimits
  readonly metrics: Registry
}

export interface ScanOptions {
  /** Larger files are not read; bytes. */
  readonly maxFileSizeBytes: number
  /** Looks again at what is known; keep the same ones for all files of one scan. */
  readonly rescanVerdicts?: RescanVerdicts | undefined
  /** Whether the obfuscation rules look too. */
  readonly obfuscation: boolean
}

/** How often a file is looked at that changes meanwhile. */
const MAX_ATTEMPTS = 2

interface ScanAttempt {
  readonly verdict: Verdict
  readonly origin: VerdictOrigin
  readonly sha256: Uint8Array | undefined
  readonly md5: string | undefined
  readonly contentKey: string | undefined
  readonly generation: string | undefined
  /** The file as it is after the look, when that is another one than before. */
  readonly changedFile: OpenedFile | undefined
}

/**
 * Gives every open file one verdict: from the cache when it is known, by the engines within the node's budgets when not.
 * What could not be looked at is `not-scanned` with its reason, never clean.
 */
export class CachedScanner {
  readonly #hashes: HashPool
  readonly #cache: VerdictCache
  readonly #budgets: Budgets
  readonly #metrics: ScannerMetrics
  readonly #contents: SingleFlightScanner
  readonly #engines: EngineSet

  constructor(parts: CachedScannerParts) {
    this.#hashes = parts.hashes
    this.#cache = parts.cache
    this.#engines = parts.engines
    this.#budgets = new Budgets(parts.budgets)
    this.#metrics = new ScannerMetrics(parts.metrics)
    this.#contents = new SingleFlightScanner(parts.engines, parts.cache, this.#budgets, this.#metrics)
  }

  /** Files that wait for an engine. */
  get queueLength(): number {
    return this.#budgets.queueLength
  }

  /**
   * Waits for a place among the engines' files for work that is no scan; scans go first.
   *
   * @returns gives the place back when disposed.
   * @throws the signal's reason when it is aborted first.
   */
  acquireBackgroundSlot(sizeBytes: number, signal: AbortSignal): Promise<Disposable> {
    return this.#budgets.acquire(sizeBytes, signal, true)
  }

  setBudgets(limits: BudgetLimits): void {
    this.#budgets.set(limits)
  }

  /**
   * Says which signatures clamd serves now; all verdicts from others fall. Nothing is cached before the first call.
   * Call it when clamd has loaded them (`ClamdControl.servesGeneration`), not before: a verdict of the old ones would be kept as one of the new.
   */
  setGeneration(generation: string): void {
    if (generation === this.#cache.generation) return
    this.#cache.setGeneration(generation)
    this.#contents.detachRunningScans()
    this.#engines.clamav.forgetVersion()
  }

  /** Waits until the engines answer: what was not scanned because one did not can be tried again then. Returns early when aborted. */
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    await this.#engines.clamav.waitUntilReady(signal)
    await this.#engines.obfuscation?.waitUntilReady(signal)
  }

  /** The verdict of a file that nobody has to open: it is what it was when an engine looked. */
  cachedVerdict(identity: FileIdentity, { maxFileSizeBytes, obfuscation }: ScanOptions): FileVerdict | undefined {
    if (identity.sizeBytes > maxFileSizeBytes) return undefined
    const known = this.#cache.findByIdentity(identity, obfuscation)
    if (known) this.#metrics.countVerdict(known.verdict, 'identity')
    return known
  }

  /**
   * Looks at one file, or knows it already. The descriptor stays open until this settles.
   *
   * @throws only the signal's reason, when it is aborted.
   */
  async scanWithCache(file: OpenedFile, options: ScanOptions, signal: AbortSignal): Promise<FileVerdict> {
    const known = options.rescanVerdicts ? undefined : this.cachedVerdict(file.identity, options)
    if (known) return known
    const { verdict, sha256, md5, contentKey, generation, origin } = await this.#lookUntilStable(file, options, signal)
    this.#metrics.countVerdict(verdict, origin)
    return { verdict, sha256, md5, contentKey, generation, cached: origin !== 'engine', toldMark: 0 }
  }

  async #lookUntilStable(file: OpenedFile, options: ScanOptions, signal: AbortSignal): Promise<ScanAttempt> {
    let current = file
    for (let looks = 1; ; looks++) {
      const look = await this.#look(current, options, signal)
      if (!look.changedFile) return look
      // The hash may be of other bytes than the engines saw, so a finding in a changing file goes without.
      if (look.verdict.kind === 'infected') return { ...look, ...NO_CONTENT }
      if (looks === MAX_ATTEMPTS) return { ...look, ...NO_CONTENT, verdict: changedWhileScanned(look.verdict) }
      current = look.changedFile
    }
  }

  async #look(file: OpenedFile, options: ScanOptions, signal: AbortSignal): Promise<ScanAttempt> {
    if (file.sizeBytes > options.maxFileSizeBytes) return notRead(tooLarge(file.sizeBytes, options.maxFileSizeBytes))
    const { generation } = this.#cache
    // Asked before the first byte is read: who comes later changes the time of change.
    const canBeKept = (await waitForCtimeTick(file.identity, signal)) && !hasWriters(file.fd)
    signal.throwIfAborted()
    let hash: HashResult
    try {
      hash = await this.#hashes.hash(file.fd, file.sizeBytes, isInPageCache(file.identity))
    } catch (error) {
      return notRead({ kind: 'not-scanned', reason: 'unreadable', detail: String(error).slice(0, 400) })
    }
    const content = { ...hash, obfuscation: options.obfuscation }
    const told = await this.#contents.scanContent(
      { file, content, generation, isCacheable: canBeKept, rescanVerdicts: options.rescanVerdicts },
      signal,
    )
    const { verdict, origin, identity = readIdentity(file.fd) } = told
    const isStable = isSameIdentity(identity, file.identity) && identity.sizeBytes === BigInt(hash.sizeBytes)
    if (isStable && canBeKept) this.#cache.rememberFile(identity, content, generation)
    const changedTo = isStable ? undefined : { ...file, identity, sizeBytes: Number(identity.sizeBytes) }
    const key = contentKey(content.sha256, content.sizeBytes, content.obfuscation)
    return { verdict, origin, sha256: hash.sha256, md5: hash.md5, contentKey: key, generation, changedFile: changedTo }
  }
}

const NO_CONTENT = { sha256: undefined, md5: undefined, contentKey: undefined } as const

function notRead(verdict: Verdict): ScanAttempt {
  return { ...NO_CONTENT, verdict, origin: 'engine', generation: undefined, changedFile: undefined }
}

function tooLarge(sizeBytes: number, maxFileSizeBytes: number): Verdict {
  return { kind: 'not-scanned', reason: 'too_large', detail: `${sizeBytes} bytes, the limit is ${maxFileSizeBytes}` }
}

/** What an engine could not do is worth more than that the file also changed. */
function changedWhileScanned(verdict: Verdict): Verdict {
  if (verdict.kind === 'not-scanned') return verdict
  return { kind: 'not-scanned', reason: 'changed_while_scanned', detail: `the file changed during each of ${MAX_ATTEMPTS} looks` }
}
