import { closeSync } from 'node:fs'
import type { ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { statOpened } from '../../../node/file-stat.js'
import type { FileWorkers } from '../../../node/file-workers.js'
import { KernelError } from '../../../node/libc.js'
import type { ProcReader } from '../../../node/proc.js'
import type { ProcessState } from '../../../node/process-state.js'
import type { ContainerMounts } from '../../../sources/container-mounts.js'
import { isEnteringRuntime } from '../../../sources/entering-runtime.js'
import type { NotScanned, SourceItem } from '../../../sources/found-file.js'
import { processCoverage } from '../../../sources/process-coverage.js'
import type { RunningFile } from '../../../sources/running-file.js'
import type { Runner, RunningFiles } from '../../../sources/running-files.js'
import type { RuntimeBinaries } from '../../../sources/runtime-binaries.js'
import { upperdirFiles } from '../../../sources/upperdir.js'
import { isSkippedNamespace } from './skipped-namespace.js'
import { yieldToEventLoop } from './time-slice.js'

export interface ContainerFilesOptions {
  readonly hostRoot: string
  readonly proc: ProcReader
  readonly workers: FileWorkers
  readonly runningFiles: RunningFiles
  readonly runtimes: RuntimeBinaries
  readonly containerMounts: ContainerMounts
  readonly containers: () => Iterable<ContainerInfoMessage>
  readonly scanConfig: () => ScanConfig
}

/** Receives the files that the processes of a container run. */
export interface RunningFileVisitor {
  visit(file: RunningFile): Promise<void>
  /** Called for everything that the processes run and that cannot be read. */
  notScanned(entry: NotScanned): void
  /** Called instead of `visit` when a process cannot be read, or `visit` failed; the other processes follow unless it throws. */
  failed(error: unknown, pid: number): void
  /** Called when all files of a process were visited. */
  done?(pid: number): void
}

/** Processes that a file worker reads at a time. */
const PROCESSES_PER_READ = 16
const RECENT_MS = SECOND_MS

/** The processes of all containers. */
interface ProcessLists {
  readonly readAtMs: number
  readonly pids: ReadonlyMap<string, readonly number[]>
}

/**
 * Enumerates the files that scans and rule trials read: those that a container wrote, and those that its processes run and no image
 * contains.
 */
export class ContainerFiles {
  readonly #options: ContainerFilesOptions
  #recent: ProcessLists = { readAtMs: Number.NEGATIVE_INFINITY, pids: new Map() }

  constructor(options: ContainerFilesOptions) {
    this.#options = options
  }

  /** Returns why the written files of a container are not read; undefined when they are. */
  exclusionOf(container: ContainerInfoMessage): NotScanned | undefined {
    const { skipNamespaces } = this.#options.scanConfig()
    if (isSkippedNamespace(container.namespace, skipNamespaces))
      return wholeContainer('skipped_namespace', `the scan configuration skips the namespace ${container.namespace}`)
    if (container.unsupportedReason !== '') return wholeContainer('unsupported_snapshotter', container.unsupportedReason)
    if (container.upperdir === '')
      return wholeContainer('not_inspected', 'the container runtime did not report the path of the writable layer')
    return undefined
  }

  /**
   * Yields the files that a container wrote: writable layer, folders in memory, volumes, and everything that its processes have mounted. A file
   * can be opened until the generator reaches the next folder.
   *
   * @param sourceOf maps the detection source of a folder to the one that findings carry.
   * @param mountIds only these mounts; default: everything.
   * @throws KernelError when the writable layer itself cannot be opened.
   */
  *written(
    container: ContainerInfoMessage,
    sourceOf: (own: ScanSourceName) => ScanSourceName,
    mountIds?: ReadonlySet<number>,
  ): Generator<SourceItem> {
    const { hostRoot, containerMounts } = this.#options
    if (!mountIds) yield* upperdirFiles({ hostRoot, upperdir: container.upperdir, scanSource: sourceOf('upperdir') })
    // A new mount can belong to a process that has just started.
    const pids = this.pidsOf(container, mountIds ? 0 : RECENT_MS)
    if (pids.length === 0) {
      const entry = wholeContainer('ended_before_scan', 'The container ended before its mounts could be read.')
      yield { kind: 'not-scanned', entry }
    } else yield* containerMounts.files(containerMounts.list(container, pids), sourceOf('volume'), mountIds)
  }

  /**
   * Returns the processes of a container; empty when its first process is unknown.
   *
   * @param maxAgeMs age of the list: reading the processes of the node takes long with many containers. Later processes are inspected because
   *   of their start.
   */
  pidsOf(container: ContainerInfoMessage, maxAgeMs = RECENT_MS): readonly number[] {
    if (container.pid === 0) return []
    const { containerId } = container
    const recent = performance.now() - this.#recent.readAtMs < maxAgeMs ? this.#recent.pids.get(containerId) : undefined
    // The processes of a container that has ended since are gone, which must be reported.
    if (recent && recent.length > 0 && this.#options.proc.changeMark(container.pid)) return recent
    const others = [...this.#options.containers()].filter((one) => one.pid !== 0 && one.containerId !== containerId)
    this.#recent = { readAtMs: performance.now(), pids: this.#options.proc.processesOf([container, ...others]) }
    return this.#recent.pids.get(containerId) ?? []
  }

  /**
   * Visits the files that processes of a container run although no image contains them: deleted, drifted, or in memory only.
   *
   * @throws KernelError ETIMEDOUT when the container's files do not respond; the signal's reason, and errors of `visitor.failed`.
   */
  async visitRunning(
    container: ContainerInfoMessage,
    pids: readonly number[],
    visitor: RunningFileVisitor,
    signal: AbortSignal,
  ): Promise<void> {
    const pidsOfContainer = new Set(pids)
    for (let index = 0; index < pids.length; index += PROCESSES_PER_READ) {
      const part = pids.slice(index, index + PROCESSES_PER_READ)
      const states = await this.#options.workers.read(container.containerId, part)
      for (const [position, pid] of part.entries()) {
        await this.#visitProcess({ container, pid }, states[position], pidsOfContainer, visitor, signal)
        await yieldToEventLoop(signal)
      }
    }
  }

  async #visitProcess(
    runner: Runner,
    state: ProcessState | KernelError | undefined,
    pidsOfContainer: ReadonlySet<number>,
    visitor: RunningFileVisitor,
    signal: AbortSignal,
  ): Promise<void> {
    const { pid } = runner
    try {
      if (state instanceof KernelError) throw state
      if (!state || (await this.#isEntering(runner, state, pidsOfContainer))) return
      const program = state.executable?.path ?? this.#options.proc.programPath(pid) ?? Buffer.from(`/proc/${pid}`)
      for (const entry of processCoverage(state, program)) visitor.notScanned(entry)
      for (const file of await this.#options.runningFiles.ofProcess(runner, state)) await visitor.visit(file)
      visitor.done?.(pid)
    } catch (error) {
      signal.throwIfAborted()
      visitor.failed(error, pid)
    }
  }

  /** True for the runtime's own program. Its name and its parent do not suffice, because anyone may start a process in a container. */
  async #isEntering({ container, pid }: Runner, state: ProcessState, pidsOfContainer: ReadonlySet<number>): Promise<boolean> {
    const { proc, workers, runtimes } = this.#options
    const { executable } = state
    if (!executable) return false
    const facts = () => proc.readProcess(pid)
    if (!isEnteringRuntime(executable.path, facts, pidsOfContainer, Date.now())) return false
    const opened = await workers.open(container.containerId, pid, 'exe')
    if (!opened) return true
    try {
      // It has started the container's program since it was read, which the next inspection reads.
      if (statOpened(opened.fd).identity.inode !== executable.stat.identity.inode) return true
      return await runtimes.contains(opened.fd, facts()?.parentPid ?? 0)
    } finally {
      closeSync(opened.fd)
    }
  }
}

/** Builds a coverage entry for a whole container. Pure. */
export function wholeContainer(reason: NotScanned['reason'], detail: string): NotScanned {
  return { reason, path: Buffer.alloc(0), count: 0, sizeBytes: 0, detail }
}
