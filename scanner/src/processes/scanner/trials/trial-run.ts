import { closeSync } from 'node:fs'
import { RULE_TRIAL_LIMITS, type RuleTrialOrder } from '@guardimesh/contracts/http/rule-trials'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, displayPath, errorCodeOf, messageOf, sleep } from '@guardimesh/kit'
import type { CachedScanner } from '../../../engines/cached-scanner.js'
import type { HashPool } from '../../../engines/hash-pool.js'
import { type RuleContent, readRuleContent } from '../../../engines/obfuscation/read-rule-content.js'
import type { TrialEngine } from '../../../engines/obfuscation/trial-engine.js'
import type { OpenedFile } from '../../../node/file-identity.js'
import { statOpened } from '../../../node/file-stat.js'
import type { FoundFile, NotScanned } from '../../../sources/found-file.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import type { RunningFile } from '../../../sources/running-file.js'
import type { ContainerFiles } from '../scans/container-files.js'
import { TimeSlice } from '../scans/time-slice.js'
import { TrialTally } from './trial-tally.js'

export interface TrialRunOptions {
  readonly engine: TrialEngine
  /** For its budgets: files of a trial wait until no scan does. */
  readonly scanner: CachedScanner
  readonly hashes: HashPool
  readonly containerFiles: ContainerFiles
  readonly containers: () => Iterable<ContainerInfoMessage>
  readonly scanConfig: () => ScanConfig
}

/** How a trial ended on this node. */
export interface TrialOutcome {
  readonly state: 'done' | 'failed'
  /** One sentence; empty when all files were scanned. */
  readonly problem: string
}

/** A file of a container that the rules are applied to. */
interface Candidate extends Pick<FoundFile, 'path' | 'layer'> {
  /** Returns undefined when the file no longer exists, or is no program. @throws KernelError */
  readonly open: () => number | undefined | Promise<number | undefined>
}

/** The container that is being scanned. */
interface ContainerTrial {
  readonly container: ContainerInfoMessage
  /** Matches that were counted, as rule and path. */
  readonly hits: Set<string>
  readonly signal: AbortSignal
}

/** Attempts to set the rules: the obfuscation scanner may be starting. */
const SET_ATTEMPTS = 6
const SET_RETRY = { firstMs: 500, maxMs: 10 * SECOND_MS }
/** Errors of an obfuscation scanner that restarted and lost the rules. */
const RULES_LOST_CODES = new Set(['ENGINE_UNAVAILABLE', 'PEER_DISCONNECTED'])
/** Maximum number of times that a trial sets lost rules again: rules that crash the obfuscation scanner must not do so repeatedly. */
const RESETS_MAX = 1

/** Thrown when the trial reaches one of its limits, which completes it. */
class LimitReached extends Error {}
/** Thrown when the rules, or the obfuscation scanner, make the trial fail. */
class TrialFailure extends Error {}

/**
 * Applies the rules of one trial to the files in the containers of this node: the same files, and the same parts of them, that scans apply the
 * active rules to. It neither uses nor stores verdicts, and creates no findings, sightings or coverage.
 */
export class TrialRun {
  readonly #options: TrialRunOptions
  readonly #order: RuleTrialOrder
  readonly #endsAtMs = performance.now() + RULE_TRIAL_LIMITS.nodeMs
  readonly #slice = new TimeSlice()
  readonly tally = new TrialTally()
  #resets = 0

  constructor(order: RuleTrialOrder, options: TrialRunOptions) {
    this.#order = order
    this.#options = options
  }

  /** @throws only the signal's reason. */
  async run(signal: AbortSignal): Promise<TrialOutcome> {
    try {
      if (!this.#options.scanConfig().features.obfuscation)
        return { state: 'failed', problem: 'rules do not run on this node: obfuscation is switched off in the scan configuration' }
      await this.#setRules(signal)
      for (const container of [...this.#options.containers()]) await this.#scanContainer({ container, hits: new Set(), signal })
      return { state: 'done', problem: '' }
    } catch (error) {
      signal.throwIfAborted()
      return { state: error instanceof LimitReached ? 'done' : 'failed', problem: messageOf(error).slice(0, 1000) }
    } finally {
      // An obfuscation scanner that is unavailable has lost the rules already.
      await this.#options.engine.end(this.#order.trialId).catch(() => undefined)
    }
  }

  async #setRules(signal: AbortSignal): Promise<void> {
    const { trialId, rules } = this.#order
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#options.engine.set(trialId, rules)
      } catch (error) {
        signal.throwIfAborted()
        if (!RULES_LOST_CODES.has(errorCodeOf(error)) || attempt >= SET_ATTEMPTS) throw error
        await sleep(backoffMs(attempt, SET_RETRY), signal)
      }
    }
  }

  async #scanContainer(trial: ContainerTrial): Promise<void> {
    const exclusion = this.#options.containerFiles.exclusionOf(trial.container)
    if (exclusion) this.tally.addNotScanned(exclusion.reason, 0)
    if (!exclusion) await this.#scanWritten(trial)
    if (exclusion?.reason !== 'skipped_namespace') await this.#scanRunning(trial)
  }

  async #scanWritten(trial: ContainerTrial): Promise<void> {
    const { container, signal } = trial
    try {
      for (const item of this.#options.containerFiles.written(container, (own) => own)) {
        if (this.#slice.isOver) await this.#slice.next(signal)
        if (item.kind === 'not-scanned') this.tally.addNotScanned(item.entry.reason, item.entry.count)
        else await this.#scanFile(item.file, trial)
      }
    } catch (error) {
      signal.throwIfAborted()
      this.#countUnlessFatal(error)
    }
  }

  async #scanRunning(trial: ContainerTrial): Promise<void> {
    const { containerFiles } = this.#options
    const { container, signal } = trial
    const scannedKeys = new Set<string>()
    const visitor = {
      visit: async ({ key, path, layer, open }: RunningFile) => {
        if (this.#slice.isOver) await this.#slice.next(signal)
        if (!scannedKeys.has(key)) await this.#scanFile({ path, layer, open: async () => (await open())?.fd }, trial)
        scannedKeys.add(key)
      },
      notScanned: (entry: NotScanned) => this.tally.addNotScanned(entry.reason, entry.count),
      failed: (error: unknown) => this.#countUnlessFatal(error),
    }
    try {
      await containerFiles.visitRunning(container, containerFiles.pidsOf(container), visitor, signal)
    } catch (error) {
      signal.throwIfAborted()
      this.#countUnlessFatal(error)
    }
  }

  /** Counts a file or process that cannot be read. @throws the error when it ends the trial. */
  #countUnlessFatal(error: unknown): void {
    if (error instanceof LimitReached || error instanceof TrialFailure) throw error
    this.tally.addNotScanned(openFailureReason(error).reason, 1)
  }

  async #scanFile(file: Candidate, trial: ContainerTrial): Promise<void> {
    this.#checkLimits()
    let fd: number | undefined
    try {
      fd = await file.open()
    } catch (error) {
      return this.tally.addNotScanned(openFailureReason(error).reason, 1)
    }
    if (fd === undefined) return
    try {
      const { identity } = statOpened(fd)
      const opened: OpenedFile = { fd, path: file.path, sizeBytes: Number(identity.sizeBytes), identity }
      if (opened.sizeBytes > this.#options.scanConfig().maxFileSizeBytes) return this.tally.addNotScanned('too_large', 1)
      await this.#scanOpened(file, opened, trial)
    } finally {
      closeSync(fd)
    }
  }

  async #scanOpened(file: Candidate, opened: OpenedFile, trial: ContainerTrial): Promise<void> {
    let content: RuleContent | undefined
    try {
      content = await readRuleContent(opened)
    } catch {
      return this.tally.addNotScanned('unreadable', 1)
    }
    if (!content) return this.tally.addNotScanned('no_program', 1)
    const rules = await this.#match(content, opened, trial)
    this.tally.addScanned(content.content.length)
    await this.#addHits(rules, file, opened, trial)
  }

  async #addHits(
    rules: readonly string[],
    { path, layer }: Candidate,
    opened: OpenedFile,
    { container, hits }: ContainerTrial,
  ): Promise<void> {
    const keyOf = (rule: string) => `${rule}\0${path.toString('latin1')}`
    const added = rules.filter((rule) => !hits.has(keyOf(rule)))
    if (added.length === 0) return
    const sha256 = this.tally.canListHit ? await this.#hash(opened) : undefined
    for (const rule of added) {
      hits.add(keyOf(rule))
      this.tally.addHit(rule, { container, path, layer, sizeBytes: opened.sizeBytes }, sha256)
    }
  }

  /** Returns the rules that match. @throws TrialFailure when the rules exceed a limit, the signal's reason. */
  async #match(content: RuleContent, { path, sizeBytes }: OpenedFile, { container, signal }: ContainerTrial): Promise<readonly string[]> {
    for (;;) {
      try {
        using _slot = await this.#options.scanner.acquireBackgroundSlot(content.content.length, signal)
        return await this.#options.engine.match(this.#order.trialId, content, sizeBytes)
      } catch (error) {
        signal.throwIfAborted()
        const where = `${displayPath(path).slice(0, 400)} of ${container.podName || container.containerName}`
        if (!RULES_LOST_CODES.has(errorCodeOf(error)) || ++this.#resets > RESETS_MAX)
          throw new TrialFailure(`${messageOf(error)}, with ${where}`)
        await this.#setRulesAgain(signal)
      }
    }
  }

  /** @throws TrialFailure when the rules cannot be set, the signal's reason. */
  async #setRulesAgain(signal: AbortSignal): Promise<void> {
    try {
      await this.#setRules(signal)
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

  #checkLimits(): void {
    const { filesPerNode, nodeMs } = RULE_TRIAL_LIMITS
    if (this.tally.files >= filesPerNode) throw new LimitReached(`the limit of ${filesPerNode} files was reached; there are more`)
    if (performance.now() > this.#endsAtMs)
      throw new LimitReached(`the limit of ${nodeMs / MINUTE_MS} minutes was reached before all files were scanned`)
  }
}
