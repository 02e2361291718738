import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ContainerInfoMessage, ScanConfig, ScanSourceName, ScanTriggerName } from '@guardimesh/contracts'
import { RescanVerdicts } from '../../../engines/rescan-verdicts.js'
import type { ProcReader } from '../../../node/proc.js'
import type { FoundFile, SourceItem } from '../../../sources/found-file.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import type { Reporter } from '../reporting/reporter.js'
import type { Sightings } from '../reporting/sightings.js'
import { containerItems, whole, whyLeftOut } from './container-files.js'
import type { ProcessInspector } from './process-inspector.js'
import type { FileOutcome, RetryingScanner } from './retrying-scanner.js'
import { ScanTally } from '../results/scan-tally.js'
import { WorkInParallel } from './concurrency-limiter.js'

export interface ContainerScansOptions {
  readonly hostRoot: string
  readonly files: RetryingScanner
  readonly processInspector: ProcessInspector
  readonly proc: ProcReader
  readonly reporter: Reporter
  readonly sightings: Sightings
  readonly scanConfig: () => ScanConfig
}

/** A scan that is going on. */
interface UnderWay {
  readonly tally: ScanTally
  readonly rescanVerdicts: RescanVerdicts | undefined
  /** Tells the findings so far. */
  readonly report: () => Promise<void>
}

/** How long the walk holds the event loop at a time. */
const SLICE_MS = 4
/** Findings are told while the scan still runs. */
const FINDINGS_AT_ONCE = 100
/** Files that are hashed while the engines are busy with others. */
const FILES_AHEAD = 2

/** Scans whole containers: writable layer, volumes, processes. */
export class ContainerScans {
  readonly #options: ContainerScansOptions

  constructor(options: ContainerScansOptions) {
    this.#options = options
  }

  /**
   * Scans one container and reports it; what was left out is reported as such.
   *
   * @returns the tally, for whoever asked.
   * @throws the signal's reason.
   */
  async scan(container: ContainerInfoMessage, trigger: ScanTriggerName, ignoreCache: boolean, signal: AbortSignal): Promise<ScanTally> {
    const tally = new ScanTally()
    const { hostRoot, scanConfig } = this.#options
    const left = whyLeftOut(container, scanConfig())
    if (left) tally.addNotScanned(left)
    if (trigger === 'event_overflow')
      tally.addNotScanned(whole('event_overflow', `file events were lost until ${new Date().toISOString()}; this scan makes up for them`))
    if (left?.reason !== 'skipped_namespace') {
      const report = () => this.#report(container, trigger, tally, false, signal)
      const rescanVerdicts = ignoreCache ? new RescanVerdicts() : undefined
      const sourceOf = (own: ScanSourceName) => (trigger === 'on_request' ? 'on_demand' : own)
      const items = containerItems(hostRoot, container, scanConfig(), sourceOf)
      if (!left) await this.#scanItems(container, items, { tally, rescanVerdicts, report }, signal)
      await this.#scanProcesses(container, tally, signal)
    }
    await this.#report(container, trigger, tally, true, signal)
    return tally
  }

  async #scanItems(container: ContainerInfoMessage, items: Generator<SourceItem>, scan: UnderWay, signal: AbortSignal): Promise<void> {
    const { tally, report } = scan
    const work = new WorkInParallel(() => this.#options.scanConfig().budgets.concurrentScans + FILES_AHEAD)
    try {
      let sliceEndsAtMs = performance.now() + SLICE_MS
      for (const item of items) {
        if (performance.now() >= sliceEndsAtMs) {
          await nextTurn()
          signal.throwIfAborted()
          sliceEndsAtMs = performance.now() + SLICE_MS
        }
        if (item.kind === 'not-scanned') tally.addNotScanned(item.entry)
        else if (!this.#addKnown(container, item.file, scan)) await work.start(() => this.#scanFile(container, item.file, scan, signal))
        if (tally.waitingFindings >= FINDINGS_AT_ONCE) await report()
      }
      await work.end()
    } catch (error) {
      signal.throwIfAborted()
      tally.addNotScanned({ ...openFailureReason(error), path: Buffer.from('/'), count: 0, sizeBytes: 0 })
    } finally {
      await work.settled()
    }
    signal.throwIfAborted()
  }

  #addKnown(container: ContainerInfoMessage, file: FoundFile, { tally, rescanVerdicts }: UnderWay): boolean {
    const known = rescanVerdicts ? undefined : this.#options.files.known(file)
    if (known) this.#addFile(container, file, known, tally)
    return known !== undefined
  }

  async #scanFile(
    container: ContainerInfoMessage,
    file: FoundFile,
    { tally, rescanVerdicts }: UnderWay,
    signal: AbortSignal,
  ): Promise<void> {
    this.#addFile(container, file, await this.#options.files.scanFound(file, rescanVerdicts, signal), tally)
  }

  #addFile(container: ContainerInfoMessage, file: FoundFile, outcome: FileOutcome, tally: ScanTally): void {
    tally.addFile(outcome)
    if (outcome.seen) this.#options.sightings.note(container, file, outcome.seen)
  }

  async #scanProcesses(container: ContainerInfoMessage, tally: ScanTally, signal: AbortSignal): Promise<void> {
    const { proc, processInspector } = this.#options
    if (container.pid === 0) return
    const pids = proc.processesOf([container]).get(container.containerId) ?? []
    await processInspector.processInspector(container, pids, tally, signal)
  }

  /** @param isLast the result that carries counts and coverage; those before it carry findings only. */
  async #report(
    container: ContainerInfoMessage,
    trigger: ScanTriggerName,
    tally: ScanTally,
    isLast: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const sums = isLast ? { ...tally.counts, notScanned: tally.notScanned() } : { ...NO_COUNTS, notScanned: [] }
    const times = { startedAtMs: tally.startedAtMs, finishedAtMs: Date.now() }
    const outcome = { container, trigger, ...times, ...sums, findings: tally.takeFindings() }
    await this.#options.reporter.report(outcome, { evenWhenClean: isLast, allCoverage: TELLS_ALL.includes(trigger) }, signal)
  }
}

const NO_COUNTS = { filesScanned: 0, filesCached: 0, bytesScanned: 0 }
/** A person reads the results of these, so they list everything that was not scanned, known or not. */
const TELLS_ALL: readonly ScanTriggerName[] = ['schedule', 'on_request']
