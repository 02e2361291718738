import type { Registry } from 'prom-client'
import type { FileIdentity, OpenedFile } from '../node/file-identity.js'
import { hasWriters } from '../node/writers.js'
import type { BudgetLimits } from './budgets.js'
import type { EngineMatch, EngineName, FileVerdict, Verdict } from './engine.js'
import type { EngineGuard } from './engine-guard.js'
import { readHead } from './file-content.js'
import { isInPageCache, readIdentity, waitForCtimeTick } from './file-identity.js'
import type { HashPool } from './hash-pool.js'
import type { HashResult } from './hash-worker.js'
import { type EngineSet, ParallelEngines, type Patience } from './parallel-engines.js'
import type { RescanVerdicts } from './rescan-verdicts.js'
import { ScannerMetrics, type VerdictOrigin } from './scanner-metrics.js'
import { SingleFlightScanner } from './single-flight-scanner.js'
import type { VerdictCache } from './verdict-cache.js'
import { contentKey, fileScope, isSameIdentity, verdictScope } from './verdict-keys.js'

export interface CachedScannerParts {
  readonly engines: EngineSet
  readonly hashes: HashPool
  readonly cache: VerdictCache
  readonly budgets: BudgetLimits
  readonly metrics: Registry
}

export interface ScanOptions {
  /** Maximum size of scanned files in bytes. */
  readonly maxFileSizeBytes: number
  /** Set for a rescan that ignores the cache. Use the same object for all files of one rescan. */
  readonly rescanVerdicts?: RescanVerdicts | undefined
  /** Whether the obfuscation rules are applied. */
  readonly obfuscation: boolean
  /** Default: patient. */
  readonly patience?: Patience
  /** Called with the matches of an engine while another one is still scanning; the verdict contains them as well. */
  readonly onEarlyVerdict?: (verdict: FileVerdict) => void
}

/** Maximum number of scans of a file that changes during the scan. */
const MAX_ATTEMPTS = 2

interface ScanAttempt {
  readonly verdict: Verdict
  readonly origin: VerdictOrigin
  readonly sha256: Uint8Array | undefined
  readonly md5: string | undefined
  readonly contentKey: string | undefined
  readonly generation: string | undefined
  /** The file as it is after the scan, if it has changed; else undefined. */
  readonly changedFile: OpenedFile | undefined
}

/**
 * Returns the verdict of an open file from the cache, or from the engines within the node's budgets. A file that could not be scanned is
 * `not-scanned` with a reason, never clean. Layers: this class caches, SingleFlightScanner joins concurrent scans of the same content, and
 * ParallelEngines queries the engines, each behind its EngineGuard. It never waits for an engine that does not answer.
 */
export class CachedScanner implements Disposable {
  readonly #hashes: HashPool
  readonly #cache: VerdictCache
  readonly #metrics: ScannerMetrics
  readonly #contentScanner: SingleFlightScanner
  readonly #engines: ParallelEngines

  constructor(parts: CachedScannerParts) {
    this.#hashes = parts.hashes
    this.#cache = parts.cache
    this.#metrics = new ScannerMetrics(parts.metrics)
    this.#engines = new ParallelEngines(parts.engines, parts.budgets, this.#metrics)
    this.#contentScanner = new SingleFlightScanner(this.#engines, parts.cache)
    this.#metrics.registerEngines(parts.metrics, this.#engines.guards)
  }

  /** Number of files that wait for an engine. */
  get queueLength(): number {
    return this.#engines.budgets.queueLength
  }

  /**
   * Waits for a slot in the scan budget for background work. Scans take precedence.
   *
   * @returns a slot that must be disposed after the work.
   * @throws the signal's reason when it is aborted first.
   */
  acquireBackgroundSlot(sizeBytes: number, signal: AbortSignal): Promise<Disposable> {
    return this.#engines.budgets.acquire(sizeBytes, signal, true)
  }

  setBudgets(limits: BudgetLimits): void {
    this.#engines.budgets.set(limits)
  }

  /**
   * Sets the generation that clamd has loaded, and discards the verdicts of all others. Nothing is cached before the first call.
   * Call it only once clamd has loaded the generation (`ClamdControl.servesGeneration`): verdicts of the old one would be cached as its own.
   */
  setGeneration(generation: string): void {
    if (generation === this.#cache.generation) return
    this.#cache.setGeneration(generation)
    this.#contentScanner.detachRunningScans()
    this.#engines.forgetVersion()
  }

  /** The engines with their availability. */
  get guards(): readonly EngineGuard[] {
    return this.#engines.guards
  }

  /** Why an engine does not answer; empty when it does. */
  failureOf(engine: EngineName): string {
    return this.#engines.guardOf(engine)?.failure ?? ''
  }

  /** Waits until ClamAV answers. Returns early when the signal is aborted. */
  async waitForClamav(signal: AbortSignal): Promise<void> {
    await this.#engines.guardOf('clamav')?.waitUntilReady(signal)
  }

  [Symbol.dispose](): void {
    this.#engines[Symbol.dispose]()
  }

  /** Returns the cached verdict of a file that has neither changed nor been renamed since its scan; undefined when it must be opened. */
  cachedVerdict(identity: FileIdentity, path: Buffer, { maxFileSizeBytes, obfuscation }: ScanOptions): FileVerdict | undefined {
    if (identity.sizeBytes > maxFileSizeBytes) return undefined
    const cached = this.#cache.findByIdentity(identity, fileScope(obfuscation, path))
    if (cached) this.#metrics.countVerdict(cached.verdict, 'identity')
    return cached
  }

  /**
   * Returns the cached verdict, or scans the file. The descriptor must stay open until the promise settles.
   *
   * @throws only the signal's reason, when it is aborted.
   */
  async scanWithCache(file: OpenedFile, options: ScanOptions, signal: AbortSignal): Promise<FileVerdict> {
    const cached = options.rescanVerdicts ? undefined : this.cachedVerdict(file.identity, file.path, options)
    if (cached) return cached
    const { verdict, sha256, md5, contentKey, generation, origin } = await this.#scanUntilStable(file, options, signal)
    this.#metrics.countVerdict(verdict, origin)
    return { verdict, sha256, md5, contentKey, generation, cached: origin !== 'engine' }
  }

  /** Scans a file past all caches and without effect on them. @throws only the signal's reason, when it is aborted. */
  async scanUncached(file: OpenedFile, { obfuscation }: Pick<ScanOptions, 'obfuscation'>, signal: AbortSignal): Promise<Verdict> {
    const head = await readHead(file)
    const isCovered = obfuscation && this.#engines.covers(head, file.path)
    const input = { file, head, isCovered, appliesRules: obfuscation, patience: 'patient', onMatches: () => undefined } as const
    return (await this.#engines.scan(input, undefined, signal)).verdict
  }

  async #scanUntilStable(file: OpenedFile, options: ScanOptions, signal: AbortSignal): Promise<ScanAttempt> {
    let current = file
    for (let attempts = 1; ; attempts++) {
      const attempt = await this.#scanOnce(current, options, signal)
      if (!attempt.changedFile) return attempt
      // The hash may differ from the scanned bytes, so a finding in a changing file has none.
      if (attempt.verdict.kind === 'infected') return { ...attempt, ...NO_CONTENT }
      if (attempts === MAX_ATTEMPTS) return { ...attempt, ...NO_CONTENT, verdict: changedWhileScanned(attempt.verdict) }
      current = attempt.changedFile
    }
  }

  async #scanOnce(file: OpenedFile, options: ScanOptions, signal: AbortSignal): Promise<ScanAttempt> {
    if (file.sizeBytes > options.maxFileSizeBytes) return notRead(tooLarge(file.sizeBytes, options.maxFileSizeBytes))
    const { generation } = this.#cache
    // Checked before the first read: a later writer changes the ctime.
    const isCacheable = (await waitForCtimeTick(file.identity, signal)) && !hasWriters(file.fd)
    signal.throwIfAborted()
    let hash: HashResult
    let head: Buffer
    const isInMemory = isInPageCache(file.identity)
    try {
      head = await readHead(file, isInMemory)
      hash = await this.#hashes.hash(file.fd, file.sizeBytes, isInMemory)
    } catch (error) {
      return notRead({ kind: 'not-scanned', reason: 'unreadable', detail: String(error).slice(0, 400) })
    }
    const isCovered = options.obfuscation && this.#engines.covers(head, file.path)
    const isNameRelevant = isCovered || this.#engines.unpacks(head, file.sizeBytes)
    const content = { ...hash, scope: verdictScope(options.obfuscation, isNameRelevant, file.path) }
    const key = contentKey(content.sha256, content.sizeBytes, content.scope)
    const facts = { sha256: hash.sha256, md5: hash.md5, contentKey: key, generation }
    const { rescanVerdicts, patience = 'patient', onEarlyVerdict } = options
    const onMatches = (matches: readonly EngineMatch[]) =>
      onEarlyVerdict?.({ ...facts, verdict: { kind: 'infected', matches }, cached: false })
    const appliesRules = options.obfuscation
    const hashed = { file, head, content, isCovered, appliesRules, generation, isCacheable, rescanVerdicts, patience, onMatches }
    const result = await this.#contentScanner.scanContent(hashed, signal)
    const { verdict, origin, identity = readIdentity(file.fd) } = result
    const isStable = isSameIdentity(identity, file.identity) && identity.sizeBytes === BigInt(hash.sizeBytes)
    if (isStable && isCacheable) this.#cache.rememberFile(identity, content, generation)
    const changedTo = isStable ? undefined : { ...file, identity, sizeBytes: Number(identity.sizeBytes) }
    return { ...facts, verdict, origin, changedFile: changedTo }
  }
}

const NO_CONTENT = { sha256: undefined, md5: undefined, contentKey: undefined } as const

function notRead(verdict: Verdict): ScanAttempt {
  return { ...NO_CONTENT, verdict, origin: 'engine', generation: undefined, changedFile: undefined }
}

function tooLarge(sizeBytes: number, maxFileSizeBytes: number): Verdict {
  return { kind: 'not-scanned', reason: 'too_large', detail: `${sizeBytes} bytes, the maximum is ${maxFileSizeBytes}` }
}

/** The failure of an engine takes precedence as reason over the change of the file. */
function changedWhileScanned(verdict: Verdict): Verdict {
  if (verdict.kind === 'not-scanned') return verdict
  return { kind: 'not-scanned', reason: 'changed_while_scanned', detail: `the file changed during each of ${MAX_ATTEMPTS} scans` }
}
