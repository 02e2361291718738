import { LRUCache } from 'lru-cache'
import type { FileIdentity } from '../node/file-identity.js'
import type { Verdict } from './engine.js'
import { readIdentity } from './file-identity.js'
import { isLasting } from './merge-verdicts.js'
import type { HashedFile, ParallelEngines } from './parallel-engines.js'
import type { RescanVerdicts } from './rescan-verdicts.js'
import type { VerdictOrigin } from './scanner-metrics.js'
import type { VerdictCache } from './verdict-cache.js'
import { contentKey, isSameIdentity, type VerdictScope } from './verdict-keys.js'

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
  /** True when the verdict can be cached: see `isLasting`, and all engines used the same generation. */
  readonly isLasting: boolean
}

/** As many as files may wait for an engine. */
const BY_CLAMAV_MAX = 10_000
const WITHOUT_RULES: VerdictScope = { file: 's', content: 's' }

/** Scans each content once, even if several files with it are scanned concurrently: they join the scan in progress. */
export class SingleFlightScanner {
  readonly #engines: ParallelEngines
  readonly #cache: VerdictCache
  /** Scans in progress by content; they resolve to undefined when the verdict is not valid for the content. */
  #inFlight = new Map<string, Promise<Verdict | undefined>>()
  /** Verdicts of ClamAV for contents whose other verdicts are missing, by hash and size. */
  readonly #byClamav = new LRUCache<string, Verdict>({ max: BY_CLAMAV_MAX })

  constructor(engines: ParallelEngines, cache: VerdictCache) {
    this.#engines = engines
    this.#cache = cache
  }

  /** Prevents later scans from using results of scans in progress. Call when the generation changes. */
  detachRunningScans(): void {
    this.#inFlight = new Map()
    this.#byClamav.clear()
  }

  /** Returns the verdict of a content from the cache, a scan in progress, or a new scan. @throws the signal's reason when it is aborted. */
  async scanContent(hashed: HashedFile, signal: AbortSignal): Promise<ContentVerdict> {
    const { sha256, sizeBytes, scope } = hashed.content
    const key = contentKey(sha256, sizeBytes, scope)
    if (hashed.rescanVerdicts) return this.#rescan(key, hashed, hashed.rescanVerdicts, signal)
    // A scan that does not wait for slow engines must not join one that does.
    const flightKey = `${hashed.patience} ${key}`
    for (;;) {
      const cached = this.#cache.findByContent(hashed.content)
      if (cached) return { verdict: cached, origin: 'content' }
      const other = this.#inFlight.get(flightKey)
      if (!other) return this.#startScan(flightKey, hashed, signal)
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

  async #startScan(flightKey: string, hashed: HashedFile, signal: AbortSignal): Promise<ContentVerdict> {
    const inFlight = this.#inFlight
    const shared = Promise.withResolvers<Verdict | undefined>()
    inFlight.set(flightKey, shared.promise)
    let contentVerdict: Verdict | undefined
    try {
      const { verdict, identity, isContentVerdict } = await this.#scanAndCache(hashed, signal)
      if (isContentVerdict) contentVerdict = verdict
      return { verdict, origin: 'engine', identity }
    } finally {
      inFlight.delete(flightKey)
      shared.resolve(contentVerdict)
    }
  }

  async #scanAndCache(hashed: HashedFile, signal: AbortSignal): Promise<EngineScan> {
    const { file, content, generation } = hashed
    const partKey = contentKey(content.sha256, content.sizeBytes, WITHOUT_RULES)
    const known = hashed.rescanVerdicts ? undefined : this.#byClamav.get(partKey)
    const { verdict, byClamav } = await this.#engines.scan(hashed, known, signal)
    const identity = readIdentity(file.fd)
    const isContentVerdict = hashed.isCacheable && file.sizeBytes === content.sizeBytes && isSameIdentity(identity, file.identity)
    const isCacheable = isLasting(verdict) && this.#engines.usesGeneration(hashed)
    const isCurrent = isContentVerdict && generation !== undefined && generation === this.#cache.generation
    if (isCurrent && !isCacheable && isLasting(byClamav)) this.#byClamav.set(partKey, byClamav)
    if (isContentVerdict && isCacheable) this.#cache.rememberContent(content, verdict, generation)
    return { verdict, identity, isContentVerdict, isLasting: isCacheable }
  }
}
