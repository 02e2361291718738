import { SECOND_MS } from '@guardimesh/contracts'
import type { FileIdentity, OpenedFile } from '../node/file-identity.js'
import type { Budgets } from './budgets.js'
import type { Engine, Verdict } from './engine.js'
import { readIdentity } from './file-identity.js'
import { isLasting, mergeVerdicts } from './merge-verdicts.js'
import type { RescanVerdicts } from './rescan-verdicts.js'
import type { ScannerMetrics, VerdictOrigin } from './scanner-metrics.js'
import type { ScannedContent, VerdictCache } from './verdict-cache.js'
import { contentKey, isSameIdentity } from './verdict-keys.js'

/** An engine in another process, which may be temporarily unavailable. */
export interface RemoteEngine extends Engine {
  /** Waits until the engine answers. Returns early when the signal is aborted. */
  waitUntilReady(signal: AbortSignal): Promise<void>
}

/** ClamAV, by descriptors or as a stream. */
export interface ClamavEngine extends RemoteEngine {
  /** Discards the cached version, which is queried again at the next finding. */
  forgetVersion(): void
}

export interface EngineSet {
  readonly clamav: ClamavEngine
  /** Undefined when the node runs without obfuscation rules. */
  readonly obfuscation: RemoteEngine | undefined
}

/** A file and the hash of its content. */
export interface HashedFile {
  readonly file: OpenedFile
  readonly content: ScannedContent
  /** Generation that was active when the scan started. */
  readonly generation: string | undefined
  /** False when a change of the file could be missed; the verdict is not cached then. */
  readonly isCacheable: boolean
  /** Set for a rescan that ignores the cache. */
  readonly rescanVerdicts: RescanVerdicts | undefined
}

export interface ContentVerdict {
  readonly verdict: Verdict
  readonly origin: VerdictOrigin
  /** Identity of the file after the scan; undefined when no engine scanned it. */
  readonly identity?: FileIdentity
}

interface EngineScan {
  readonly verdict: Verdict
  readonly identity: FileIdentity
  /** True when the file did not change, so that the verdict is valid for every file with this hash. */
  readonly isContentVerdict: boolean
  /** See `isLasting`. */
  readonly isLasting: boolean
}

/** Scans each content once, even if several files with it are scanned concurrently: they join the scan in progress. */
export class SingleFlightScanner {
  readonly #engines: EngineSet
  readonly #cache: VerdictCache
  readonly #budgets: Budgets
  readonly #metrics: ScannerMetrics
  /** Scans in progress by content; they resolve to undefined when the verdict is not valid for the content. */
  #inFlight = new Map<string, Promise<Verdict | undefined>>()

  constructor(engines: EngineSet, cache: VerdictCache, budgets: Budgets, metrics: ScannerMetrics) {
    this.#engines = engines
    this.#cache = cache
    this.#budgets = budgets
    this.#metrics = metrics
  }

  /** Prevents later scans from joining the scans in progress. */
  detachRunningScans(): void {
    this.#inFlight = new Map()
  }

  /** Returns the verdict of a content from the cache, a scan in progress, or a new scan. @throws the signal's reason when it is aborted. */
  async scanContent(hashed: HashedFile, signal: AbortSignal): Promise<ContentVerdict> {
    const key = contentKey(hashed.content.sha256, hashed.content.sizeBytes, hashed.content.obfuscation)
    if (hashed.rescanVerdicts) return this.#rescan(key, hashed, hashed.rescanVerdicts, signal)
    for (;;) {
      const cached = this.#cache.findByContent(hashed.content)
      if (cached) return { verdict: cached, origin: 'content' }
      const other = this.#inFlight.get(key)
      if (!other) return this.#startScan(key, hashed, signal)
      const shared = await other
      signal.throwIfAborted()
      if (shared) return { verdict: shared, origin: 'shared' }
    }
  }

  async #rescan(key: string, hashed: HashedFile, rescanVerdicts: RescanVerdicts, signal: AbortSignal): Promise<ContentVerdict> {
    const cached = rescanVerdicts.get(key, this.#cache.generation)
    if (cached) return { verdict: cached, origin: 'shared' }
    const { verdict, identity, isContentVerdict, isLasting } = await this.#scanAndCache(hashed, signal)
    if (isContentVerdict && isLasting) rescanVerdicts.add(key, verdict, hashed.generation)
    return { verdict, origin: 'engine', identity }
  }

  async #startScan(key: string, hashed: HashedFile, signal: AbortSignal): Promise<ContentVerdict> {
    const inFlight = this.#inFlight
    const shared = Promise.withResolvers<Verdict | undefined>()
    inFlight.set(key, shared.promise)
    let contentVerdict: Verdict | undefined
    try {
      const { verdict, identity, isContentVerdict } = await this.#scanAndCache(hashed, signal)
      if (isContentVerdict) contentVerdict = verdict
      return { verdict, origin: 'engine', identity }
    } finally {
      inFlight.delete(key)
      shared.resolve(contentVerdict)
    }
  }

  async #scanAndCache(hashed: HashedFile, signal: AbortSignal): Promise<EngineScan> {
    const { merged: verdict, isLasting } = await this.#runEngines(hashed, signal)
    const { file, content, generation } = hashed
    const identity = readIdentity(file.fd)
    const isContentVerdict = hashed.isCacheable && file.sizeBytes === content.sizeBytes && isSameIdentity(identity, file.identity)
    if (isContentVerdict && isLasting) this.#cache.rememberContent(content, verdict, generation)
    return { verdict, identity, isContentVerdict, isLasting }
  }

  async #runEngines({ file, content }: HashedFile, signal: AbortSignal): Promise<{ merged: Verdict; isLasting: boolean }> {
    using _slot = await this.#budgets.acquire(file.sizeBytes, signal)
    const startedAtMs = performance.now()
    const { clamav, obfuscation } = this.#engines
    const engines = content.obfuscation && obfuscation ? [clamav, obfuscation] : [clamav]
    const verdicts = await Promise.all(engines.map((engine) => engine.scan(file, signal)))
    this.#metrics.countScan(file.sizeBytes, (performance.now() - startedAtMs) / SECOND_MS)
    return { merged: mergeVerdicts(verdicts), isLasting: verdicts.every(isLasting) }
  }
}
