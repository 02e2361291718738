import { SECOND_MS } from '@guardimesh/contracts/units'
import { sleep } from '@guardimesh/kit'
import type { OpenedFile } from '../node/file-identity.js'
import { type BudgetLimits, Budgets } from './budgets.js'
import type { EngineMatch, EngineName, RemoteEngine, Verdict } from './engine.js'
import { EngineGuard, type EngineGuardLimits } from './engine-guard.js'
import { checkFormat } from './formats/format-check.js'
import { streamFormatOf } from './formats/packed-streams.js'
import { awaiting, CLEAN, mergeVerdicts, withoutRepeatedGap, withoutUnsupportedFormat } from './merge-verdicts.js'
import { PackedStreamScanner, type UnpackingEngine } from './packed-stream-scanner.js'
import type { RescanVerdicts } from './rescan-verdicts.js'
import type { ScannerMetrics } from './scanner-metrics.js'
import type { ScannedContent } from './verdict-cache.js'

/** ClamAV, by descriptors or as a stream. */
export interface ClamavEngine extends RemoteEngine {
  /** Discards the cached version, which is queried again at the next finding. */
  forgetVersion(): void
}

/** The engine of the obfuscation rules, which also unpacks streams. */
export interface RuleEngine extends UnpackingEngine {
  /** True when the rules apply to a content under this path. */
  covers(head: Buffer, path: Buffer): boolean
  /** True when the last verdict used the rules of this generation. */
  usesGeneration(generation: string): boolean
}

export interface EngineSet {
  readonly clamav: ClamavEngine
  /** Undefined when the node runs without obfuscation rules. */
  readonly obfuscation: RuleEngine | undefined
}

/** The merged verdict, and the part that a later scan of the same content need not repeat. */
export interface EngineVerdicts {
  readonly verdict: Verdict
  readonly byClamav: Verdict
}

/** Whether a scan waits for a slow second engine: "brief" for file events, "patient" for background work. */
export type Patience = 'brief' | 'patient'

/** A file and the hash of its content. */
export interface HashedFile {
  readonly file: OpenedFile
  /** See `readHead`. */
  readonly head: Buffer
  readonly content: ScannedContent
  /** True when the obfuscation rules apply. */
  readonly isCovered: boolean
  /** False when the obfuscation rules are switched off. Streams are unpacked anyway. */
  readonly appliesRules: boolean
  /** Generation that was active when the scan started. */
  readonly generation: string | undefined
  /** False when a change of the file could be missed; the verdict is not cached then. */
  readonly isCacheable: boolean
  /** Set for a rescan that ignores the cache. */
  readonly rescanVerdicts: RescanVerdicts | undefined
  readonly patience: Patience
  /** Called with the matches of an engine while another one is still scanning. */
  readonly onMatches: (matches: readonly EngineMatch[]) => void
}

/** What a scan by the engines needs of a file. */
type ScanInput = Pick<HashedFile, 'file' | 'head' | 'isCovered' | 'appliesRules' | 'patience' | 'onMatches'>

/** clamd answers PING from its main thread, also during scans; a reload that is not concurrent delays it. */
const CLAMAV_LIMITS: EngineGuardLimits = { stallMs: SECOND_MS, pingTimeoutMs: 2 * SECOND_MS }
/** A small script takes milliseconds. */
const OBFUSCATION_LIMITS: EngineGuardLimits = { stallMs: 250, pingTimeoutMs: 500 }
/** Time that the verdict of ClamAV waits for that of the obfuscation rules, unless other contents wait for them already. */
const GRACE_MS = 50
/** Contents that the obfuscation scanner processes at a time. Its own limit, so that a slow one uses no slot of ClamAV. */
const RULE_SCANS_MAX = 2

/** Queries the engines for one content in parallel. No engine waits for another one that is slow or does not answer. */
export class ParallelEngines implements Disposable {
  readonly #clamav: EngineGuard<ClamavEngine>
  readonly #obfuscation: EngineGuard<RuleEngine> | undefined
  readonly #streams: PackedStreamScanner | undefined
  readonly #budgets: Budgets
  readonly #ruleSlots = new Budgets({ concurrentScans: RULE_SCANS_MAX, bytesPerSecond: 0 })
  readonly #metrics: ScannerMetrics

  constructor({ clamav, obfuscation }: EngineSet, limits: BudgetLimits, metrics: ScannerMetrics) {
    this.#clamav = new EngineGuard(clamav, CLAMAV_LIMITS)
    this.#obfuscation = obfuscation && new EngineGuard(obfuscation, OBFUSCATION_LIMITS)
    this.#streams = this.#obfuscation && new PackedStreamScanner(this.#obfuscation)
    this.#budgets = new Budgets(limits)
    this.#metrics = metrics
  }

  /** Admission to ClamAV. */
  get budgets(): Budgets {
    return this.#budgets
  }

  get guards(): readonly EngineGuard[] {
    return this.#obfuscation ? [this.#clamav, this.#obfuscation] : [this.#clamav]
  }

  guardOf(name: EngineName): EngineGuard | undefined {
    return this.guards.find((guard) => guard.name === name)
  }

  forgetVersion(): void {
    this.#clamav.engine.forgetVersion()
  }

  /** True when the obfuscation rules apply to a content under this path. */
  covers(head: Buffer, path: Buffer): boolean {
    return this.#obfuscation?.engine.covers(head, path) === true
  }

  /** True when the content of this file is unpacked. The verdict depends on its name then, as with `covers`. */
  unpacks(head: Buffer, sizeBytes: number): boolean {
    return this.#streams !== undefined && streamFormatOf(head, sizeBytes) !== undefined
  }

  /** True when the rules that judged a content belong to the generation that ClamAV used. */
  usesGeneration({ file, head, isCovered, generation }: HashedFile): boolean {
    return (
      !(isCovered || this.unpacks(head, file.sizeBytes)) ||
      generation === undefined ||
      this.#obfuscation?.engine.usesGeneration(generation) === true
    )
  }

  /**
   * @param known the verdict of ClamAV for this content, if only the others are missing.
   * @throws the signal's reason when it is aborted.
   */
  async scan(hashed: ScanInput, known: Verdict | undefined, signal: AbortSignal): Promise<EngineVerdicts> {
    const { file, head, isCovered } = hashed
    const isUnpacked = this.unpacks(head, file.sizeBytes)
    // Ends the scan of an engine that this scan does not wait for: the caller closes the file.
    using ended = new Ended()
    const clamav = known ? Promise.resolve(known) : this.#scanByClamav(file, signal)
    if (!isCovered && !isUnpacked) return merged(await clamav, await checkFormatOf(file, head), [])
    const isBusy = this.#ruleSlots.queueLength >= RULE_SCANS_MAX || (isUnpacked && (this.#streams?.queueLength ?? 0) > 0)
    const rules = this.#scanByOthers(hashed, AbortSignal.any([signal, ended.signal]))
    reportFirst([clamav, rules], hashed.onMatches)
    const byClamav = await clamav
    const byRules = hashed.patience === 'patient' ? await rules : await withinGrace(rules, isBusy ? 0 : GRACE_MS)
    // What the stream contains was scanned, or the unpacking engine states why not.
    if (isUnpacked) return { verdict: mergeVerdicts([withoutUnsupportedFormat(byClamav), byRules]), byClamav }
    return merged(byClamav, await checkFormatOf(file, head), [byRules])
  }

  [Symbol.dispose](): void {
    for (const guard of this.guards) guard[Symbol.dispose]()
  }

  async #scanByClamav(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    using _slot = await this.#budgets.acquire(file.sizeBytes, signal)
    const startedAtMs = performance.now()
    const verdict = await this.#clamav.scan(file, signal)
    this.#metrics.countScan(file.sizeBytes, (performance.now() - startedAtMs) / SECOND_MS)
    return verdict
  }

  /** Scans by the rules, if they apply to the file, and what is packed in it. */
  async #scanByOthers({ file, head, isCovered, appliesRules }: ScanInput, signal: AbortSignal): Promise<Verdict> {
    const rules = isCovered ? this.#scanByRules(file, signal) : CLEAN
    const format = streamFormatOf(head, file.sizeBytes)
    if (format === undefined || !this.#streams) return rules
    const scanContent = async (content: OpenedFile, contentHead: Buffer) => {
      const byClamav = await this.#scanByClamav(content, signal)
      const isContentCovered = appliesRules && this.covers(contentHead, content.path)
      return mergeVerdicts([byClamav, isContentCovered ? await this.#scanByRules(content, signal) : CLEAN])
    }
    return mergeVerdicts(await Promise.all([rules, this.#streams.scan({ file, format, scanContent }, signal)]))
  }

  async #scanByRules(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    if (!this.#obfuscation) return awaiting('obfuscation', 'it is not configured')
    using _slot = await this.#ruleSlots.acquire(file.sizeBytes, signal)
    return await this.#obfuscation.scan(file, signal)
  }
}

function merged(byClamav: Verdict, byFormat: Verdict, byRules: readonly Verdict[]): EngineVerdicts {
  return { verdict: mergeVerdicts([withoutRepeatedGap(byClamav, byFormat), ...byRules, byFormat]), byClamav }
}

class Ended extends AbortController implements Disposable {
  [Symbol.dispose](): void {
    this.abort(new Error('the scan has ended'))
  }
}

async function checkFormatOf(file: OpenedFile, head: Buffer): Promise<Verdict> {
  try {
    return await checkFormat(file, head)
  } catch (error) {
    return { kind: 'not-scanned', reason: 'unreadable', detail: String(error).slice(0, 400) }
  }
}

/** Calls back with the matches of the engine that ends first. Also keeps an aborted scan from being an unhandled rejection. */
function reportFirst(scans: readonly Promise<Verdict>[], onMatches: HashedFile['onMatches']): void {
  let ended = 0
  const report = (verdict: Verdict) => {
    ended += 1
    if (ended < scans.length && verdict.kind === 'infected') onMatches(verdict.matches)
  }
  for (const scan of scans) scan.then(report, () => undefined)
}

async function withinGrace(rules: Promise<Verdict>, graceMs: number): Promise<Verdict> {
  const timer = new AbortController()
  try {
    const late = sleep(graceMs, timer.signal).then(() => awaiting('obfuscation', 'it is busy'))
    return await Promise.race([rules, late])
  } finally {
    timer.abort()
  }
}
