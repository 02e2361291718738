import { closeSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type ContainerInfoMessage, MINUTE_MS, type ScanConfig } from '@guardimesh/contracts'
import { LRUCache } from 'lru-cache'
import { statOpened } from '../../../node/file-stat.js'
import type { Executable, ProcReader } from '../../../node/proc.js'
import { behaviourOfDrift } from '../../../sources/behaviour.js'
import { deletedBinary } from '../../../sources/deleted-binary.js'
import { deletedLibraries } from '../../../sources/deleted-library.js'
import type { DriftDetector } from '../../../sources/drift-detector.js'
import { isEnteringRuntime } from '../../../sources/entering-runtime.js'
import { memfdExecutable } from '../../../sources/memfd.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import { type RunningFile, readProcessFacts } from '../../../sources/running-file.js'
import type { Sightings } from '../reporting/sightings.js'
import type { RetryingScanner } from './retrying-scanner.js'
import type { ScanTally } from './scan-tally.js'

export interface ProcessInspectorOptions {
  readonly proc: ProcReader
  readonly drift: DriftDetector
  readonly files: RetryingScanner
  readonly sightings: Sightings
  readonly scanConfig: () => ScanConfig
}

/** What was looked at is left alone this long: the same finding is told once anyhow, this only saves the work. */
const SEEN_MS = 10 * MINUTE_MS
const SEEN_MAX = 50_000

/** Looks over the processes of containers for programs and libraries that no image explains. */
export class ProcessInspector {
  readonly #options: ProcessInspectorOptions
  readonly #seen = new LRUCache<string, true>({ max: SEEN_MAX, ttl: SEEN_MS })

  constructor(options: ProcessInspectorOptions) {
    this.#options = options
  }

  /** Other signatures or settings are in force: everything is looked at again. */
  forget(): void {
    this.#seen.clear()
  }

  /** Adds what the processes of one container run to a tally. @throws only the signal's reason. */
  async processInspector(container: ContainerInfoMessage, pids: readonly number[], tally: ScanTally, signal: AbortSignal): Promise<void> {
    const pidsOfContainer = new Set(pids)
    for (const pid of pids) {
      try {
        for (const file of await this.#suspicious(container, pid, pidsOfContainer)) await this.#scan(container, file, tally, signal)
      } catch (error) {
        signal.throwIfAborted()
        // What one process makes impossible is told of it, and the others are looked at.
        tally.addNotScanned({ ...openFailureReason(error), path: Buffer.from(`/proc/${pid}`), count: 1, sizeBytes: 0 })
      }
      await nextTurn()
      signal.throwIfAborted()
    }
  }

  /** What a process of a container runs that no image explains, and that was not looked at a moment ago. */
  async #suspicious(container: ContainerInfoMessage, pid: number, pidsOfContainer: ReadonlySet<number>): Promise<readonly RunningFile[]> {
    const files = await this.unexplained(container, pid, pidsOfContainer)
    return files.filter((file) => !this.#seen.has(seenKey(container, file)))
  }

  /** What a process of a container runs that no image explains: deleted, drifted, in memory only. @throws KernelError */
  async unexplained(container: ContainerInfoMessage, pid: number, pidsOfContainer: ReadonlySet<number>): Promise<readonly RunningFile[]> {
    const { proc, scanConfig } = this.#options
    const { features } = scanConfig()
    const executable = proc.executableState(pid)
    if (!executable || this.#isEntering(pid, executable, pidsOfContainer)) return []
    const files = [
      features.memfd ? memfdExecutable(proc, pid, executable) : undefined,
      features.deletedBinary ? deletedBinary(proc, pid, executable, container) : undefined,
      features.drift ? await this.#drifted(container, pid, executable) : undefined,
      ...(features.deletedLibrary ? deletedLibraries(proc, pid, container) : []),
    ]
    return files.filter((file) => file !== undefined)
  }

  #isEntering(pid: number, { path }: Executable, pidsOfContainer: ReadonlySet<number>): boolean {
    return isEnteringRuntime(path, () => this.#options.proc.readProcess(pid), pidsOfContainer, Date.now())
  }

  async #drifted(container: ContainerInfoMessage, pid: number, executable: Executable): Promise<RunningFile | undefined> {
    if (executable.kind !== 'normal') return undefined
    const { path, stat } = executable
    const open = () => this.#options.proc.openExecutable(pid)
    const drift = await this.#options.drift.detect(container, { path, stat, open })
    const behaviour = behaviourOfDrift(drift)
    if (!behaviour || drift.kind === 'none') return undefined
    const { inode, changedAtNs } = stat.identity
    return { behaviour, path, layer: drift.layer, pid, key: `drift ${inode} ${changedAtNs}`, open }
  }

  async #scan(container: ContainerInfoMessage, file: RunningFile, tally: ScanTally, signal: AbortSignal): Promise<void> {
    const process = readProcessFacts(this.#options.proc, file.pid)
    let fd: number | undefined
    try {
      fd = file.open()
    } catch (error) {
      tally.addNotScanned({ ...openFailureReason(error), path: file.path, count: 1, sizeBytes: 0 })
    }
    // It ended, or what it has mapped is neither program nor library.
    if (fd === undefined) this.#seen.set(seenKey(container, file), true)
    if (fd === undefined) return
    try {
      const { behaviour, path, layer } = file
      const context = { path, layer, behaviour, process, stat: statOpened(fd), scanSource: behaviour.scanSource, isRunning: true }
      const outcome = await this.#options.files.scanOpened(fd, context, undefined, signal)
      tally.addFile(outcome)
      if (outcome.seen) this.#options.sightings.note(container, context, outcome.seen)
      if (!outcome.notScanned) this.#seen.set(seenKey(container, file), true)
    } finally {
      closeSync(fd)
    }
  }
}

function seenKey({ containerId }: ContainerInfoMessage, file: RunningFile): string {
  return `${containerId} ${file.pid} ${file.key}`
}
