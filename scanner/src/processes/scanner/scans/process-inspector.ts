import { closeSync } from 'node:fs'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { MINUTE_MS } from '@guardimesh/contracts/units'
import { LRUCache } from 'lru-cache'
import type { OpenedByWorker } from '../../../node/file-workers.js'
import type { ProcReader } from '../../../node/proc.js'
import type { NotScanned } from '../../../sources/found-file.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import type { RunningFile } from '../../../sources/running-file.js'
import type { Sightings } from '../reporting/sightings.js'
import { awaitedEngines } from '../results/file-outcome.js'
import type { ScanTally } from '../results/scan-tally.js'
import { type ContainerFiles, wholeContainer } from './container-files.js'
import type { DeferredScans } from './deferred-scans.js'
import type { RetryingScanner } from './retrying-scanner.js'
import { TimeSlice } from './time-slice.js'

export interface ProcessInspectorOptions {
  readonly proc: ProcReader
  readonly containerFiles: ContainerFiles
  readonly files: RetryingScanner
  readonly deferredScans: DeferredScans
  readonly sightings: Sightings
  /** Why program starts are not monitored; empty when they are. */
  readonly monitorFailure: () => string
  readonly maxFileSizeBytes: () => number
}

/** An inspected program is not scanned again for this long. Its findings are deduplicated anyway; this only saves work. */
const INSPECTED_TTL_MS = 10 * MINUTE_MS
const INSPECTED_MAX = 20_000
/** An unchanged process is read again after this time, because a process can replace memory by other memory of the same size. */
const UNCHANGED_TTL_MS = MINUTE_MS
/** Processes of one container that one inspection reads; the next inspection continues with the others. */
const PROCESSES_MAX = 500

/** Inspects the processes of containers: scans their programs, libraries and scripts that no image contains. */
export class ProcessInspector {
  readonly #options: ProcessInspectorOptions
  readonly #inspected = new LRUCache<string, true>({ max: INSPECTED_MAX, ttl: INSPECTED_TTL_MS })
  /** The change marks of processes when they were read. */
  readonly #unchanged = new LRUCache<number, string>({ max: INSPECTED_MAX, ttl: UNCHANGED_TTL_MS })

  constructor(options: ProcessInspectorOptions) {
    this.#options = options
  }

  /** Forgets what was inspected, because signatures or settings changed. */
  forget(): void {
    this.#inspected.clear()
    this.#unchanged.clear()
  }

  /**
   * Inspects processes of one container and adds the outcome to a tally.
   *
   * @param isComplete true to read unchanged processes as well, so that the tally lists everything that is not scanned.
   * @throws only the signal's reason.
   */
  async inspect(
    container: ContainerInfoMessage,
    pids: readonly number[],
    tally: ScanTally,
    signal: AbortSignal,
    isComplete = false,
  ): Promise<void> {
    const { containerFiles, monitorFailure } = this.#options
    const marks = await this.#marksOf(pids, signal)
    const changed = pids.filter((pid) => isComplete || this.#unchanged.get(pid) !== marks.get(pid))
    if (changed.length > PROCESSES_MAX) tally.addNotScanned(wholeContainer('budget_exhausted', TOO_MANY))
    if (monitorFailure() !== '') tally.addNotScanned(wholeContainer('executable_memory', `${NOT_MONITORED}: ${monitorFailure()}`))
    const visitor = {
      visit: async (file: RunningFile) => {
        if (!this.#inspected.has(inspectedKey(container, file))) await this.scan(container, file, tally, signal)
      },
      notScanned: onceEach(tally.addNotScanned.bind(tally)),
      failed: (error: unknown, pid: number) =>
        tally.addNotScanned({ ...openFailureReason(error), path: Buffer.from(`/proc/${pid}`), count: 1, sizeBytes: 0 }),
      done: (pid: number) => {
        this.#unchanged.set(pid, marks.get(pid))
      },
    }
    try {
      await containerFiles.visitRunning(container, isComplete ? changed : changed.slice(0, PROCESSES_MAX), visitor, signal)
    } catch (error) {
      signal.throwIfAborted()
      const { reason, detail } = openFailureReason(error)
      tally.addNotScanned(wholeContainer(reason, `processes: ${detail}`))
    }
  }

  async #marksOf(pids: readonly number[], signal: AbortSignal): Promise<ReadonlyMap<number, string | undefined>> {
    const marks = new Map<number, string | undefined>()
    const slice = new TimeSlice()
    for (const pid of pids) {
      if (slice.isOver) await slice.next(signal)
      marks.set(pid, this.#options.proc.changeMark(pid)?.memory)
    }
    return marks
  }

  /** Scans a file that a process runs. @throws only the signal's reason. */
  async scan(container: ContainerInfoMessage, file: RunningFile, tally: ScanTally, signal: AbortSignal): Promise<void> {
    const process = file.process ?? this.#options.proc.readProcess(file.pid)
    let opened: OpenedByWorker | undefined
    try {
      opened = await file.open()
    } catch (error) {
      return tally.addNotScanned({ ...openFailureReason(error), path: file.path, count: 1, sizeBytes: 0 })
    }
    // The process ended.
    if (!opened) return
    try {
      const { path, layer, scanSource, stat } = file
      const behaviour = file.isElfOnly && !opened.isElf ? undefined : file.behaviour
      if (file.isElfOnly && !opened.isElf)
        tally.addNotScanned({ reason: 'executable_memory', path, count: 1, sizeBytes: 0, detail: NO_PROGRAM })
      // Runtimes reserve terabytes of sparse memory for compiled code.
      const isOnlyReserved = behaviour === undefined && stat.identity.sizeBytes > this.#options.maxFileSizeBytes()
      if (!isOnlyReserved) {
        const context = { path, layer, behaviour, process, stat, scanSource, isRunning: true }
        const outcome = await this.#options.files.scanOpened(opened.fd, context, undefined, signal)
        tally.addFile({ ...outcome, gaps: this.#options.deferredScans.add({ container, context, outcome, fd: opened.fd }) })
        if (outcome.seen) this.#options.sightings.note(container, context, outcome.seen)
        if (awaitedEngines(outcome).length > 0) return
      }
      this.#inspected.set(inspectedKey(container, file), true)
    } finally {
      closeSync(opened.fd)
    }
  }
}

const TOO_MANY = `more than ${PROCESSES_MAX} processes are new or changed; each inspection reads ${PROCESSES_MAX} of them`
const NOT_MONITORED = 'program starts are not monitored, so a program in memory that ends within a second may be missed'
const NO_PROGRAM =
  'a process has mapped this memory as executable, but it is neither a program nor a library; its content was scanned as it is'

/** Many processes of one program have the same entry. */
function onceEach(add: (entry: NotScanned) => void): (entry: NotScanned) => void {
  const added = new Set<string>()
  return (entry) => {
    const key = `${entry.reason} ${entry.path.toString('latin1')} ${entry.detail}`
    if (added.has(key)) return
    added.add(key)
    add(entry)
  }
}

function inspectedKey({ containerId }: ContainerInfoMessage, file: RunningFile): string {
  return `${containerId} ${file.pid} ${file.key}`
}
