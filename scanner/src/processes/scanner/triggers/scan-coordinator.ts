import type { ContainerInfoMessage, ScanConfig, ScanTriggerName } from '@guardimesh/contracts'
import { background, type Logger, sleep } from '@guardimesh/kit'
import type { OverflowCause } from '../../../node/fanotify.js'
import type { FileEvent } from '../../../node/fanotify-event.js'
import type { PodLogSender } from '../../../report/pod-inventory-sender.js'
import type { FileEventDebouncer, SettledEvent } from '../../../sources/file-event-debouncer.js'
import type { NotScanned } from '../../../sources/found-file.js'
import type { Reporter } from '../reporting/reporter.js'
import type { ScannerStatusStore } from '../status/scanner-status.js'
import type { ProcessInspector } from '../scans/process-inspector.js'
import type { ProcessScanLoop } from '../scans/process-scan-loop.js'
import type { ScanQueue } from '../scans/scan-queue.js'
import type { EventScans } from './file-event-scanner.js'
import type { Watches } from './watched-containers.js'

export interface TriggersParts {
  readonly containers: () => Iterable<ContainerInfoMessage>
  readonly scanConfig: () => ScanConfig
  readonly watches: Watches
  readonly queue: ScanQueue
  readonly eventScans: EventScans
  readonly processWatch: ProcessScanLoop
  readonly processInspector: ProcessInspector
  readonly reporter: Reporter
  readonly status: ScannerStatusStore
  readonly podLog: PodLogSender
  readonly log: Logger
  readonly signal: AbortSignal
}

/** A flood loses events many times a second; one scan answers all of it. */
const OVERFLOW_GATHER_MS = 1000

/** Decides what happens when something happens. */
export class ScanCoordinator {
  readonly #parts: TriggersParts
  /** Containers whose scan for lost events is due. */
  readonly #overflowed = new Map<string, ContainerInfoMessage>()

  constructor(parts: TriggersParts) {
    this.#parts = parts
  }

  containerStarted(container: ContainerInfoMessage): void {
    const { watches, podLog, scanConfig } = this.#parts
    // First the watch, then the scan: what is written in between is seen twice, not never.
    const notWatched = watches.start(container)
    if (notWatched) this.#reportNotWatched(container, { ...notWatched, path: Buffer.alloc(0), count: 0, sizeBytes: 0 })
    podLog.changed()
    if (scanConfig().activeScan) this.#scan([container], 'container_start')
  }

  containerStopped(container: ContainerInfoMessage): void {
    this.#parts.watches.stop(container.containerId)
    this.#parts.podLog.changed()
  }

  /** Takes events over, their descriptors too. */
  fileEvents(events: readonly FileEvent[], settler: FileEventDebouncer): void {
    const { status, watches, processWatch } = this.#parts
    status.fileEvents += events.length
    const ours: FileEvent[] = []
    for (const event of events) {
      const place = watches.placeOf(event)
      if (place) ours.push(event)
      else event.close()
      if (place && event.kind === 'executed') processWatch.programStarted(place.container)
    }
    settler.push(ours)
  }

  settledEvent(settled: SettledEvent): void {
    const place = this.#parts.watches.placeOf(settled.event)
    if (!place) settled.event.close()
    else if (!this.#parts.eventScans.handle(settled, place)) this.eventsLost('too-many-of-one', [place.container])
  }

  /** @param of whose events they may have been: these containers are scanned. */
  eventsLost(cause: OverflowCause | 'too-many-of-one', of: Iterable<ContainerInfoMessage> = this.#parts.containers()): void {
    const { status, log, signal } = this.#parts
    status.eventOverflows += 1
    const isDue = this.#overflowed.size > 0
    for (const container of of) this.#overflowed.set(container.containerId, container)
    if (isDue) return
    log.warn({ cause }, 'file events were lost; what they may have told of is scanned')
    const scan = async () => {
      await sleep(OVERFLOW_GATHER_MS, signal)
      const containers = [...this.#overflowed.values()]
      this.#overflowed.clear()
      this.#scan(containers, 'event_overflow')
    }
    background(log, 'answer to lost file events', scan())
  }

  scheduleDue(): void {
    this.#scan([...this.#parts.containers()], 'schedule')
  }

  /** clamd serves other signatures: what was clean may not be. */
  generationChanged(isFirst: boolean): void {
    const { processInspector, containers, podLog } = this.#parts
    processInspector.forget()
    podLog.changed()
    if (!isFirst) this.#scan([...containers()], 'signature_update')
  }

  /** Another scan configuration is in force. */
  configChanged(): void {
    const { processInspector, watches, podLog, scanConfig } = this.#parts
    processInspector.forget()
    const changed = watches.restartAll()
    podLog.changed()
    // What is watched now may hold what nobody saw; what is not any more is listed as such by its scan.
    if (scanConfig().activeScan) this.#scan(changed, 'container_start')
  }

  #scan(containers: readonly ContainerInfoMessage[], trigger: ScanTriggerName): void {
    const { queue, log, signal } = this.#parts
    for (const container of containers) {
      const work = queue.add({ container, trigger, ignoreCache: false }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
      background(log, `scan of a container (${trigger})`, work)
    }
  }

  #reportNotWatched(container: ContainerInfoMessage, entry: NotScanned): void {
    const { reporter, log, signal } = this.#parts
    const nowMs = Date.now()
    const counts = { filesScanned: 0, filesCached: 0, bytesScanned: 0, startedAtMs: nowMs, finishedAtMs: nowMs }
    const outcome = { container, trigger: 'container_start', ...counts, findings: [], notScanned: [entry] } as const
    background(
      log,
      'report of a container that is not watched',
      reporter.report(outcome, { evenWhenClean: false, allCoverage: false }, signal),
    )
  }
}
