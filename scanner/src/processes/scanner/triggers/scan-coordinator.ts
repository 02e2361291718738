import type { ScanTriggerName } from '@guardimesh/contracts/detection/scan-source'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { background, type Logger, sleep } from '@guardimesh/kit'
import type { NotScanned } from '../../../sources/found-file.js'
import type { EventLossCause, ScannerEvents } from '../events/scanner-events.js'
import type { Reporter } from '../reporting/reporter.js'
import { wholeContainer } from '../scans/container-files.js'
import type { ProcessInspector } from '../scans/process-inspector.js'
import type { ScanQueue } from '../scans/scan-queue.js'
import type { WatchedContainers } from './watched-containers.js'

export interface ScanCoordinatorOptions {
  readonly events: ScannerEvents
  readonly containers: () => Iterable<ContainerInfoMessage>
  readonly scanConfig: () => ScanConfig
  readonly watchedContainers: WatchedContainers
  readonly queue: ScanQueue
  readonly processInspector: ProcessInspector
  readonly reporter: Reporter
  readonly log: Logger
  readonly signal: AbortSignal
}

/** A flood loses events many times a second; one scan compensates for all of them. */
const LOSS_GATHER_MS = 1000

/** Queues scans of whole containers for every scan trigger other than user requests, and keeps the watched containers up to date. */
export class ScanCoordinator {
  readonly #options: ScanCoordinatorOptions
  /** Containers whose scan for lost events is due. */
  readonly #withLostEvents = new Map<string, ContainerInfoMessage>()

  constructor(options: ScanCoordinatorOptions) {
    this.#options = options
  }

  containerStarted(container: ContainerInfoMessage): void {
    const { watchedContainers, events, scanConfig } = this.#options
    // Watching first: a file that is written in between is scanned twice instead of never.
    const gaps = [...watchedContainers.start(container)]
    if (container.unmanaged)
      gaps.push(
        wholeContainer(
          'unmanaged_container',
          `not created by Kubernetes; its root is ${container.upperdir || container.unsupportedReason}`,
        ),
      )
    this.#reportGaps(container, gaps)
    events.emit('inventoryChanged')
    if (scanConfig().activeScan) this.#scan([container], 'container_start')
  }

  /** Reports a container that was over before anything of it could be scanned. */
  containerEndedUnseen(container: ContainerInfoMessage): void {
    const { startedAtMs } = container
    const started = startedAtMs === 0 ? '' : ` It started at ${new Date(startedAtMs).toISOString()}.`
    this.#reportGaps(container, [
      wholeContainer('ended_before_scan', `The container ended before it could be watched or scanned.${started}`),
    ])
  }

  /** Scans what a running container has mounted, once. */
  mountsAdded(container: ContainerInfoMessage, mountIds: ReadonlySet<number>, notWatched: readonly NotScanned[]): void {
    this.#reportGaps(container, notWatched)
    this.#scan([container], 'recheck', mountIds)
  }

  containerStopped(container: ContainerInfoMessage): void {
    this.#options.watchedContainers.stop(container.containerId)
    this.#options.events.emit('inventoryChanged')
  }

  /** @param containers whose events may be lost; they are scanned. */
  fileEventsLost(cause: EventLossCause, containers: Iterable<ContainerInfoMessage> = this.#options.containers()): void {
    const { log, signal } = this.#options
    const isDue = this.#withLostEvents.size > 0
    for (const container of containers) this.#withLostEvents.set(container.containerId, container)
    if (isDue) return
    log.warn({ cause }, 'file events lost; rescanning affected containers')
    const scan = async () => {
      await sleep(LOSS_GATHER_MS, signal)
      const affected = [...this.#withLostEvents.values()]
      this.#withLostEvents.clear()
      this.#scan(affected, 'event_overflow')
    }
    background(log, 'scan for lost file events', scan())
  }

  scheduleDue(): void {
    this.#scan([...this.#options.containers()], 'schedule')
  }

  /** Scans everything again: a file that was clean may match the new signatures. */
  generationLoaded(isFirst: boolean): void {
    const { processInspector, containers, events } = this.#options
    processInspector.forget()
    events.emit('inventoryChanged')
    if (!isFirst) this.#scan([...containers()], 'signature_update')
  }

  configChanged(): void {
    const { processInspector, watchedContainers, events, scanConfig } = this.#options
    processInspector.forget()
    const changed = watchedContainers.restartAll()
    events.emit('inventoryChanged')
    // Newly watched containers may hold files that were never scanned; the scan of the others reports that they are not watched.
    if (scanConfig().activeScan) this.#scan(changed, 'container_start')
  }

  #scan(containers: readonly ContainerInfoMessage[], trigger: ScanTriggerName, mountIds?: ReadonlySet<number>): void {
    const { queue, log, signal } = this.#options
    for (const container of containers) {
      const work = queue.add({ container, trigger, ignoreCache: false, mountIds }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
      background(log, `container scan (${trigger})`, work)
    }
  }

  #reportGaps(container: ContainerInfoMessage, entries: readonly NotScanned[]): void {
    if (entries.length === 0) return
    const { reporter, log, signal } = this.#options
    const nowMs = Date.now()
    const counts = { filesScanned: 0, filesCached: 0, bytesScanned: 0, startedAtMs: nowMs, finishedAtMs: nowMs }
    const outcome = { container, trigger: 'container_start', ...counts, findings: [], notScanned: entries } as const
    background(log, 'report of gaps', reporter.report(outcome, { evenWhenClean: false, allCoverage: false }, signal))
  }
}
