import { closeSync } from 'node:fs'
import { type ContainerInfoMessage, MINUTE_MS } from '@guardimesh/contracts'
import { LRUCache } from 'lru-cache'
import { statOpened } from '../../../node/file-stat.js'
import type { ProcReader } from '../../../node/proc.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import { type RunningFile, readProcessFacts } from '../../../sources/running-file.js'
import type { Sightings } from '../reporting/sightings.js'
import { awaitedEngines } from '../results/file-outcome.js'
import type { ScanTally } from '../results/scan-tally.js'
import type { ContainerFiles } from './container-files.js'
import type { DeferredScans } from './deferred-scans.js'
import type { RetryingScanner } from './retrying-scanner.js'

export interface ProcessInspectorOptions {
  readonly proc: ProcReader
  readonly containerFiles: ContainerFiles
  readonly files: RetryingScanner
  readonly deferredScans: DeferredScans
  readonly sightings: Sightings
}

/** An inspected program is not inspected again for this long. Its findings are deduplicated anyway; this only saves work. */
const INSPECTED_TTL_MS = 10 * MINUTE_MS
const INSPECTED_MAX = 50_000

/** Inspects the processes of containers: scans their programs and libraries that no image contains. */
export class ProcessInspector {
  readonly #options: ProcessInspectorOptions
  readonly #inspected = new LRUCache<string, true>({ max: INSPECTED_MAX, ttl: INSPECTED_TTL_MS })

  constructor(options: ProcessInspectorOptions) {
    this.#options = options
  }

  /** Forgets what was inspected, because signatures or settings changed. */
  forget(): void {
    this.#inspected.clear()
  }

  /** Inspects processes of one container and adds the outcome to a tally. @throws only the signal's reason. */
  async inspect(container: ContainerInfoMessage, pids: readonly number[], tally: ScanTally, signal: AbortSignal): Promise<void> {
    const visitor = {
      visit: async (file: RunningFile) => {
        if (!this.#inspected.has(inspectedKey(container, file))) await this.#scan(container, file, tally, signal)
      },
      failed: (error: unknown, pid: number) =>
        tally.addNotScanned({ ...openFailureReason(error), path: Buffer.from(`/proc/${pid}`), count: 1, sizeBytes: 0 }),
    }
    await this.#options.containerFiles.visitRunning(container, pids, visitor, signal)
  }

  async #scan(container: ContainerInfoMessage, file: RunningFile, tally: ScanTally, signal: AbortSignal): Promise<void> {
    const process = readProcessFacts(this.#options.proc, file.pid)
    let fd: number | undefined
    try {
      fd = file.open()
    } catch (error) {
      tally.addNotScanned({ ...openFailureReason(error), path: file.path, count: 1, sizeBytes: 0 })
    }
    // The process ended, or the mapped file is neither a program nor a library.
    if (fd === undefined) this.#inspected.set(inspectedKey(container, file), true)
    if (fd === undefined) return
    try {
      const { behaviour, path, layer } = file
      const context = { path, layer, behaviour, process, stat: statOpened(fd), scanSource: behaviour.scanSource, isRunning: true }
      const outcome = await this.#options.files.scanOpened(fd, context, undefined, signal)
      tally.addFile({ ...outcome, gaps: this.#options.deferredScans.add({ container, context, outcome, fd }) })
      if (outcome.seen) this.#options.sightings.note(container, context, outcome.seen)
      if (awaitedEngines(outcome).length === 0) this.#inspected.set(inspectedKey(container, file), true)
    } finally {
      closeSync(fd)
    }
  }
}

function inspectedKey({ containerId }: ContainerInfoMessage, file: RunningFile): string {
  return `${containerId} ${file.pid} ${file.key}`
}
