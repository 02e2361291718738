import type { FileEvent } from '../../../node/fanotify-event.js'
import { FileEventDebouncer, type SettledEvent } from '../../../sources/file-event-debouncer.js'
import type { ProcessFacts } from '../../../sources/found-file.js'
import type { ScannerEvents } from '../events/scanner-events.js'
import type { ProcessScanLoop } from '../scans/process-scan-loop.js'
import type { FileEventScanner } from './file-event-scanner.js'
import type { WatchedLayer } from './layer-index.js'
import type { MountFollower } from './mount-follower.js'
import type { WatchedContainers } from './watched-containers.js'

export interface FileEventIntakeOptions {
  readonly events: ScannerEvents
  readonly watchedContainers: WatchedContainers
  readonly mountFollower: MountFollower
  readonly fileEventScanner: FileEventScanner
  readonly processScanLoop: ProcessScanLoop
  readonly readProcess: (pid: number, program?: Buffer) => ProcessFacts | undefined
  /** Files that may wait for further events, each with an open descriptor. */
  readonly maxWaiting: number
}

/** Accepts file events from the kernel, drops those of other files, debounces them, and passes each settled file to the scanner. */
export class FileEventIntake implements Disposable {
  readonly #options: FileEventIntakeOptions
  readonly #debouncer: FileEventDebouncer<WatchedLayer>

  constructor(options: FileEventIntakeOptions) {
    this.#options = options
    const { readProcess, maxWaiting } = options
    this.#debouncer = new FileEventDebouncer({ onSettled: (settled) => this.#onSettled(settled), readProcess, maxWaiting })
  }

  /** Takes over the descriptors of the events. */
  accept(events: readonly FileEvent[]): void {
    const { watchedContainers, processScanLoop, mountFollower } = this.#options
    for (const event of events) {
      const layer = watchedContainers.layerOf(event)
      if (!layer) {
        event.close()
        continue
      }
      if (event.kind === 'executed') {
        processScanLoop.programStarted(layer.container)
        mountFollower.programStarted()
      }
      this.#debouncer.push(event, layer)
    }
  }

  [Symbol.dispose](): void {
    this.#debouncer[Symbol.dispose]()
  }

  #onSettled(settled: SettledEvent<WatchedLayer>): void {
    const { events, watchedContainers, fileEventScanner } = this.#options
    const { container } = settled.origin
    // The container may have stopped since the event.
    if (!watchedContainers.isWatched(container.containerId)) settled.event.close()
    else if (!fileEventScanner.handle(settled)) events.emit('fileEventsLost', 'too-many-of-one', [container])
  }
}
