import type { ScanSourceName, ScanTriggerName } from '@guardimesh/contracts/detection/scan-source'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { background, type Logger } from '@guardimesh/kit'
import { RescanVerdicts } from '../../../engines/rescan-verdicts.js'
import type { FoundFile, SourceItem } from '../../../sources/found-file.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import type { Reporter } from '../reporting/reporter.js'
import type { Sightings } from '../reporting/sightings.js'
import type { FileOutcome } from '../results/file-outcome.js'
import type { FindingFacts } from '../results/finding-facts.js'
import { ScanTally } from '../results/scan-tally.js'
import { ConcurrencyLimiter } from './concurrency-limiter.js'
import { type ContainerFiles, wholeContainer } from './container-files.js'
import type { DeferredScans } from './deferred-scans.js'
import type { ProcessInspector } from './process-inspector.js'
import type { RetryingScanner } from './retrying-scanner.js'
import { TimeSlice } from './time-slice.js'
import { WaitBudget } from './wait-budget.js'

export interface ContainerScannerOptions {
  readonly containerFiles: ContainerFiles
  readonly files: RetryingScanner
  readonly deferredScans: DeferredScans
  readonly processInspector: ProcessInspector
  readonly reporter: Reporter
  readonly sightings: Sightings
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
}

export interface ContainerScanRequest {
  readonly container: ContainerInfoMessage
  readonly trigger: ScanTriggerName
  /** Scan every content with the engines, even when its verdict is known. */
  readonly ignoreCache: boolean
  /** Scan only these mounts; default: everything. */
  readonly mountIds?: ReadonlySet<number> | undefined
}

/** A scan in progress. */
interface RunningScan extends ContainerScanRequest {
  readonly tally: ScanTally
  readonly rescanVerdicts: RescanVerdicts | undefined
  readonly wait: WaitBudget
  readonly signal: AbortSignal
}

/** A scan with this many unreported findings reports them before it ends. */
const FINDINGS_PER_REPORT = 100
/** Files that are hashed while the engines are busy with others. */
const FILES_AHEAD = 2
const NO_COUNTS = { filesScanned: 0, filesCached: 0, bytesScanned: 0 }
/** Users read the results of these scans, so they list everything that was not scanned, reported earlier or not. */
const TRIGGERS_WITH_ALL_COVERAGE: readonly ScanTriggerName[] = ['schedule', 'on_request']

/** Scans whole containers: writable layer, volumes and processes. */
export class ContainerScanner {
  readonly #options: ContainerScannerOptions

  constructor(options: ContainerScannerOptions) {
    this.#options = options
  }

  /**
   * Scans one container and reports the outcome, including the files that were skipped.
   *
   * @throws the signal's reason.
   */
  async scan(request: ContainerScanRequest, signal: AbortSignal): Promise<ScanTally> {
    const { container, trigger, ignoreCache } = request
    const tally = new ScanTally()
    const scan = { ...request, tally, rescanVerdicts: ignoreCache ? new RescanVerdicts() : undefined, wait: new WaitBudget(), signal }
    const exclusion = this.#options.containerFiles.exclusionOf(container)
    if (exclusion) tally.addNotScanned(exclusion)
    if (trigger === 'event_overflow')
      tally.addNotScanned(
        wholeContainer('event_overflow', `file events were lost until ${new Date().toISOString()}; this scan compensates for them`),
      )
    if (!exclusion) await this.#scanWritten(scan)
    if (exclusion?.reason !== 'skipped_namespace' && !request.mountIds) await this.#inspectProcesses(scan)
    await this.#report(scan, true)
    return tally
  }

  async #scanWritten(scan: RunningScan): Promise<void> {
    const { container, trigger, tally, mountIds, signal } = scan
    const sourceOf = (own: ScanSourceName) => (trigger === 'on_request' ? 'on_demand' : own)
    const limiter = new ConcurrencyLimiter(() => this.#options.scanConfig().budgets.concurrentScans + FILES_AHEAD)
    try {
      await this.#scanItems(this.#options.containerFiles.written(container, sourceOf, mountIds), scan, limiter)
      await limiter.finish()
    } catch (error) {
      signal.throwIfAborted()
      const failure = openFailureReason(error)
      // Runtimes remove the layers of a container soon after its end.
      const reason = failure.reason === 'vanished' ? 'ended_before_scan' : failure.reason
      tally.addNotScanned({ ...failure, reason, path: Buffer.from('/'), count: 0, sizeBytes: 0 })
    } finally {
      await limiter.settled()
    }
    signal.throwIfAborted()
  }

  async #scanItems(items: Generator<SourceItem>, scan: RunningScan, limiter: ConcurrencyLimiter): Promise<void> {
    const { tally, signal } = scan
    const slice = new TimeSlice()
    for (const item of items) {
      if (slice.isOver) await slice.next(signal)
      if (item.kind === 'not-scanned') tally.addNotScanned(item.entry)
      else if (!this.#addKnown(item.file, scan)) await limiter.start(() => this.#scanFile(item.file, scan))
      if (tally.unreportedFindings >= FINDINGS_PER_REPORT) await this.#report(scan, false)
    }
  }

  #addKnown(file: FoundFile, scan: RunningScan): boolean {
    const known = scan.rescanVerdicts ? undefined : this.#options.files.known(file)
    if (known) this.#addFile(file, known, scan)
    return known !== undefined
  }

  async #scanFile(file: FoundFile, scan: RunningScan): Promise<void> {
    const { rescanVerdicts, wait, signal } = scan
    const onFindings = (findings: readonly FindingFacts[]) =>
      background(this.#options.log, 'report findings', this.#reportFindings(findings, scan))
    const outcome = await this.#options.files.scanFound(file, { rescanVerdicts, onFindings }, wait, signal)
    const { path, layer, scanSource, stat } = file
    // The file may be listed in the tally although it is scanned later: the outcome of the deferred scan is reported then.
    this.#options.deferredScans.add({ container: scan.container, context: { path, layer, scanSource, stat }, outcome })
    this.#addFile(file, outcome, scan)
  }

  #addFile(file: FoundFile, outcome: FileOutcome, { container, tally }: RunningScan): void {
    tally.addFile(outcome)
    if (outcome.seen) this.#options.sightings.note(container, file, outcome.seen)
  }

  async #inspectProcesses({ container, trigger, tally, signal }: RunningScan): Promise<void> {
    const { containerFiles, processInspector } = this.#options
    const isComplete = TRIGGERS_WITH_ALL_COVERAGE.includes(trigger)
    await processInspector.inspect(container, containerFiles.pidsOf(container), tally, signal, isComplete)
  }

  async #reportFindings(findings: readonly FindingFacts[], { container, trigger, signal }: RunningScan): Promise<void> {
    const times = { startedAtMs: Date.now(), finishedAtMs: Date.now() }
    const outcome = { container, trigger, ...times, ...NO_COUNTS, findings, notScanned: [] }
    await this.#options.reporter.report(outcome, { evenWhenClean: false, allCoverage: false }, signal)
  }

  /** @param isLast true for the result with counts and coverage; earlier ones contain findings only. */
  async #report({ container, trigger, tally, signal }: RunningScan, isLast: boolean): Promise<void> {
    const sums = isLast ? { ...tally.counts, notScanned: tally.notScanned() } : { ...NO_COUNTS, notScanned: [] }
    const times = { startedAtMs: tally.startedAtMs, finishedAtMs: Date.now() }
    const outcome = { container, trigger, ...times, ...sums, findings: tally.drainFindings() }
    const mode = { evenWhenClean: isLast, allCoverage: TRIGGERS_WITH_ALL_COVERAGE.includes(trigger) }
    await this.#options.reporter.report(outcome, mode, signal)
  }
}
