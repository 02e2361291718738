import type { FileEvent } from '../../../node/fanotify-event.js'
import { FileEventDebouncer, type SettledEvent } from '../../../sources/file-event-debouncer.js'
import type { ProcessFacts } from '../../../sources/found-file.js'
import type { ScannerEvents } from '../events/scanner-events.js'
import type { RecheckBook } from '../rechecks/recheck-book.js'
import type { ProcessScanLoop } from '../scans/process-scan-loop.js'
import type { FileEventScanner } from './file-event-scanner.js'
import type { WatchedLayer } from './layer-index.js'
import type { MountFollower } from './mount-follower.js'
import type { ProgramStarts } from './program-starts.js'
import type { WatchedContainers } from './watched-containers.js'

export interface FileEventIntakeOptions {
  readonly events: ScannerEvents
  readonly watchedContainers: WatchedContainers
  readonly mountFollower: MountFollower
  readonly fileEventScanner: FileEventScanner
  readonly processScanLoop: ProcessScanLoop
  readonly programStarts: ProgramStarts
  readonly book: RecheckBook
  /** Ends further modification events of the file for some seconds. */
  readonly muteModifications: (event: FileEvent) => void
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
    const { watchedContainers, processScanLoop, programStarts, mountFollower } = this.#options
    for (const event of events) {
      const layer = watchedContainers.layerOf(event)
      if (!layer) {
        event.close()
        continue
      }
      if (event.kind === 'executed') {
        processScanLoop.programStarted(layer.container)
        programStarts.noteExecution(event, layer.container)
        mountFollower.programStarted(layer.container)
      }
      if (event.kind === 'modified' && this.#isRemembered(event, layer)) event.close()
      else this.#debouncer.push(event, layer)
    }
  }

  [Symbol.dispose](): void {
    this.#debouncer[Symbol.dispose]()
  }

  /** A file that is still open for writing is checked from now on. @returns false for one without a name, which can be read only through its event. */
  #isRemembered(event: FileEvent, layer: WatchedLayer): boolean {
    const { book, muteModifications, readProcess } = this.#options
    muteModifications(event)
    if (event.stat.linkCount === 0) return false
    const { path, identity, pid } = event
    const file = { ...layer, path, inode: identity.inode, scanned: undefined }
    book.addChanged({ ...file, process: pid > 0 && !book.has(file) ? readProcess(pid) : undefined }, performance.now())
    return true
  }

  #onSettled(settled: SettledEvent<WatchedLayer>): void {
    const { events, watchedContainers, fileEventScanner } = this.#options
    const { container } = settled.origin
    // The container may have stopped since the event.
    if (!watchedContainers.isWatched(container.containerId)) settled.event.close()
    else if (!fileEventScanner.handle(settled)) events.emit('fileEventsLost', 'too-many-of-one', [container])
  }
}
