import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import type { FileWorkers, OpenedByWorker } from '../node/file-workers.js'
import type { ProcReader } from '../node/proc.js'
import type { ProcessState, RunFile } from '../node/process-state.js'
import {
  type Behaviour,
  behaviourOfDrift,
  DELETED_EXECUTABLE,
  DELETED_LIBRARY,
  type DriftRole,
  MEMFD_EXECUTABLE,
  MEMFD_LIBRARY,
  MEMFD_SCRIPT,
} from './behaviour.js'
import type { DriftDetector } from './drift-detector.js'
import type { RunningFile } from './running-file.js'
import { mountOf, volumeLayer } from './volume.js'

type Features = ScanConfig['features']
/** How a process uses a file; `Open` is an unnamed file that an interpreter has open. */
type Role = DriftRole | 'Open'

export interface RunningFilesOptions {
  readonly proc: ProcReader
  readonly drift: DriftDetector
  readonly workers: FileWorkers
  readonly features: () => Features
  /** True for the containers of the scanner and the engines: their interpreters have files of other containers open, to scan them. */
  readonly isOwn: (container: ContainerInfoMessage) => boolean
}

/** A process and its container. */
export interface Runner {
  readonly container: ContainerInfoMessage
  readonly pid: number
}

const BEHAVIOURS: Readonly<Record<'deleted' | 'memfd', Readonly<Record<Role, Behaviour | undefined>>>> = {
  memfd: { Executable: MEMFD_EXECUTABLE, Library: MEMFD_LIBRARY, Script: MEMFD_SCRIPT, Open: undefined },
  // Installers remove their own scripts while they run.
  deleted: { Executable: DELETED_EXECUTABLE, Library: DELETED_LIBRARY, Script: undefined, Open: undefined },
}

/** Scripts that package managers write and run for every package. */
const PACKAGE_SCRIPT = /^\/var\/lib\/dpkg\/(info|tmp\.ci)\/|^\/var\/tmp\/rpm-tmp\.|^\/lib\/apk\/exec\//
const PACKAGE_MANAGERS = new Set(['dpkg', 'apt-get', 'rpm', 'dnf', 'yum', 'microdnf', 'zypper', 'apk', 'frontend'])

/** Selects what is scanned among the files that processes run: those that no image contains. */
export class RunningFiles {
  readonly #options: RunningFilesOptions

  constructor(options: RunningFilesOptions) {
    this.#options = options
  }

  async ofProcess(runner: Runner, state: ProcessState): Promise<readonly RunningFile[]> {
    const files: (RunningFile | undefined)[] = []
    if (state.executable) files.push(await this.select(runner, state.executable, 'Executable'))
    for (const library of state.libraries) files.push(await this.select(runner, library, 'Library'))
    const { script } = state
    if (script?.kind === 'file') files.push(await this.select(runner, script.file, script.isExecuted ? 'Executable' : 'Script'))
    for (const file of state.openFiles) files.push(await this.select(runner, file, 'Open'))
    const unique = new Map(files.filter((file) => file !== undefined).map((file) => [file.key, file]))
    return [...unique.values()]
  }

  /**
   * Returns a file if it must be scanned; undefined for a file of the image, or when the feature is off.
   *
   * @param open opens it; default: by a file worker.
   */
  async select(runner: Runner, file: RunFile, role: Role, open = this.#opener(runner, file)): Promise<RunningFile | undefined> {
    if (file.stat.kind !== 'regular' || (role === 'Open' && this.#options.isOwn(runner.container))) return undefined
    return file.kind === 'normal' ? this.#drifted(runner, file, role, open) : this.#unnamed(runner, file, role, open)
  }

  #unnamed({ container, pid }: Runner, { kind, path, stat }: RunFile, role: Role, open: RunningFile['open']): RunningFile | undefined {
    if (kind === 'normal' || !this.#isOn(kind, role)) return undefined
    const mount = kind === 'deleted' ? mountOf(container.mounts, path) : undefined
    const layer = kind === 'memfd' ? 'memory' : mount ? volumeLayer(mount) : 'upperdir'
    const behaviour = BEHAVIOURS[kind][role]
    const scanSource = kind === 'memfd' ? 'memfd' : role === 'Library' ? 'deleted_library' : 'deleted_binary'
    const key = `${role} ${stat.identity.device} ${stat.identity.inode}`
    return { behaviour, isElfOnly: role === 'Library', scanSource, path, layer, stat, pid, key, open }
  }

  #isOn(kind: 'deleted' | 'memfd', role: Role): boolean {
    const { memfd, deletedBinary, deletedLibrary } = this.#options.features()
    if (kind === 'memfd') return memfd
    return role === 'Library' ? deletedLibrary : deletedBinary
  }

  async #drifted(runner: Runner, file: RunFile, role: Role, open: RunningFile['open']): Promise<RunningFile | undefined> {
    if (role === 'Open' || !this.#options.features().drift) return undefined
    const { container, pid } = runner
    const { path, stat } = file
    const drift = await this.#options.drift.detect(container, { path, stat, open: async () => (await open())?.fd })
    const behaviour = behaviourOfDrift(drift, role)
    if (!behaviour || drift.kind === 'none' || (role === 'Script' && this.#isPackageScript(pid, path))) return undefined
    const { device, inode, changedAtNs } = stat.identity
    const key = `drift ${role} ${device} ${inode} ${changedAtNs}`
    return { behaviour, isElfOnly: false, scanSource: 'drift', path, layer: drift.layer, stat, pid, key, open }
  }

  #isPackageScript(pid: number, path: Buffer): boolean {
    if (!PACKAGE_SCRIPT.test(path.toString('latin1'))) return false
    return PACKAGE_MANAGERS.has(this.#options.proc.readProcess(pid)?.parentName ?? '')
  }

  #opener({ container, pid }: Runner, { link }: RunFile): () => Promise<OpenedByWorker | undefined> {
    return () => this.#options.workers.open(container.containerId, pid, link)
  }
}
