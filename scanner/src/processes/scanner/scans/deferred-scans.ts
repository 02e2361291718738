import { closeSync } from 'node:fs'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { background, type Logger, sleep } from '@guardimesh/kit'
import { Gauge, type Registry } from 'prom-client'
import type { CachedScanner } from '../../../engines/cached-scanner.js'
import { statOpened } from '../../../node/file-stat.js'
import type { NotScanned } from '../../../sources/found-file.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import type { Reporter } from '../reporting/reporter.js'
import type { Sightings } from '../reporting/sightings.js'
import { CoverageList } from '../results/coverage-list.js'
import { awaitedEngines, type FileGap, type FileOutcome } from '../results/file-outcome.js'
import { ConcurrencyLimiter } from './concurrency-limiter.js'
import { type DeferredFile, DeferredFiles } from './deferred-files.js'
import type { FileContext, RetryingScanner } from './retrying-scanner.js'

export interface DeferredScansOptions {
  readonly hostRoot: string
  readonly scanner: CachedScanner
  readonly files: RetryingScanner
  readonly reporter: Reporter
  readonly sightings: Sightings
  /** Scans a whole container again, because too many of its files waited. */
  readonly rescan: (container: ContainerInfoMessage) => Promise<unknown>
  readonly metrics: Registry
  readonly log: Logger
  readonly signal: AbortSignal
}

/** A scanned file whose outcome may lack the verdict of an engine. */
export interface ScannedFile {
  readonly container: ContainerInfoMessage
  readonly context: FileContext
  readonly outcome: FileOutcome
  /** The open file; undefined when it is opened again by its path. */
  readonly fd?: number
}

const TICK_MS = 200
/** A verdict that arrives within this time is no gap. */
const REPORT_AFTER_MS = 1000
/** An engine that answers but is busy gets longer. */
const REPORT_BUSY_AFTER_MS = 15_000
/** Scans per file after each of which the engine stopped answering: the file itself may be the cause. */
const ATTEMPTS_MAX = 3
/** Files that are scanned at a time; those of file events take precedence, as they do not wait for slow engines. */
const CONCURRENT_SCANS = 2

/**
 * Completes verdicts in the background: files whose verdict of one engine is missing wait here, without a slot of their container, until that
 * engine answers. Meanwhile they are listed in the coverage. Containers with too many such files are scanned again as a whole.
 */
export class DeferredScans implements Disposable {
  readonly #options: DeferredScansOptions
  readonly #files: DeferredFiles
  /** Containers whose files exceeded the list, with the number of files. */
  readonly #overflowed = new Map<string, { readonly container: ContainerInfoMessage; count: number; isReported: boolean }>()

  constructor(options: DeferredScansOptions) {
    this.#options = options
    this.#files = new DeferredFiles(options.hostRoot)
    const count = () => this.#files.size
    new Gauge({
      name: 'guardimesh_scanner_deferred_files',
      help: 'Files that wait for the verdict of an engine that did not answer',
      registers: [options.metrics],
      collect() {
        this.set(count())
      },
    })
  }

  /** Adds a file if its outcome lacks a verdict. @returns the gaps that remain, to be reported by the caller. */
  add(scanned: ScannedFile): readonly FileGap[] {
    const { container, context, outcome, fd } = scanned
    const awaits = awaitedEngines(outcome)
    if (awaits.length === 0) return outcome.gaps
    const [gaps, remaining] = [outcome.gaps.filter((gap) => gap.awaits), outcome.gaps.filter((gap) => !gap.awaits)]
    if (!this.#files.add({ container, context, awaits, gaps, attempts: 0 }, fd)) this.#addOverflow(container)
    return remaining
  }

  /** Forgets the files of a container that has stopped; their gaps stay in the coverage. */
  forget(containerId: string): void {
    this.#files.removeAll(containerId)
    this.#overflowed.delete(containerId)
  }

  /** Scans and reports until the signal is aborted. */
  async run(): Promise<void> {
    // Separate loops: slow scans must not delay the coverage of the files that wait behind them.
    await Promise.all([this.#repeat(() => this.#scanReady()), this.#repeat(() => this.#reportGaps())])
  }

  [Symbol.dispose](): void {
    this.#files[Symbol.dispose]()
  }

  async #repeat(work: () => Promise<void>): Promise<void> {
    const { signal } = this.#options
    while (!signal.aborted) {
      await sleep(TICK_MS, signal)
      if (!signal.aborted) await work()
    }
  }

  #addOverflow(container: ContainerInfoMessage): void {
    const known = this.#overflowed.get(container.containerId)
    if (known) known.count += 1
    else this.#overflowed.set(container.containerId, { container, count: 1, isReported: false })
  }

  async #scanReady(): Promise<void> {
    const { scanner, log, rescan, signal } = this.#options
    const isReady = (file: DeferredFile) => file.awaits.every((engine) => scanner.failureOf(engine) === '')
    const limiter = new ConcurrencyLimiter(() => CONCURRENT_SCANS)
    this.#files.closeOld(performance.now())
    for (const file of this.#files.all()) {
      if (signal.aborted) break
      if (isReady(file)) await limiter.start(() => this.#scan(file))
    }
    await limiter.finish().catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
    if (this.#files.size > 0 || scanner.guards.some(({ failure }) => failure !== '')) return
    const overflowed = [...this.#overflowed.values()]
    this.#overflowed.clear()
    for (const { container, isReported } of overflowed) {
      background(log, 'rescan of a container', rescan(container))
      if (isReported) await this.#reportCoverage(container, [overflowEntry(0, 'all engines answer; the container is scanned again')])
    }
  }

  async #scan(file: DeferredFile): Promise<void> {
    const { files, sightings, signal } = this.#options
    const { container, context } = file
    const startedAtMs = Date.now()
    let fd: number | undefined
    try {
      fd = this.#files.takeOpened(file)
    } catch (error) {
      // Removed meanwhile: without a verdict it stays in the coverage.
      const gap = { ...openFailureReason(error), path: context.path, count: 1, sizeBytes: 0 }
      return this.#report(file, { findings: [], gaps: [gap], isCached: false, bytesScanned: 0 }, startedAtMs)
    }
    if (fd === undefined) return
    try {
      const outcome = await files.scanOpened(fd, { ...context, stat: statOpened(fd) }, undefined, signal)
      if (outcome.seen) sightings.note(container, context, outcome.seen)
      if (awaitedEngines(outcome).length > 0 && file.attempts + 1 < ATTEMPTS_MAX) this.#addAgain(file, outcome, fd)
      else await this.#report(file, outcome, startedAtMs)
    } finally {
      closeSync(fd)
    }
  }

  #addAgain(file: DeferredFile, outcome: FileOutcome, fd: number): void {
    const { container, context, attempts, sinceMs, isReported } = file
    const gaps = outcome.gaps.filter((gap) => gap.awaits)
    const again = { container, context, awaits: awaitedEngines(outcome), gaps, attempts: attempts + 1, sinceMs, isReported }
    if (!this.#files.add(again, fd)) this.#addOverflow(container)
  }

  /** Reports the completed outcome, and the end of its gaps if they were reported. */
  async #report(file: DeferredFile, outcome: FileOutcome, startedAtMs: number): Promise<void> {
    const { reporter, signal } = this.#options
    const isComplete = awaitedEngines(outcome).length === 0
    const detail = `completed at ${new Date().toISOString()}; all engines have scanned this file since`
    const ended = file.isReported && isComplete ? file.gaps.map((gap) => ({ ...gap, count: 0, sizeBytes: 0, detail })) : []
    const { findings, gaps, isCached, bytesScanned } = outcome
    const isScanned = gaps.length === 0
    const counts = { filesScanned: isScanned && !isCached ? 1 : 0, filesCached: isScanned && isCached ? 1 : 0, bytesScanned }
    const times = { startedAtMs, finishedAtMs: Date.now() }
    await reporter.report(
      { container: file.container, trigger: 'recheck', ...times, ...counts, findings, notScanned: [...ended, ...gaps] },
      { evenWhenClean: false, allCoverage: false },
      signal,
    )
  }

  /** Reports the gaps of files that have waited for a while, in one result per container. */
  async #reportGaps(): Promise<void> {
    const { scanner } = this.#options
    const nowMs = performance.now()
    const byContainer = new Map<string, { readonly container: ContainerInfoMessage; readonly list: CoverageList }>()
    const listOf = (container: ContainerInfoMessage) => {
      const known = byContainer.get(container.containerId) ?? { container, list: new CoverageList() }
      byContainer.set(container.containerId, known)
      return known.list
    }
    for (const file of this.#files.all()) {
      const isAway = file.awaits.some((engine) => scanner.failureOf(engine) !== '')
      if (file.isReported || nowMs - file.sinceMs < (isAway ? REPORT_AFTER_MS : REPORT_BUSY_AFTER_MS)) continue
      for (const gap of file.gaps) listOf(file.container).add(gap)
      file.isReported = true
    }
    for (const overflow of this.#overflowed.values()) {
      if (overflow.isReported) continue
      listOf(overflow.container).add(
        overflowEntry(overflow.count, 'too many files wait for an engine; the container is scanned again later'),
      )
      overflow.isReported = true
    }
    for (const { container, list } of byContainer.values()) await this.#reportCoverage(container, list.list())
  }

  async #reportCoverage(container: ContainerInfoMessage, notScanned: readonly NotScanned[]): Promise<void> {
    const { reporter, signal } = this.#options
    const nowMs = Date.now()
    const nothing = { filesScanned: 0, filesCached: 0, bytesScanned: 0, findings: [] }
    const outcome = { container, trigger: 'recheck', startedAtMs: nowMs, finishedAtMs: nowMs, ...nothing, notScanned } as const
    await reporter.report(outcome, { evenWhenClean: false, allCoverage: false }, signal)
  }
}

function overflowEntry(count: number, detail: string): NotScanned {
  return { reason: 'engine_unavailable', path: Buffer.alloc(0), count, sizeBytes: 0, detail }
}
