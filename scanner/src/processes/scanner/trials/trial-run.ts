import { closeSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type ContainerInfoMessage,
  MINUTE_MS,
  RULE_TRIAL_LIMITS,
  type RuleTrialOrder,
  type ScanConfig,
  SECOND_MS,
} from '@guardimesh/contracts'
import { backoffMs, displayPath, errorCodeOf, messageOf, sleep } from '@guardimesh/kit'
import type { CachedScanner } from '../../../engines/cached-scanner.js'
import type { HashPool } from '../../../engines/hash-pool.js'
import { type RuleContent, readRuleContent } from '../../../engines/obfuscation/read-rule-content.js'
import type { TrialEngine } from '../../../engines/obfuscation/trial-engine.js'
import type { OpenedFile } from '../../../node/file-identity.js'
import { statOpened } from '../../../node/file-stat.js'
import type { ProcReader } from '../../../node/proc.js'
import type { FoundFile } from '../../../sources/found-file.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import { containerItems, whyLeftOut } from '../scans/container-items.js'
import type { ProcessInspector } from '../scans/process-inspector.js'
import { TrialTally } from './trial-tally.js'

export interface TrialRunOptions {
  readonly hostRoot: string
  readonly engine: TrialEngine
  /** For its budgets: files of a trial wait until no scan does. */
  readonly scanner: CachedScanner
  readonly hashes: HashPool
  readonly proc: ProcReader
  readonly processInspector: ProcessInspector
  readonly containers: () => Iterable<ContainerInfoMessage>
  readonly scanConfig: () => ScanConfig
}

/** How a trial ended on this node. */
export interface TrialOutcome {
  readonly state: 'done' | 'failed'
  /** One sentence; empty when everything was looked at. */
  readonly problem: string
}

/** A file of a container, and how it is opened. */
interface Candidate extends Pick<FoundFile, 'path' | 'layer'> {
  /** Undefined when what it was is gone, or is no program. @throws KernelError */
  readonly open: () => number | undefined
}

/** How long the walk holds the event loop at a time. */
const SLICE_MS = 4
/** The obfuscation scanner may just be starting. */
const SET_ATTEMPTS = 6
const SET_RETRY = { firstMs: 500, maxMs: 10 * SECOND_MS }
/** What setting the rules again may mend: the obfuscation scanner was restarted. */
const NOT_SET = new Set(['ENGINE_UNAVAILABLE', 'PEER_DISCONNECTED'])
/** How often that is tried in one trial: rules that end the obfuscation scanner shall not do so again and again. */
const RESETS_MAX = 1

/** Thrown where a bound of the trial is reached; the trial is done then. */
class BoundReached extends Error {}
/** The rules themselves are the trouble, or the obfuscation scanner is. */
class TrialFailure extends Error {}

/**
 * Lets the rules of one trial look at what is in the containers of this node now: the same files, and the same of them, as scans give to the rules
 * in force. Knows no verdicts and leaves none: no finding, no sighting and no coverage comes of it.
 */
export class TrialRun {
  readonly #options: TrialRunOptions
  readonly #order: RuleTrialOrder
  readonly #endsAtMs = performance.now() + RULE_TRIAL_LIMITS.nodeMs
  readonly tally = new TrialTally()
  #sliceEndsAtMs = 0
  #resets = 0

  constructor(order: RuleTrialOrder, options: TrialRunOptions) {
    this.#order = order
    this.#options = options
  }

  /** @throws only the signal's reason. */
  async run(signal: AbortSignal): Promise<TrialOutcome> {
    try {
      if (!this.#options.scanConfig().features.obfuscation)
        return { state: 'failed', problem: 'no rules look at files on this node: obfuscation is switched off in the scan configuration' }
      await this.#set(signal)
      for (const container of [...this.#options.containers()]) await this.#tryContainer(container, signal)
      return { state: 'done', problem: '' }
    } catch (error) {
      signal.throwIfAborted()
      return { state: error instanceof BoundReached ? 'done' : 'failed', problem: messageOf(error).slice(0, 1000) }
    } finally {
      // An obfuscation scanner that is away has ended it already.
      await this.#options.engine.end(this.#order.trialId).catch(() => undefined)
    }
  }

  async #set(signal: AbortSignal): Promise<void> {
    const { trialId, rules } = this.#order
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#options.engine.set(trialId, rules)
      } catch (error) {
        signal.throwIfAborted()
        if (!NOT_SET.has(errorCodeOf(error)) || attempt >= SET_ATTEMPTS) throw error
        await sleep(backoffMs(attempt, SET_RETRY), signal)
      }
    }
  }

  async #tryContainer(container: ContainerInfoMessage, signal: AbortSignal): Promise<void> {
    const { hostRoot, scanConfig } = this.#options
    const left = whyLeftOut(container, scanConfig())
    if (left) this.tally.addNotScanned(left.reason, 0)
    if (left?.reason === 'skipped_namespace') return
    const hits = new Set<string>()
    if (!left) {
      try {
        for (const item of containerItems(hostRoot, container, scanConfig(), (own) => own)) {
          await this.#pause(signal)
          if (item.kind === 'not-scanned') this.tally.addNotScanned(item.entry.reason, item.entry.count)
          else await this.#tryFile(container, item.file, hits, signal)
        }
      } catch (error) {
        this.#tellUnlessFatal(error, signal)
      }
    }
    await this.#tryProcesses(container, hits, signal)
  }

  async #tryProcesses(container: ContainerInfoMessage, hits: Set<string>, signal: AbortSignal): Promise<void> {
    const { proc, processInspector } = this.#options
    if (container.pid === 0) return
    const pids = proc.processesOf([container]).get(container.containerId) ?? []
    const tried = new Set<string>()
    for (const pid of pids) {
      try {
        for (const file of await processInspector.unexplained(container, pid, new Set(pids))) {
          await this.#pause(signal)
          if (!tried.has(file.key)) await this.#tryFile(container, file, hits, signal)
          tried.add(file.key)
        }
      } catch (error) {
        this.#tellUnlessFatal(error, signal)
      }
    }
  }

  /** What one file or process makes impossible is counted, and the others are looked at; trouble with the rules ends the trial. */
  #tellUnlessFatal(error: unknown, signal: AbortSignal): void {
    signal.throwIfAborted()
    if (error instanceof BoundReached || error instanceof TrialFailure) throw error
    this.tally.addNotScanned(openFailureReason(error).reason, 1)
  }

  async #tryFile(container: ContainerInfoMessage, file: Candidate, hits: Set<string>, signal: AbortSignal): Promise<void> {
    this.#checkBounds()
    let fd: number | undefined
    try {
      fd = file.open()
    } catch (error) {
      return this.tally.addNotScanned(openFailureReason(error).reason, 1)
    }
    if (fd === undefined) return
    try {
      const { identity } = statOpened(fd)
      const opened: OpenedFile = { fd, path: file.path, sizeBytes: Number(identity.sizeBytes), identity }
      if (opened.sizeBytes > this.#options.scanConfig().maxFileSizeBytes) return this.tally.addNotScanned('too_large', 1)
      await this.#tryOpened(container, file, opened, hits, signal)
    } finally {
      closeSync(fd)
    }
  }

  async #tryOpened(
    container: ContainerInfoMessage,
    file: Candidate,
    opened: OpenedFile,
    hits: Set<string>,
    signal: AbortSignal,
  ): Promise<void> {
    let given: RuleContent | undefined
    try {
      given = await readRuleContent(opened)
    } catch {
      return this.tally.addNotScanned('unreadable', 1)
    }
    if (!given) return this.tally.addNotScanned('no_program', 1)
    const rules = await this.#look(container, file, given, opened.sizeBytes, signal)
    this.tally.addLooked(given.content.length)
    const key = (rule: string) => `${rule}\0${file.path.toString('latin1')}`
    const fresh = rules.filter((rule) => !hits.has(key(rule)))
    if (fresh.length === 0) return
    const sha256 = this.tally.hasRoom ? await this.#hash(opened) : undefined
    for (const rule of fresh) {
      hits.add(key(rule))
      this.tally.addHit(rule, { container, path: file.path, layer: file.layer, sizeBytes: opened.sizeBytes }, sha256)
    }
  }

  /** @throws TrialFailure when the rules went over a bound, the signal's reason. */
  async #look(
    container: ContainerInfoMessage,
    { path }: Candidate,
    given: RuleContent,
    sizeBytes: number,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    for (;;) {
      try {
        using _place = await this.#options.scanner.acquireBackgroundSlot(given.content.length, signal)
        return await this.#options.engine.match(this.#order.trialId, given, sizeBytes)
      } catch (error) {
        signal.throwIfAborted()
        const where = `${displayPath(path).slice(0, 400)} of ${container.podName || container.containerName}`
        if (!NOT_SET.has(errorCodeOf(error)) || ++this.#resets > RESETS_MAX) throw new TrialFailure(`${messageOf(error)}, with ${where}`)
        await this.#setAgain(signal)
      }
    }
  }

  /** @throws TrialFailure when the rules cannot be set, the signal's reason. */
  async #setAgain(signal: AbortSignal): Promise<void> {
    try {
      await this.#set(signal)
    } catch (error) {
      signal.throwIfAborted()
      throw new TrialFailure(messageOf(error))
    }
  }

  async #hash({ fd, sizeBytes }: OpenedFile): Promise<Uint8Array | undefined> {
    try {
      return (await this.#options.hashes.hash(fd, sizeBytes)).sha256
    } catch {
      return undefined
    }
  }

  #checkBounds(): void {
    if (this.tally.files >= RULE_TRIAL_LIMITS.filesPerNode)
      throw new BoundReached(`${RULE_TRIAL_LIMITS.filesPerNode} files were looked at; there are more`)
    if (performance.now() > this.#endsAtMs)
      throw new BoundReached(`${RULE_TRIAL_LIMITS.nodeMs / MINUTE_MS} minutes have passed, and not all files were looked at`)
  }

  async #pause(signal: AbortSignal): Promise<void> {
    if (performance.now() < this.#sliceEndsAtMs) return
    await nextTurn()
    signal.throwIfAborted()
    this.#sliceEndsAtMs = performance.now() + SLICE_MS
  }
}
