import { type ContainerInfoMessage, MINUTE_MS, type ScanConfig } from '@guardimesh/contracts'
import { background, type Logger, sleep } from '@guardimesh/kit'
import { statOpened } from '../../../node/file-stat.js'
import { descriptorPath, openRegular } from '../../../node/kernel.js'
import { behaviourOfDrift } from '../../../sources/behaviour.js'
import type { Drift, DriftDetector, RunningProgram } from '../../../sources/drift-detector.js'
import { type SettledEvent, withoutDeletedSuffix } from '../../../sources/file-event-debouncer.js'
import type { ProcessFacts } from '../../../sources/found-file.js'
import type { Reporter } from '../reporting/reporter.js'
import type { Sightings } from '../reporting/sightings.js'
import type { FileContext, RetryingScanner } from '../scans/retrying-scanner.js'
import { ScanTally } from '../scans/scan-tally.js'
import { ContainerShares } from './container-shares.js'
import type { WatchedPlace } from './watched-containers.js'

export interface EventScansOptions {
  readonly files: RetryingScanner
  readonly drift: DriftDetector
  readonly reporter: Reporter
  readonly sightings: Sightings
  readonly readProcess: (pid: number) => ProcessFacts | undefined
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
  readonly signal: AbortSignal
}

interface Summary {
  readonly container: ContainerInfoMessage
  tally: ScanTally
}

const SUMMARY_INTERVAL_MS = MINUTE_MS
/** Files of a container that are hashed while the engines are busy with its others. */
const FILES_AHEAD = 2

/**
 * Scans files that a container wrote or executed. A finding is reported at once; clean scans are summed up to one result a minute and container.
 * How many run at a time is bounded by the descriptors that events may hold, by the engines' budget, and for each container by its share of both.
 */
export class EventScans {
  readonly #options: EventScansOptions
  readonly #summaries = new Map<string, Summary>()
  readonly #shares: ContainerShares
  #underWay = 0

  constructor(options: EventScansOptions) {
    this.#options = options
    this.#shares = new ContainerShares(() => options.scanConfig().budgets.concurrentScans + FILES_AHEAD)
  }

  /** Events that are being looked at. */
  get underWay(): number {
    return this.#underWay
  }

  /**
   * Takes a settled event over, its descriptor too.
   *
   * @returns false when the container has so many events under way that it would take the descriptors of others: this one is closed, not scanned.
   */
  handle(settled: SettledEvent, place: WatchedPlace): boolean {
    const { scanConfig, log } = this.#options
    const { containerId } = place.container
    if (this.#shares.countOf(containerId) >= scanConfig().budgets.openFiles / 2) {
      settled.event.close()
      return false
    }
    this.#underWay += 1
    const work = this.#shares
      .run(containerId, () => this.#scan(settled, place))
      .finally(() => {
        this.#underWay -= 1
        settled.event.close()
      })
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

  async #scan(settled: SettledEvent, place: WatchedPlace): Promise<void> {
    const { event } = settled
    if (event.stat.kind !== 'regular') return
    const { container } = place
    // What it is now, not when the event came: it may have been written on, renamed or removed since.
    const told = event.path
    const stat = statOpened(event.fd)
    const path = withoutDeletedSuffix(told, stat)
    const drift = settled.executed
      ? await this.#judgeDrift(container, { path, stat, open: () => openRegular(descriptorPath(event.fd)) })
      : undefined
    // A program of the image that merely runs: by far the most events.
    if (!settled.written && (drift === undefined || drift.kind === 'none')) return
    const behaviour = drift && behaviourOfDrift(drift)
    const context: FileContext = {
      path,
      layer: place.layer,
      stat,
      scanSource: behaviour ? 'drift' : 'realtime',
      process: this.#processOf(settled, path),
      isRunning: settled.executed,
      behaviour,
    }
    const startedAtMs = Date.now()
    const outcome = await this.#options.files.scanOpened(event.fd, context, undefined, this.#options.signal)
    if (outcome.seen) this.#options.sightings.note(container, context, outcome.seen)
    if (outcome.findings.length === 0 && !outcome.notScanned) {
      this.#summaryOf(container).tally.addFile(outcome)
      return
    }
    const counts = {
      filesScanned: outcome.isCached || outcome.notScanned ? 0 : 1,
      filesCached: outcome.isCached ? 1 : 0,
      bytesScanned: outcome.bytesScanned,
    }
    const lists = { findings: outcome.findings, notScanned: outcome.notScanned ? [outcome.notScanned] : [] }
    const times = { startedAtMs, finishedAtMs: Date.now() }
    await this.#options.reporter.report(
      { container, trigger: 'file_event', ...times, ...counts, ...lists },
      { evenWhenClean: false, allCoverage: false },
      this.#options.signal,
    )
  }

  async #judgeDrift(container: ContainerInfoMessage, program: RunningProgram): Promise<Drift | undefined> {
    return this.#options.scanConfig().features.drift ? await this.#options.drift.detect(container, program) : undefined
  }

  /** Who executes is known best now, who wrote was known best when the event came: before it became the program, if it did. */
  #processOf({ event, executed, process }: SettledEvent, path: Buffer): ProcessFacts | undefined {
    if (!executed) return process
    const isWhole = (facts: ProcessFacts | undefined) => facts !== undefined && facts.exe.length > 0
    const now = this.#options.readProcess(event.pid)
    return isWhole(now) ? now : process && { ...process, exe: path }
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
