import { closeSync } from 'node:fs'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { background, type Logger, sleep } from '@guardimesh/kit'
import { LRUCache } from 'lru-cache'
import { containerIdInCgroup } from '../../../node/container-processes.js'
import { isElf } from '../../../node/elf.js'
import { EXECUTION_MEMORY_MS, type ProgramStart, type StartedFile } from '../../../node/exec-monitor.js'
import type { FileEvent } from '../../../node/fanotify-event.js'
import { statOpened } from '../../../node/file-stat.js'
import type { OpenedByWorker } from '../../../node/file-workers.js'
import { descriptorPath, openRegular } from '../../../node/kernel.js'
import type { ProcReader } from '../../../node/proc.js'
import { containerIdsIn } from '../../../node/proc-files.js'
import type { RunFile, Script } from '../../../node/process-state.js'
import { isRuntimeProgram } from '../../../node/runtime-program.js'
import type { NotScanned } from '../../../sources/found-file.js'
import { scriptFromStream } from '../../../sources/process-coverage.js'
import type { RunningFiles } from '../../../sources/running-files.js'
import type { RuntimeBinaries } from '../../../sources/runtime-binaries.js'
import { ScanTally } from '../results/scan-tally.js'
import { wholeContainer } from '../scans/container-files.js'
import type { ProcessInspector } from '../scans/process-inspector.js'
import type { ProcessScanLoop } from '../scans/process-scan-loop.js'
import { isSkippedNamespace } from '../scans/skipped-namespace.js'

export interface ProgramStartsOptions {
  readonly proc: ProcReader
  readonly runningFiles: RunningFiles
  readonly runtimes: RuntimeBinaries
  readonly processInspector: ProcessInspector
  readonly processScanLoop: ProcessScanLoop
  /** Running containers by id, always those of now. */
  readonly knownContainers: ReadonlyMap<string, ContainerInfoMessage>
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
  readonly signal: AbortSignal
}

/** Starts of one container that are being scanned, each with a few open descriptors. */
const STARTS_MAX = 64
/** File events arrive up to this much later than the notification of the same start. */
const FILE_EVENT_DELAY_MS = SECOND_MS / 2
/** A busy node announces a container by then. */
const ANNOUNCEMENT_MAX_MS = 15 * SECOND_MS
/** A busy node reports a file event by then, which names the container of a process without a cgroup of its own. */
const FILE_EVENT_MAX_MS = 3 * SECOND_MS
const MAX_EXECUTING = 2000
const MAX_COUNTED_CONTAINERS = 2000
const LOADER = /\/ld-(linux|musl)[^/]*\.so(\.\d+)?$/

interface Executing {
  readonly container: ContainerInfoMessage
  /** Number of programs with a file event. */
  readonly programs: number
}

/** Scans programs in memory, and scripts, when they start: they may have ended before the next inspection. */
export class ProgramStarts {
  readonly #options: ProgramStartsOptions
  readonly #active = new Map<string, number>()
  /** Number of starts with open descriptors whose container is not known yet. */
  #deferred = 0
  /** Processes that ended before their program was read, and whose file event may follow. */
  readonly #ended = new Map<number, ProgramStart>()
  /** Processes with recent file events of executions. */
  readonly #executing = new LRUCache<number, Executing>({ max: MAX_EXECUTING, ttl: EXECUTION_MEMORY_MS })

  /** Numbers of programs by container that could not be read. */
  readonly #unread = new LRUCache<string, number>({ max: MAX_COUNTED_CONTAINERS })

  constructor(options: ProgramStartsOptions) {
    this.#options = options
  }

  /** Notes a file event of an execution: a program whose file is known is not in memory only. */
  noteExecution(event: FileEvent, container: ContainerInfoMessage): void {
    // A program in memory has an event of its loader only, and a script one of its own and one of its interpreter.
    if (LOADER.test(event.path.toString('latin1')) || !isElf(event.fd)) return
    const programs = this.#executing.get(event.pid)?.programs ?? 0
    this.#executing.set(event.pid, { container, programs: programs + 1 })
  }

  /** Takes over the descriptors of a start. */
  accept(start: ProgramStart): void {
    const container = start.kind === 'ended' ? undefined : this.#containerOf(start)
    if (start.kind === 'ended') this.#noteEnded(start)
    else if (container) this.#start(container, start)
    else if (start.kind === 'memory' || namesContainer(start)) this.#defer(start)
    else closeAll(start.files)
  }

  /** The container is announced later, or the process ended before its cgroup was read and a file event of it may still name the container. */
  #defer(start: ProgramStart): void {
    if (this.#deferred >= STARTS_MAX) {
      closeAll(start.files)
      this.#noteEnded(start)
      return
    }
    this.#deferred += 1
    background(this.#options.log, 'scan of an ended program', this.#startLater(start))
  }

  async #startLater(start: ProgramStart): Promise<void> {
    const { signal } = this.#options
    const untilMs = performance.now() + (namesContainer(start) ? ANNOUNCEMENT_MAX_MS : FILE_EVENT_DELAY_MS)
    let container: ContainerInfoMessage | undefined
    // Reading the processes of the node takes long, and finds no container that is not announced yet.
    for (let searchesTree = start.kind === 'memory'; !container && performance.now() < untilMs && !signal.aborted; searchesTree = false) {
      await sleep(FILE_EVENT_DELAY_MS, signal)
      container = this.#containerOf(start, searchesTree)
    }
    this.#deferred -= 1
    if (container && !signal.aborted) this.#start(container, start)
    else closeAll(start.files)
  }

  #start(container: ContainerInfoMessage, start: ProgramStart): void {
    if (this.#isSkipped(container)) {
      closeAll(start.files)
      return
    }
    const active = this.#active.get(container.containerId) ?? 0
    const isTooMany = active >= STARTS_MAX
    if (isTooMany) closeAll(start.files)
    this.#active.set(container.containerId, active + 1)
    const work = isTooMany ? this.#reportEntry(container, wholeContainer('budget_exhausted', TOO_MANY)) : this.#handle(container, start)
    const settled = work
      .finally(() => this.#release(container))
      .catch((error: unknown) => {
        if (!this.#options.signal.aborted) throw error
      })
    background(this.#options.log, 'scan of a started program', settled)
  }

  /** Notifications were lost: everything that still runs is inspected, and the gap is reported. */
  lost(): void {
    for (const container of this.#options.knownContainers.values()) {
      this.#options.processScanLoop.programStarted(container)
      background(this.#options.log, 'report of lost program starts', this.#reportEntry(container, wholeContainer('event_overflow', LOST)))
    }
  }

  #isSkipped({ namespace }: ContainerInfoMessage): boolean {
    return isSkippedNamespace(namespace, this.#options.scanConfig().skipNamespaces)
  }

  #release({ containerId }: ContainerInfoMessage): void {
    const active = (this.#active.get(containerId) ?? 1) - 1
    if (active > 0) this.#active.set(containerId, active)
    else this.#active.delete(containerId)
  }

  /** @param searchesTree also finds it by the parents of the process. */
  #containerOf({ kind, pid, cgroup }: ProgramStart, searchesTree = kind === 'memory'): ContainerInfoMessage | undefined {
    const { knownContainers } = this.#options
    const byCgroup = containerIdInCgroup(cgroup, knownContainers)
    if (byCgroup !== undefined) return knownContainers.get(byCgroup)
    // Interpreters of the node itself start often, those without a cgroup of their container hardly ever.
    return (searchesTree ? this.#containerInTree(pid) : undefined) ?? this.#executing.get(pid)?.container
  }

  #containerInTree(pid: number): ContainerInfoMessage | undefined {
    const containers = [...this.#options.knownContainers.values()]
    const processes = this.#options.proc.processesOf(containers)
    return containers.find(({ containerId }) => processes.get(containerId)?.includes(pid))
  }

  async #handle(container: ContainerInfoMessage, start: ProgramStart): Promise<void> {
    if (start.kind === 'unread') return this.#inspect(container, start.pid)
    try {
      await this.#scanFiles(container, start)
    } finally {
      closeAll(start.files)
    }
  }

  async #scanFiles(container: ContainerInfoMessage, start: ProgramStart): Promise<void> {
    const tally = new ScanTally()
    const { script } = start
    if (script?.kind === 'stream') tally.addNotScanned(scriptFromStream(start.process?.exe ?? Buffer.alloc(0)))
    for (const file of start.files) {
      const role = start.kind === 'memory' ? 'Executable' : file === start.files[0] ? roleOfScript(script) : 'Open'
      await this.#scan(container, start, file, role, tally)
    }
    await this.#options.processScanLoop.report(container, tally)
  }

  async #scan(
    container: ContainerInfoMessage,
    start: ProgramStart,
    { kind, path, fd, link }: StartedFile,
    role: StartRole,
    tally: ScanTally,
  ): Promise<void> {
    const { runningFiles, runtimes, processInspector, signal } = this.#options
    const { pid, process } = start
    const file: RunFile = { kind, path, stat: statOpened(fd), link }
    const isRuntime = role === 'Executable' && isRuntimeProgram(path) && (await runtimes.contains(fd, process?.parentPid ?? 0))
    const running = isRuntime ? undefined : await runningFiles.select({ container, pid }, file, role, async () => openAgain(fd))
    if (running) await processInspector.scan(container, { ...running, process }, tally, signal)
  }

  async #inspect(container: ContainerInfoMessage, pid: number): Promise<void> {
    const { proc, processScanLoop } = this.#options
    await processScanLoop.inspectNow(container, [pid])
    if (!proc.changeMark(pid))
      await this.#reportEntry(container, { ...wholeContainer('executable_memory', UNREAD), path: Buffer.from('/dev/stdin') })
  }

  #noteEnded(start: ProgramStart): void {
    this.#ended.set(start.pid, start)
    if (this.#ended.size === 1) background(this.#options.log, 'report of ended programs', this.#reportEnded())
  }

  async #reportEnded(): Promise<void> {
    const { signal } = this.#options
    await sleep(FILE_EVENT_DELAY_MS, signal)
    let unknown = [...this.#ended.values()]
    this.#ended.clear()
    const startedAtMs = performance.now()
    const isOver = (start: ProgramStart) =>
      performance.now() - startedAtMs > (namesContainer(start) ? ANNOUNCEMENT_MAX_MS : FILE_EVENT_MAX_MS)
    while (unknown.length > 0 && !signal.aborted) {
      unknown = await this.#reportKnown(unknown.filter((start) => !this.#hasFile(start) && !isOver(start)))
      if (unknown.length > 0) await sleep(FILE_EVENT_DELAY_MS, signal)
    }
  }

  #hasFile({ pid, startedPrograms }: ProgramStart): boolean {
    return (this.#executing.get(pid)?.programs ?? 0) >= startedPrograms
  }

  /** @returns the starts whose container is not known yet. */
  async #reportKnown(starts: readonly ProgramStart[]): Promise<ProgramStart[]> {
    const located = starts.map((start) => ({ start, container: this.#containerOf(start) }))
    const containers = located.flatMap(({ container }) => (container && !this.#isSkipped(container) ? [container] : []))
    for (const [container, programs] of Map.groupBy(containers, (container) => container)) {
      // The number makes each further program a change of the entry, which is reported again.
      const count = (this.#unread.get(container.containerId) ?? 0) + programs.length
      this.#unread.set(container.containerId, count)
      await this.#reportEntry(container, { ...wholeContainer('executable_memory', ENDED), count })
    }
    return located.filter(({ container }) => !container).map(({ start }) => start)
  }

  async #reportEntry(container: ContainerInfoMessage, entry: NotScanned): Promise<void> {
    const tally = new ScanTally()
    tally.addNotScanned(entry)
    await this.#options.processScanLoop.report(container, tally)
  }
}

const TOO_MANY = `more than ${STARTS_MAX} programs in memory or scripts started at the same time; the others were not scanned at their start`
const LOST = 'the kernel dropped notifications of program starts; programs in memory that ended at once were not seen'
const ENDED = 'programs without a known file ended before they could be read'

/** Processes of the node belong to none. */
const namesContainer = ({ cgroup }: ProgramStart) => containerIdsIn(cgroup).length > 0

/** How a started process uses a file. */
type StartRole = 'Executable' | 'Script' | 'Open'

function roleOfScript(script: Script | undefined): StartRole {
  if (script?.kind !== 'file') return 'Open'
  return script.isExecuted ? 'Executable' : 'Script'
}

/** The opener of a running file owns its descriptor. */
function openAgain(fd: number): OpenedByWorker {
  const copy = openRegular(descriptorPath(fd))
  return { fd: copy, isElf: isElf(copy) }
}

const UNREAD = 'an interpreter ended before its program was read'

function closeAll(files: readonly StartedFile[]): void {
  for (const { fd } of files) closeSync(fd)
}
