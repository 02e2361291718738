import { closeSync } from 'node:fs'
import type { ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { statOpened } from '../node/file-stat.js'
import { descriptorPath, openRegular } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { groupByNamespace, type MountNamespace, representativeOf } from '../node/mount-namespaces.js'
import { type Mount, parseMountinfo } from '../node/mountinfo.js'
import { openMount, readMountinfo } from '../node/mounts.js'
import { findOverlayOnNode, hasUpperdir } from '../node/overlay-mounts.js'
import { notScanned, type SourceItem } from './found-file.js'
import { decideMount, type MountDecision } from './mount-decision.js'
import { NodeMountsReader } from './node-mounts.js'
import { openFailureReason } from './open-failure-reason.js'
import { volumeLayer } from './volume.js'
import { walkTree } from './walk-tree.js'

/** A mount of a container, in the mount namespace of one of its processes. */
export interface ContainerMount {
  readonly mount: Mount
  readonly namespace: MountNamespace
  readonly decision: MountDecision
}

/** The mounts of a container, and what could not be listed. */
export interface ContainerMountList {
  readonly mounts: readonly ContainerMount[]
  readonly gaps: readonly SourceItem[]
}

/** A pod has some ten mounts; a process that may mount can create thousands in thousands of namespaces. */
const MAX_MOUNTS = 512
const MAX_NAMESPACES = 64
/** Reasons that are no gap in folders that a runtime creates: devices and links in /dev. */
const IGNORED_REASONS: ReadonlySet<string> = new Set(['not_regular'])

const OWN_CONTENT = 'volumes and unnamed open files of the scanner and its engines, which hold content that they scan'
/** ClamAV unpacks malware into its folder for temporary files, and the scanner has the whole node mounted. */
const OWN_MOUNTS: ContainerMountList = {
  mounts: [],
  gaps: [notScanned('volume_not_scanned', Buffer.from('/'), OWN_CONTENT)],
}

/** Lists and reads everything that is mounted in containers, apart from their overlays. */
export class ContainerMounts {
  readonly #hostRoot: string
  readonly #node: NodeMountsReader
  readonly #scanConfig: () => ScanConfig
  /** Devices of the overlays, which do not change while their containers run. */
  readonly #overlayDevices = new WeakMap<ContainerInfoMessage, string>()
  readonly #isOwn: (container: ContainerInfoMessage) => boolean

  /** @param isOwn true for the containers of the scanner and the engines. */
  constructor(hostRoot: string, scanConfig: () => ScanConfig, isOwn: (container: ContainerInfoMessage) => boolean) {
    this.#isOwn = isOwn
    this.#hostRoot = hostRoot
    this.#node = new NodeMountsReader(hostRoot)
    this.#scanConfig = scanConfig
  }

  /** @param pids the processes of the container; those in its first process's namespace come first. */
  list(container: ContainerInfoMessage, pids: readonly number[]): ContainerMountList {
    if (this.#isOwn(container)) return OWN_MOUNTS
    const namespaces = [
      ...groupByNamespace(
        this.#hostRoot,
        [container.pid, ...pids].filter((pid) => pid > 0),
      ),
    ]
    const list = new MountList(container, {
      node: this.#node.read(),
      withVolumes: this.#scanConfig().features.volumes,
      overlayDevice: this.#overlayDeviceOf(container),
    })
    for (const [id, members] of namespaces.slice(0, MAX_NAMESPACES)) {
      const namespace = representativeOf(this.#hostRoot, id, members)
      const text = namespace && readMountinfo(this.#hostRoot, namespace.pid)
      if (text) list.add(namespace, text)
    }
    if (namespaces.length > MAX_NAMESPACES) list.addGap(`${namespaces.length - MAX_NAMESPACES} further mount namespaces of the container`)
    return list
  }

  #overlayDeviceOf(container: ContainerInfoMessage): string | undefined {
    const known = this.#overlayDevices.get(container)
    if (known !== undefined) return known
    const found = findOverlayOnNode(this.#hostRoot, container.pid, (layers) => hasUpperdir(layers, container.upperdir))?.mount.device
    if (found !== undefined) this.#overlayDevices.set(container, found)
    return found
  }

  /**
   * Yields the files of the mounts, and a coverage entry for each mount that is not read. A file can be opened until the generator reaches the
   * next mount.
   *
   * @param only ids of the mounts to read; default: all.
   */
  *files(list: ContainerMountList, scanSource: ScanSourceName, only?: ReadonlySet<number>): Generator<SourceItem> {
    const seen = new Set<string>()
    for (const { mount, namespace, decision } of list.mounts) {
      if (only && !only.has(mount.id)) continue
      if (decision.kind === 'scan' && decision.isRead) yield* this.#filesOf(mount, namespace, decision.isVolume, scanSource)
      if (decision.kind !== 'not-scanned') continue
      const key = `${decision.reason} ${mount.mountPoint.toString('latin1')} ${decision.detail}`
      // Every namespace has its own copy of the mount.
      if (!seen.has(key)) yield notScanned(decision.reason, mount.mountPoint, decision.detail)
      seen.add(key)
    }
    yield* list.gaps
  }

  *#filesOf(mount: Mount, { pid }: MountNamespace, isVolume: boolean, scanSource: ScanSourceName): Generator<SourceItem> {
    let fd: number
    try {
      fd = openMount(this.#hostRoot, pid, mount)
    } catch (error) {
      yield notReadable(mount, error)
      return
    }
    try {
      const layer = volumeLayer({ destination: mount.mountPoint.toString('utf8') })
      const stat = statOpened(fd)
      if (stat.kind === 'regular')
        yield { kind: 'file', file: { path: mount.mountPoint, layer, scanSource, stat, open: () => openRegular(descriptorPath(fd)) } }
      if (stat.kind !== 'directory') return
      for (const item of walkTree({ rootFd: fd, mountedAt: mount.mountPoint, layer, scanSource, hasNestedMounts: true }))
        if (item.kind === 'file' || isVolume || !IGNORED_REASONS.has(item.entry.reason)) yield item
    } finally {
      closeSync(fd)
    }
  }
}

function notReadable(mount: Mount, error: unknown): SourceItem {
  const { reason, detail } = openFailureReason(error)
  if (reason === 'vanished' && !(error instanceof KernelError && error.errno === 'ESTALE'))
    return notScanned(reason, mount.mountPoint, `mount: ${detail}`)
  return notScanned('mount_not_watched', mount.mountPoint, `${mount.fileSystem}; another mount hides it, or it cannot be opened: ${detail}`)
}

/** Collects the mounts of one container. */
class MountList implements ContainerMountList {
  readonly mounts: ContainerMount[] = []
  readonly gaps: SourceItem[] = []
  readonly #container: ContainerInfoMessage
  readonly #facts: Pick<Parameters<typeof decideMount>[1], 'node' | 'withVolumes' | 'overlayDevice'>
  readonly #scanned: Mount[] = []

  constructor(container: ContainerInfoMessage, facts: Pick<Parameters<typeof decideMount>[1], 'node' | 'withVolumes' | 'overlayDevice'>) {
    this.#container = container
    this.#facts = facts
  }

  add(namespace: MountNamespace, text: Buffer): void {
    const mounts = parseMountinfo(text)
    const context = { ...this.#facts, mounts, scanned: this.#scanned, runtimeMounts: this.#container.mounts }
    let left = MAX_MOUNTS - this.mounts.length
    for (const mount of mounts) {
      const decision = decideMount(mount, context)
      if (decision.kind === 'ignored') continue
      if (left-- <= 0) continue
      if (decision.kind === 'scan') this.#scanned.push(mount)
      this.mounts.push({ mount, namespace, decision })
    }
    if (left < 0) this.addGap(`${-left} mounts beyond the limit of ${MAX_MOUNTS}`)
    if (!namespace.isComplete) this.addGap(`mounts outside of the root of process ${namespace.pid}, which has changed its root`)
  }

  addGap(detail: string): void {
    this.gaps.push(notScanned('mount_not_watched', Buffer.from('/'), detail))
  }
}
