import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { MINUTE_MS } from '@guardimesh/contracts/units'
import { background, type Logger, sleep } from '@guardimesh/kit'
import { type FileStat, statOpened } from '../../../node/file-stat.js'
import { descriptorPath, openRegular } from '../../../node/kernel.js'
import { type Behaviour, behaviourOfDrift } from '../../../sources/behaviour.js'
import type { Drift, DriftDetector, RunningProgram } from '../../../sources/drift-detector.js'
import type { SettledEvent } from '../../../sources/file-event-debouncer.js'
import { nameInContainer } from '../../../sources/file-name.js'
import type { ProcessFacts } from '../../../sources/found-file.js'
import type { ExecutedPrograms } from '../images/executed-programs.js'
import type { RecheckBook } from '../rechecks/recheck-book.js'
import { reportFile } from '../reporting/report-file.js'
import type { Reporter } from '../reporting/reporter.js'
import type { Sightings } from '../reporting/sightings.js'
import { NO_OUTCOME } from '../results/file-outcome.js'
import type { FindingFacts } from '../results/finding-facts.js'
import { ScanTally } from '../results/scan-tally.js'
import { ContainerShares } from '../scans/container-shares.js'
import type { DeferredScans } from '../scans/deferred-scans.js'
import type { FileContext, RetryingScanner } from '../scans/retrying-scanner.js'
import type { WatchedLayer } from './layer-index.js'

export interface FileEventScannerOptions {
  /** Where the node's root is mounted. */
  readonly hostRoot: string
  readonly book: RecheckBook
  readonly files: RetryingScanner
  readonly deferredScans: DeferredScans
  readonly drift: DriftDetector
  readonly executedPrograms: ExecutedPrograms
  readonly reporter: Reporter
  readonly sightings: Sightings
  readonly readProcess: (pid: number) => ProcessFacts | undefined
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
  readonly signal: AbortSignal
}

type SettledFile = SettledEvent<WatchedLayer>

interface Summary {
  readonly container: ContainerInfoMessage
  readonly tally: ScanTally
}

const SUMMARY_INTERVAL_MS = MINUTE_MS
/** Files of a container that are hashed while the engines are busy with its others. */
const FILES_AHEAD = 2
/** Share of the open files for events that settled. Half of them are for events that wait for others, the rest for those being read. */
const SCANNED_SHARE = 1 / 3

/**
 * Scans files that a container wrote or executed. Findings are reported at once; clean scans are summed up to one result per minute and
 * container. The number of concurrent scans is bounded by the descriptors of open events, the engines' budget, and each container's share.
 */
export class FileEventScanner {
  readonly #options: FileEventScannerOptions
  readonly #summaries = new Map<string, Summary>()
  readonly #shares: ContainerShares

  constructor(options: FileEventScannerOptions) {
    this.#options = options
    this.#shares = new ContainerShares(() => options.scanConfig().budgets.concurrentScans + FILES_AHEAD)
  }

  /** Number of events that are being scanned or wait for their scan. */
  get active(): number {
    return this.#shares.total
  }

  /**
   * Takes over a settled event and its descriptor.
   *
   * @returns false when the container has so many events in progress that it would use up the descriptors of others: the event is closed
   * and not scanned.
   */
  handle(settled: SettledFile): boolean {
    const { scanConfig, log } = this.#options
    const { containerId } = settled.origin.container
    if (!this.#shares.hasPlace(containerId, scanConfig().budgets.openFiles * SCANNED_SHARE)) {
      settled.event.close()
      return false
    }
    const work = this.#shares.run(containerId, () => this.#scan(settled)).finally(() => settled.event.close())
    background(log, 'scan of a file event', work.catch(this.#unlessStopped))
    return true
  }

  /** Reports the sums of clean scans until the signal is aborted, and once more then. */
  async runSummaries(): Promise<void> {
    const { signal } = this.#options
    while (!signal.aborted) {
      await sleep(SUMMARY_INTERVAL_MS, signal)
      await this.#reportSummaries()
    }
  }

  readonly #unlessStopped = (error: unknown) => {
    if (!this.#options.signal.aborted) throw error
  }

  async #scan(settled: SettledFile): Promise<void> {
    const { files, deferredScans, sightings, executedPrograms, reporter, log, signal } = this.#options
    const { event, origin, written, executed } = settled
    if (event.stat.kind !== 'regular') return
    // The file as it is now: since the event it may have been written again, renamed or removed. The path is read before the link count.
    const kernelPath = event.path
    const stat = statOpened(event.fd)
    const path = nameInContainer(this.#options.hostRoot, origin, kernelPath, stat)
    const open = async () => openRegular(descriptorPath(event.fd))
    const drift = executed ? await this.#detectDrift(origin.container, { path, stat, open }) : undefined
    // A program of the image that runs again: by far the most events.
    if (!written && (drift === undefined || drift.kind === 'none') && !executedPrograms.claim(stat.identity)) return
    const context = this.#contextOf(settled, path, stat, drift && behaviourOfDrift(drift))
    const startedAtMs = Date.now()
    const { container } = origin
    const scan = { container, trigger: 'file_event', startedAtMs } as const
    const onFindings = (findings: readonly FindingFacts[]) =>
      background(log, 'report findings', reportFile(reporter, scan, { ...NO_OUTCOME, findings }, signal))
    const outcome = await files.scanOpened(event.fd, context, { patience: 'brief', onFindings }, signal)
    const [gap] = outcome.gaps
    if (gap) executedPrograms.release(stat.identity, gap.reason)
    if (outcome.seen) sightings.note(container, context, outcome.seen)
    const gaps = deferredScans.add({ container, context, outcome, fd: event.fd })
    if (outcome.findings.length > 0 || gaps.length > 0) await reportFile(reporter, scan, { ...outcome, gaps }, signal)
    else if (outcome.gaps.length === 0) this.#summaryOf(container).tally.addFile(outcome)
    if (!written || stat.linkCount === 0) return
    const { inode } = stat.identity
    this.#options.book.addScanned({ ...origin, path, inode, scanned: stat.identity, process: context.process }, performance.now())
  }

  #contextOf(settled: SettledFile, path: Buffer, stat: FileStat, behaviour: Behaviour | undefined): FileContext {
    const isOfImage = !behaviour && !settled.written && settled.origin.layer === 'upperdir'
    return {
      path,
      layer: isOfImage ? this.#options.executedPrograms.layerOf(settled.origin.container, path) : settled.origin.layer,
      stat,
      scanSource: behaviour ? 'drift' : isOfImage ? 'image_layer' : 'realtime',
      process: this.#processOf(settled, path),
      isRunning: settled.executed,
      behaviour,
    }
  }

  async #detectDrift(container: ContainerInfoMessage, program: RunningProgram): Promise<Drift | undefined> {
    return this.#options.scanConfig().features.drift ? await this.#options.drift.detect(container, program) : undefined
  }

  /** Facts of an executing process are most complete now, those of a writing process were when the event was read, before a possible exec. */
  #processOf({ event, executed, process }: SettledFile, path: Buffer): ProcessFacts | undefined {
    if (!executed && !process) return this.#options.readProcess(event.pid)
    if (!executed) return process?.commandLine.length === 0 ? this.#completed(process) : process
    const isComplete = (facts: ProcessFacts | undefined) => facts !== undefined && facts.exe.length > 0
    const now = this.#options.readProcess(event.pid)
    return isComplete(now) ? now : process && { ...process, exe: path }
  }

  /** The command line of a process that entered the container just before the event may be known by now. */
  #completed(process: ProcessFacts): ProcessFacts {
    const now = this.#options.readProcess(process.pid)
    return now?.startedAtMs === process.startedAtMs && now.commandLine.length > 0 ? now : process
  }

  #summaryOf(container: ContainerInfoMessage): Summary {
    const known = this.#summaries.get(container.containerId)
    if (known) return known
    const summary = { container, tally: new ScanTally() }
    this.#summaries.set(container.containerId, summary)
    return summary
  }

  async #reportSummaries(): Promise<void> {
    const summaries = [...this.#summaries.values()]
    this.#summaries.clear()
    for (const { container, tally } of summaries) {
      const times = { startedAtMs: tally.startedAtMs, finishedAtMs: Date.now() }
      const outcome = { container, trigger: 'file_event', ...times, ...tally.counts, findings: [], notScanned: [] } as const
      await this.#options.reporter.report(outcome, { evenWhenClean: true, allCoverage: false }, this.#options.signal)
    }
  }
}
