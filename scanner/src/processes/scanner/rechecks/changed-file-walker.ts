import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { type Logger, sleep } from '@guardimesh/kit'
import { KernelError } from '../../../node/libc.js'
import type { FoundFile, SourceItem } from '../../../sources/found-file.js'
import type { Reporter } from '../reporting/reporter.js'
import type { Sightings } from '../reporting/sightings.js'
import { ScanTally } from '../results/scan-tally.js'
import { ConcurrencyLimiter } from '../scans/concurrency-limiter.js'
import { type ContainerFiles, wholeContainer } from '../scans/container-files.js'
import type { DeferredScans } from '../scans/deferred-scans.js'
import type { FileContext, RetryingScanner } from '../scans/retrying-scanner.js'
import { TimeSlice } from '../scans/time-slice.js'
import { WaitBudget } from '../scans/wait-budget.js'
import type { RecheckBook } from './recheck-book.js'
import { WALK_INTERVAL_MIN_MS, walkIntervalMs } from './walk-intervals.js'

export interface ChangedFileWalkerOptions {
  readonly containers: () => Iterable<ContainerInfoMessage>
  readonly containerFiles: ContainerFiles
  readonly files: RetryingScanner
  readonly deferredScans: DeferredScans
  readonly book: RecheckBook
  /** Returns the device of a container's overlay, as in its file events. */
  readonly overlayDeviceOf: (containerId: string) => bigint | undefined
  readonly reporter: Reporter
  readonly sightings: Sightings
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
  readonly signal: AbortSignal
}

interface WalkState {
  /** Files that changed earlier were seen by the last walk, or by the scan at the start of the container. */
  readonly changedSinceMs: number
  readonly busyMs: number
  readonly dueAtMs: number
}

/** Containers that are due are walked together, because they share a list of processes. */
const BATCH_INTERVAL_MS = 5 * SECOND_MS
/** Walks per batch: the costs of those of new containers are not known yet. */
const BATCH_MAX = 40
/** Walks at a time: one of a million files takes minutes, and must not delay those of other containers. */
const WALKS_MAX = 2
/** Pause after each slice of a walk, so that it uses a tenth of a core while it runs. */
const SLICE_PAUSE_MS = 36
/** The change time of a file is up to 10 ms old, and a container is listed up to a second after its start. */
const OVERLAP_MS = 5 * SECOND_MS
/** A container whose walks are rarer is listed in coverage. */
const LATE_MS = 5 * MINUTE_MS
const SCANS_AHEAD = 2

/**
 * Walks the files of all containers periodically and scans those whose change time is new, for any cause: renames, hard links, files
 * copied up from the image, writes from the node. Reads no content of unchanged files.
 */
export class ChangedFileWalker {
  readonly #options: ChangedFileWalkerOptions
  readonly #states = new Map<string, WalkState>()

  constructor(options: ChangedFileWalkerOptions) {
    this.#options = options
  }

  /** Walks until the signal is aborted. */
  async run(): Promise<void> {
    const { signal } = this.#options
    const walks = new ConcurrencyLimiter(() => WALKS_MAX)
    while (!signal.aborted) {
      await sleep(BATCH_INTERVAL_MS, signal)
      for (const { container, state } of this.#due().slice(0, BATCH_MAX)) await walks.start(() => this.#walkOrLog(container, state))
    }
    await walks.settled()
  }

  async #walkOrLog(container: ContainerInfoMessage, state: WalkState): Promise<void> {
    const { signal, log } = this.#options
    const { containerId } = container
    if (signal.aborted) return
    this.#states.set(containerId, { ...state, dueAtMs: Number.POSITIVE_INFINITY })
    try {
      await this.#walk(container, state)
    } catch (error) {
      if (signal.aborted) return
      log.error({ error, containerId }, 'failed to check a container for changed files')
      this.#states.set(containerId, { ...state, dueAtMs: performance.now() + WALK_INTERVAL_MIN_MS })
    }
  }

  /** Returns the containers whose walk is due, the longest waiting first. */
  #due(): { readonly container: ContainerInfoMessage; readonly state: WalkState }[] {
    const { containers, containerFiles, scanConfig } = this.#options
    const walked = scanConfig().features.fanotify ? [...containers()].filter((one) => !containerFiles.exclusionOf(one)) : []
    const known = new Set(walked.map(({ containerId }) => containerId))
    for (const containerId of this.#states.keys()) if (!known.has(containerId)) this.#states.delete(containerId)
    const nowMs = performance.now()
    const all = walked.map((container) => {
      const state = this.#states.get(container.containerId) ?? newState(nowMs)
      this.#states.set(container.containerId, state)
      return { container, state }
    })
    return all.filter(({ state }) => state.dueAtMs <= nowMs).toSorted((one, other) => one.state.dueAtMs - other.state.dueAtMs)
  }

  async #walk(container: ContainerInfoMessage, { changedSinceMs }: WalkState): Promise<void> {
    const { reporter, signal } = this.#options
    const tally = new ScanTally()
    const limiter = new ConcurrencyLimiter(() => this.#options.scanConfig().budgets.concurrentScans + SCANS_AHEAD)
    let busyMs = 0
    try {
      busyMs = await this.#scanChanged(container, changedSinceMs, tally, limiter)
    } catch (error) {
      // The container has stopped in the meantime. Other scans report a layer that cannot be read.
      if (!(error instanceof KernelError)) throw error
    } finally {
      await limiter.settled()
    }
    const intervalMs = this.#schedule(container, { changedSinceMs: tally.startedAtMs - OVERLAP_MS, busyMs })
    if (intervalMs > LATE_MS) tally.addNotScanned(lateWalk(intervalMs))
    const times = { startedAtMs: tally.startedAtMs, finishedAtMs: Date.now() }
    const lists = { findings: tally.drainFindings(), notScanned: tally.notScanned() }
    const mode = { evenWhenClean: false, allCoverage: false }
    await reporter.report({ container, trigger: 'recheck', ...times, ...tally.counts, ...lists }, mode, signal)
  }

  /** @returns the processor time of the walk, without the scans. */
  async #scanChanged(container: ContainerInfoMessage, sinceMs: number, tally: ScanTally, limiter: ConcurrencyLimiter): Promise<number> {
    const { containerFiles, signal } = this.#options
    let slice = new TimeSlice()
    let [busyMs, resumedAtMs] = [0, performance.now()]
    const pause = async (work: Promise<unknown>) => {
      busyMs += performance.now() - resumedAtMs
      await work
      signal.throwIfAborted()
      slice = new TimeSlice()
      resumedAtMs = performance.now()
    }
    for (const item of containerFiles.written(container, (own) => own)) {
      if (slice.isOver) await pause(sleep(SLICE_PAUSE_MS, signal))
      const file = this.#changed(item, container, sinceMs, tally)
      if (file) await pause(limiter.start(() => this.#scan(container, file, tally)))
    }
    return busyMs + performance.now() - resumedAtMs
  }

  #changed(item: SourceItem, container: ContainerInfoMessage, sinceMs: number, tally: ScanTally): FoundFile | undefined {
    const { files, book } = this.#options
    if (item.kind === 'not-scanned') {
      // Everything else is in the coverage of complete scans.
      if (item.entry.reason === 'budget_exhausted') tally.addNotScanned(item.entry)
      return undefined
    }
    const { file } = item
    if (file.stat.changedAtMs < sinceMs) return undefined
    const { layer, path, stat } = file
    const isKnown =
      book.isScanned({ container, layer, path }, stat.identity) || files.known(file) || files.known(this.#onOverlay(file, container))
    return isKnown ? undefined : file
  }

  /** The same file as its events identify it. */
  #onOverlay(file: FoundFile, { containerId }: ContainerInfoMessage): FileContext {
    const { path, layer, scanSource, stat } = file
    const device = (layer === 'upperdir' && this.#options.overlayDeviceOf(containerId)) || stat.identity.device
    return { path, layer, scanSource, stat: { ...stat, identity: { ...stat.identity, device } } }
  }

  async #scan(container: ContainerInfoMessage, file: FoundFile, tally: ScanTally): Promise<void> {
    const { files, deferredScans, sightings, book, signal } = this.#options
    const outcome = await files.scanFound(file, { patience: 'brief' }, new WaitBudget(), signal)
    const { layer, path, scanSource, stat } = file
    const gaps = deferredScans.add({ container, context: { path, layer, scanSource, stat }, outcome })
    tally.addFile({ ...outcome, gaps })
    if (outcome.seen) sightings.note(container, file, outcome.seen)
    // Its writer may still have it open.
    book.addScanned({ container, layer, path, inode: stat.identity.inode, scanned: stat.identity, process: undefined }, performance.now())
  }

  #schedule({ containerId }: ContainerInfoMessage, walked: Pick<WalkState, 'changedSinceMs' | 'busyMs'>): number {
    const nowMs = performance.now()
    this.#states.set(containerId, { ...walked, dueAtMs: nowMs })
    const allBusyMs = [...this.#states.values()].map(({ busyMs }) => busyMs)
    const intervalMs = walkIntervalMs(walked.busyMs, allBusyMs)
    this.#states.set(containerId, { ...walked, dueAtMs: nowMs + intervalMs * (0.9 + 0.2 * Math.random()) })
    return intervalMs
  }
}

function newState(nowMs: number): WalkState {
  return { changedSinceMs: Date.now() - OVERLAP_MS, busyMs: 0, dueAtMs: nowMs + WALK_INTERVAL_MIN_MS * Math.random() }
}

/** Rounded to a power of two, so that it is reported once. */
function lateWalk(intervalMs: number) {
  const minutes = 2 ** Math.round(Math.log2(intervalMs / MINUTE_MS))
  return wholeContainer(
    'budget_exhausted',
    `the container has so many files that changes without an event are checked about every ${minutes} minutes only`,
  )
}
