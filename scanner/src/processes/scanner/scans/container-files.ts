import type { ContainerInfoMessage, ScanConfig, ScanSourceName } from '@guardimesh/contracts'
import type { Executable, ProcReader } from '../../../node/proc.js'
import { behaviourOfDrift } from '../../../sources/behaviour.js'
import type { ContainerMounts } from '../../../sources/container-mounts.js'
import { deletedBinary } from '../../../sources/deleted-binary.js'
import { deletedLibraries } from '../../../sources/deleted-library.js'
import type { DriftDetector } from '../../../sources/drift-detector.js'
import { isEnteringRuntime } from '../../../sources/entering-runtime.js'
import type { NotScanned, SourceItem } from '../../../sources/found-file.js'
import { memfdExecutable } from '../../../sources/memfd.js'
import type { RunningFile } from '../../../sources/running-file.js'
import { upperdirFiles } from '../../../sources/upperdir.js'
import { isSkippedNamespace } from './skipped-namespace.js'
import { yieldToEventLoop } from './time-slice.js'

export interface ContainerFilesOptions {
  readonly hostRoot: string
  readonly proc: ProcReader
  readonly drift: DriftDetector
  readonly containerMounts: ContainerMounts
  readonly scanConfig: () => ScanConfig
}

/** Receives the files that the processes of a container run. */
export interface RunningFileVisitor {
  visit(file: RunningFile): Promise<void>
  /** Called instead of `visit` when a process cannot be read, or `visit` failed; the other processes follow unless it throws. */
  failed(error: unknown, pid: number): void
}

/**
 * Enumerates the files that scans and rule trials read: those that a container wrote, and those that its processes run and no image
 * contains.
 */
export class ContainerFiles {
  readonly #options: ContainerFilesOptions

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
    const pids = this.pidsOf(container)
    if (pids.length === 0) {
      const entry = wholeContainer('ended_before_scan', 'The container ended before its mounts could be read.')
      yield { kind: 'not-scanned', entry }
    } else yield* containerMounts.files(containerMounts.list(container, pids), sourceOf('volume'), mountIds)
  }

  /** Returns the processes of a container; empty when its first process is unknown. */
  pidsOf(container: ContainerInfoMessage): readonly number[] {
    if (container.pid === 0) return []
    return this.#options.proc.processesOf([container]).get(container.containerId) ?? []
  }

  /**
   * Visits the files that processes of a container run although no image contains them: deleted, drifted, or in memory only.
   *
   * @throws the signal's reason, and errors of `visitor.failed`.
   */
  async visitRunning(
    container: ContainerInfoMessage,
    pids: readonly number[],
    visitor: RunningFileVisitor,
    signal: AbortSignal,
  ): Promise<void> {
    const pidsOfContainer = new Set(pids)
    for (const pid of pids) {
      try {
        for (const file of await this.#unexplained(container, pid, pidsOfContainer)) await visitor.visit(file)
      } catch (error) {
        signal.throwIfAborted()
        visitor.failed(error, pid)
      }
      await yieldToEventLoop(signal)
    }
  }

  async #unexplained(container: ContainerInfoMessage, pid: number, pidsOfContainer: ReadonlySet<number>): Promise<readonly RunningFile[]> {
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
}

/** Builds a coverage entry for a whole container. Pure. */
export function wholeContainer(reason: NotScanned['reason'], detail: string): NotScanned {
  return { reason, path: Buffer.alloc(0), count: 0, sizeBytes: 0, detail }
}
