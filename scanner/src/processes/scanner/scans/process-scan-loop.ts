import { type ContainerInfoMessage, type ScanConfig, SECOND_MS } from '@guardimesh/contracts'
import { background, type Logger, sleep } from '@guardimesh/kit'
import type { ProcReader } from '../../../node/proc.js'
import type { Reporter } from '../reporting/reporter.js'
import type { ProcessInspector } from './process-inspector.js'
import { ScanTally } from '../results/scan-tally.js'
import { isSkippedNamespace } from '../triggers/schedule.js'

export interface ProcessWatchOptions {
  readonly proc: ProcReader
  readonly processInspector: ProcessInspector
  readonly reporter: Reporter
  readonly containers: () => Iterable<ContainerInfoMessage>
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
  readonly signal: AbortSignal
}

/** After a program started: soon, for what it is, and later once more, for what it turned into. */
const LOOKS_AFTER_START_MS = [100, SECOND_MS] as const

/** Timers come late by a little. */
const TOLERANCE_MS = 100

/** A container whose look took long, because it has thousands of processes or its programs take an engine's time, rests for this many times as long. */
const REST_RATIO = 4
const REST_MAX_MS = 5 * SECOND_MS

/** Looks over the processes of all containers by the clock, and those of one container soon after it started a program. */
export class ProcessScanLoop {
  readonly #options: ProcessWatchOptions
  readonly #soon = new Map<number, Map<string, ContainerInfoMessage>>()
  /** Containers that are looked over now, or rest; Infinity for the former. */
  readonly #restsUntilMs = new Map<string, number>()
  #listRestsUntilMs = 0

  constructor(options: ProcessWatchOptions) {
    this.#options = options
  }

  /** Looks over all containers every `processScanIntervalSeconds` until the signal is aborted. */
  async run(): Promise<void> {
    const { signal, scanConfig, containers, log } = this.#options
    let lookedAtMs = performance.now()
    while (!signal.aborted) {
      // Second by second, so that another interval is in force at once.
      await sleep(SECOND_MS, signal)
      if (signal.aborted) return
      if (performance.now() - lookedAtMs < scanConfig().processScanIntervalSeconds * SECOND_MS - TOLERANCE_MS) continue
      lookedAtMs = performance.now()
      // Not awaited: a container that keeps the engines busy does not hold the others back.
      background(log, 'look over processes', this.#processInspector([...containers()]))
    }
  }

  /** A program started in the container. Many starts are one look. */
  programStarted(container: ContainerInfoMessage): void {
    for (const delayMs of LOOKS_AFTER_START_MS) {
      const waiting = this.#soon.get(delayMs)
      if (waiting) waiting.set(container.containerId, container)
      else {
        this.#soon.set(delayMs, new Map([[container.containerId, container]]))
        background(this.#options.log, 'look at started programs', this.#lookSoon(delayMs))
      }
    }
  }

  async #lookSoon(delayMs: number): Promise<void> {
    const { signal } = this.#options
    await sleep(Math.max(delayMs, this.#listRestsUntilMs - performance.now()), signal)
    const containers = [...(this.#soon.get(delayMs)?.values() ?? [])]
    this.#soon.delete(delayMs)
    if (!signal.aborted) await this.#processInspector(containers)
  }

  async #processInspector(all: readonly ContainerInfoMessage[]): Promise<void> {
    const { proc, signal, scanConfig } = this.#options
    const { features, skipNamespaces } = scanConfig()
    if (!features.memfd && !features.drift && !features.deletedBinary && !features.deletedLibrary) return
    const startedAtMs = performance.now()
    for (const [containerId, untilMs] of this.#restsUntilMs) if (untilMs <= startedAtMs) this.#restsUntilMs.delete(containerId)
    const containers = all.filter(
      ({ containerId, pid, namespace }) =>
        pid > 0 && !this.#restsUntilMs.has(containerId) && !isSkippedNamespace(namespace, skipNamespaces),
    )
    if (containers.length === 0) return
    const pids = proc.processesOf(containers)
    this.#listRestsUntilMs = performance.now() + restMs(startedAtMs)
    const looks = containers.map((container) => this.#lookOverOne(container, pids.get(container.containerId) ?? []))
    for (const look of await Promise.allSettled(looks)) if (look.status === 'rejected' && !signal.aborted) throw look.reason
  }

  async #lookOverOne(container: ContainerInfoMessage, pids: readonly number[]): Promise<void> {
    const { processInspector, reporter, signal } = this.#options
    const { containerId } = container
    const startedAtMs = performance.now()
    this.#restsUntilMs.set(containerId, Number.POSITIVE_INFINITY)
    try {
      const tally = new ScanTally()
      await processInspector.processInspector(container, pids, tally, signal)
      const times = { startedAtMs: tally.startedAtMs, finishedAtMs: Date.now() }
      const lists = { findings: tally.takeFindings(), notScanned: tally.notScanned() }
      const outcome = { container, trigger: 'schedule', ...times, ...tally.counts, ...lists } as const
      await reporter.report(outcome, { evenWhenClean: false, allCoverage: false }, signal)
    } finally {
      this.#restsUntilMs.set(containerId, performance.now() + restMs(startedAtMs))
    }
  }
}

function restMs(startedAtMs: number): number {
  return Math.min(REST_RATIO * (performance.now() - startedAtMs), REST_MAX_MS)
}
