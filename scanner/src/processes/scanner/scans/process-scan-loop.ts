import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { background, type Logger, sleep } from '@guardimesh/kit'
import type { ProcReader } from '../../../node/proc.js'
import type { Reporter } from '../reporting/reporter.js'
import { ScanTally } from '../results/scan-tally.js'
import type { ProcessInspector } from './process-inspector.js'
import { isSkippedNamespace } from './skipped-namespace.js'

export interface ProcessScanLoopOptions {
  readonly proc: ProcReader
  readonly processInspector: ProcessInspector
  readonly reporter: Reporter
  readonly containers: () => Iterable<ContainerInfoMessage>
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
  readonly signal: AbortSignal
}

/** Delays of the inspections after a program start: an early one for the program itself, a later one for what it has turned into. */
const INSPECTION_DELAYS_MS = [100, SECOND_MS] as const

/** Timers fire a little late. */
const TIMER_TOLERANCE_MS = 100

/** A container whose inspection was slow (thousands of processes, or programs that keep an engine busy) pauses for this many times as long. */
const PAUSE_RATIO = 4
const PAUSE_MAX_MS = 5 * SECOND_MS

/** Inspects the processes of all containers periodically, and those of one container soon after it started a program. */
export class ProcessScanLoop {
  readonly #options: ProcessScanLoopOptions
  /** Containers with started programs, by the delay of their next inspection. */
  readonly #scheduled = new Map<number, Map<string, ContainerInfoMessage>>()
  /** When a container may be inspected again; Infinity while an inspection is running. */
  readonly #pausedUntilMs = new Map<string, number>()
  /** Containers that started a program while they paused. */
  readonly #waiting = new Set<string>()
  #listPausedUntilMs = 0

  constructor(options: ProcessScanLoopOptions) {
    this.#options = options
  }

  /** Inspects all containers every `processScanIntervalSeconds` until the signal is aborted. */
  async run(): Promise<void> {
    const { signal, scanConfig, containers, log } = this.#options
    let inspectedAtMs = performance.now()
    while (!signal.aborted) {
      // Wakes every second, so that a changed interval applies at once.
      await sleep(SECOND_MS, signal)
      if (signal.aborted) return
      if (performance.now() - inspectedAtMs < scanConfig().processScanIntervalSeconds * SECOND_MS - TIMER_TOLERANCE_MS) continue
      inspectedAtMs = performance.now()
      // Not awaited: a container that keeps the engines busy must not delay the others.
      background(log, 'process inspection', this.#inspectAll([...containers()]))
    }
  }

  /** Schedules inspections of a container that started a program. Many starts share one inspection. */
  programStarted(container: ContainerInfoMessage): void {
    for (const delayMs of INSPECTION_DELAYS_MS) {
      const scheduled = this.#scheduled.get(delayMs)
      if (scheduled) scheduled.set(container.containerId, container)
      else {
        this.#scheduled.set(delayMs, new Map([[container.containerId, container]]))
        background(this.#options.log, 'inspection of started programs', this.#inspectScheduled(delayMs))
      }
    }
  }

  /** Inspects some processes of a container at once. @throws the signal's reason. */
  async inspectNow(container: ContainerInfoMessage, pids: readonly number[]): Promise<void> {
    const { processInspector, signal } = this.#options
    const tally = new ScanTally()
    await processInspector.inspect(container, pids, tally, signal)
    await this.report(container, tally)
  }

  /** Reports the outcome of an inspection, unless it was clean. @throws the signal's reason. */
  async report(container: ContainerInfoMessage, tally: ScanTally): Promise<void> {
    const times = { startedAtMs: tally.startedAtMs, finishedAtMs: Date.now() }
    const lists = { findings: tally.drainFindings(), notScanned: tally.notScanned() }
    const outcome = { container, trigger: 'schedule', ...times, ...tally.counts, ...lists } as const
    await this.#options.reporter.report(outcome, { evenWhenClean: false, allCoverage: false }, this.#options.signal)
  }

  async #inspectScheduled(delayMs: number): Promise<void> {
    const { signal } = this.#options
    await sleep(Math.max(delayMs, this.#listPausedUntilMs - performance.now()), signal)
    const containers = [...(this.#scheduled.get(delayMs)?.values() ?? [])]
    this.#scheduled.delete(delayMs)
    if (signal.aborted) return
    for (const container of containers)
      if (this.#isPaused(container)) background(this.#options.log, 'inspection after a pause', this.#inspectAfterPause(container))
    await this.#inspectAll(containers)
  }

  /** Inspects a container when its pause ends: the started program may have ended before the next periodic inspection. */
  async #inspectAfterPause(container: ContainerInfoMessage): Promise<void> {
    const { containerId } = container
    if (this.#waiting.has(containerId)) return
    this.#waiting.add(containerId)
    try {
      // An inspection that is running has no known end.
      while (this.#isPaused(container) && !this.#options.signal.aborted)
        await sleep(Math.min(this.#pauseLeftMs(container), SECOND_MS), this.#options.signal)
    } finally {
      this.#waiting.delete(containerId)
    }
    if (!this.#options.signal.aborted) await this.#inspectAll([container])
  }

  #isPaused(container: ContainerInfoMessage): boolean {
    return this.#pauseLeftMs(container) > 0
  }

  #pauseLeftMs({ containerId }: ContainerInfoMessage): number {
    return (this.#pausedUntilMs.get(containerId) ?? 0) - performance.now()
  }

  async #inspectAll(all: readonly ContainerInfoMessage[]): Promise<void> {
    const { proc, signal, scanConfig } = this.#options
    const { memfd, drift, deletedBinary, deletedLibrary } = scanConfig().features
    if (!memfd && !drift && !deletedBinary && !deletedLibrary) return
    const startedAtMs = performance.now()
    const containers = this.#withoutPaused(all, startedAtMs)
    if (containers.length === 0) return
    const pids = proc.processesOf(containers)
    this.#listPausedUntilMs = performance.now() + pauseMs(startedAtMs)
    const inspections = containers.map((container) => this.#inspect(container, pids.get(container.containerId) ?? []))
    for (const one of await Promise.allSettled(inspections)) if (one.status === 'rejected' && !signal.aborted) throw one.reason
  }

  /** Leaves out containers that are being inspected, pause, have no process, or are in a skipped namespace. */
  #withoutPaused(all: readonly ContainerInfoMessage[], nowMs: number): readonly ContainerInfoMessage[] {
    const { skipNamespaces } = this.#options.scanConfig()
    for (const [containerId, untilMs] of this.#pausedUntilMs) if (untilMs <= nowMs) this.#pausedUntilMs.delete(containerId)
    return all.filter(
      ({ containerId, pid, namespace }) =>
        pid > 0 && !this.#pausedUntilMs.has(containerId) && !isSkippedNamespace(namespace, skipNamespaces),
    )
  }

  async #inspect(container: ContainerInfoMessage, pids: readonly number[]): Promise<void> {
    const { containerId } = container
    const startedAtMs = performance.now()
    this.#pausedUntilMs.set(containerId, Number.POSITIVE_INFINITY)
    try {
      await this.inspectNow(container, pids)
    } finally {
      this.#pausedUntilMs.set(containerId, performance.now() + pauseMs(startedAtMs))
    }
  }
}

function pauseMs(startedAtMs: number): number {
  return Math.min(PAUSE_RATIO * (performance.now() - startedAtMs), PAUSE_MAX_MS)
}
