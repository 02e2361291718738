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

/** An engine that is a process of its own, and may be away for a while. */
export interface RemoteEngine extends Engine {
  /** Waits until it answers. Returns early when the signal is aborted. */
  waitUntilReady(signal: AbortSignal): Promise<void>
}

/** ClamAV, by descriptors or as a stream. */
export interface ClamavEngine extends RemoteEngine {
  /** Asks again for the version at the next finding. */
  forgetVersion(): void
}

export interface EngineSet {
  readonly clamav: ClamavEngine
  /** Undefined when this node runs without. */
  readonly obfuscation: RemoteEngine | undefined
}

/** A file whose content is known by its hash. */
export interface HashedFile {
  readonly file: OpenedFile
  readonly content: ScannedContent
  /** Signatures in force when the look began. */
  readonly generation: string | undefined
  /** False when a change of the file could go unnoticed: then the verdict is given, not kept. */
  readonly isCacheable: boolean
  /** Set: what was known before does not count. */
  readonly rescanVerdicts: RescanVerdicts | undefined
}

export interface ContentVerdict {
  readonly verdict: Verdict
  readonly origin: VerdictOrigin
  /** The file as it was after the engines looked; undefined when none had to. */
  readonly identity?: FileIdentity
}

interface EngineScan {
  readonly verdict: Verdict
  readonly identity: FileIdentity
  /** The file did not change, so the verdict holds for every file with this hash. */
  readonly isContentVerdict: boolean
  /** The same signatures would say the same again. */
  readonly isLasting: boolean
}

/** Gives each content one verdict, however many files with it come at the same time: the first is looked at, the others wait for it. */
export class SingleFlightScanner {
  readonly #engines: EngineSet
  readonly #cache: VerdictCache
  readonly #budgets: Budgets
  readonly #metrics: ScannerMetrics
  /** What the engines look at now; undefined when that look told nothing about the content. */
  #underWay = new Map<string, Promise<Verdict | undefined>>()

  constructor(engines: EngineSet, cache: VerdictCache, budgets: Budgets, metrics: ScannerMetrics) {
    this.#engines = engines
    this.#cache = cache
    this.#budgets = budgets
    this.#metrics = metrics
  }

  /** From now on nobody waits for a look that began before. */
  detachRunningScans(): void {
    this.#underWay = new Map()
  }

  /** @throws the signal's reason when it is aborted. */
  async scanContent(hashed: HashedFile, signal: AbortSignal): Promise<ContentVerdict> {
    const key = contentKey(hashed.content.sha256, hashed.content.sizeBytes, hashed.content.obfuscation)
    if (hashed.rescanVerdicts) return this.#scanAfresh(key, hashed, hashed.rescanVerdicts, signal)
    for (;;) {
      const known = this.#cache.findByContent(hashed.content)
      if (known) return { verdict: known, origin: 'content' }
      const other = this.#underWay.get(key)
      if (!other) return this.#lead(key, hashed, signal)
      const shared = await other
      signal.throwIfAborted()
      if (shared) return { verdict: shared, origin: 'shared' }
    }
  }

  async #scanAfresh(key: string, hashed: HashedFile, rescanVerdicts: RescanVerdicts, signal: AbortSignal): Promise<ContentVerdict> {
    const known = rescanVerdicts.get(key, this.#cache.generation)
    if (known) return { verdict: known, origin: 'shared' }
    const { verdict, identity, isContentVerdict: isOfContent, isLasting } = await this.#look(hashed, signal)
    if (isOfContent && isLasting) rescanVerdicts.add(key, verdict, hashed.generation)
    return { verdict, origin: 'engine', identity }
  }

  async #lead(key: string, hashed: HashedFile, signal: AbortSignal): Promise<ContentVerdict> {
    const underWay = this.#underWay
    const told = Promise.withResolvers<Verdict | undefined>()
    underWay.set(key, told.promise)
    let forOthers: Verdict | undefined
    try {
      const { verdict, identity, isContentVerdict: isOfContent } = await this.#look(hashed, signal)
      if (isOfContent) forOthers = verdict
      return { verdict, origin: 'engine', identity }
    } finally {
      underWay.delete(key)
      told.resolve(forOthers)
    }
  }

  async #look(hashed: HashedFile, signal: AbortSignal): Promise<EngineScan> {
    const { merged: verdict, isLasting } = await this.#askEngines(hashed, signal)
    const { file, content, generation } = hashed
    const identity = readIdentity(file.fd)
    const isOfContent = hashed.isCacheable && file.sizeBytes === content.sizeBytes && isSameIdentity(identity, file.identity)
    if (isOfContent && isLasting) this.#cache.rememberContent(content, verdict, generation)
    return { verdict, identity, isContentVerdict: isOfContent, isLasting }
  }

  async #askEngines({ file, content }: HashedFile, signal: AbortSignal): Promise<{ merged: Verdict; isLasting: boolean }> {
    using _place = await this.#budgets.acquire(file.sizeBytes, signal)
    const startedAtMs = performance.now()
    const { clamav, obfuscation } = this.#engines
    const engines = content.obfuscation && obfuscation ? [clamav, obfuscation] : [clamav]
    const verdicts = await Promise.all(engines.map((engine) => engine.scan(file, signal)))
    this.#metrics.countScan(file.sizeBytes, (performance.now() - startedAtMs) / SECOND_MS)
    return { merged: mergeVerdicts(verdicts), isLasting: verdicts.every(isLasting) }
  }
}
