import { MountChanges } from '../node/mount-changes.js'
import type { Mount } from '../node/mountinfo.js'
import { readMounts } from '../node/mounts.js'
import { NODE_PID } from '../node/proc-files.js'
import { appendPath, pathBelow } from '../node/watched-path.js'

/** Mount points on the node that kubelet and runtimes create for one pod or container, or for one volume. */
const FOR_PODS = /\/pods\/[^/]+\/(volumes|volume-subpaths|volume-devices)\/|\/plugins\/|\/[0-9a-f]{64}\/|\/rootfs$|\/merged$/
/** Kubelet keeps Secrets and projected volumes in memory, one file system for each. */
const SECRETS = /\/pods\/[^/]+\/volumes\/kubernetes\.io~(secret|projected)(\/|$)/

/** What the mounts of the node say about the file systems that containers have mounted. */
export class NodeMounts {
  readonly #mounts: readonly Mount[]
  readonly #own: ReadonlySet<string>
  readonly #secret: ReadonlySet<string>

  constructor(mounts: readonly Mount[]) {
    const devices = (matches: (mountPoint: string, mount: Mount) => boolean) =>
      new Set(mounts.filter((mount) => matches(mount.mountPoint.toString('latin1'), mount)).map(({ device }) => device))
    this.#mounts = mounts
    this.#own = devices((mountPoint) => !FOR_PODS.test(mountPoint))
    this.#secret = devices((mountPoint, { root }) => SECRETS.test(mountPoint) && root.toString('latin1') === '/')
  }

  /** True when the node itself or other pods use the file system, too: its disk, for example. */
  isShared({ device }: Mount): boolean {
    return this.#own.has(device)
  }

  /** Returns the path of a mounted folder on the node; undefined when its file system is not mounted on the node. */
  pathOf(mount: Mount): string | undefined {
    // Several mounts of the node may contain it; the one of the largest part of the file system has its real path.
    const [widest] = this.#mounts
      .filter(({ device, root }) => device === mount.device && pathBelow(mount.root, root))
      .toSorted((one, other) => one.root.length - other.root.length)
    const below = widest && pathBelow(mount.root, widest.root)
    return widest && below && appendPath(widest.mountPoint, below).toString('utf8')
  }

  /** True for a Secret or a projected volume, which contains tokens. */
  isSecret(mount: Mount): boolean {
    return this.#secret.has(mount.device) || SECRETS.test(this.pathOf(mount) ?? '')
  }
}

/** Reads the mounts of the node, and reads them again only after a change. */
export class NodeMountsReader {
  readonly #hostRoot: string
  #changes: MountChanges | undefined
  #mounts = new NodeMounts([])

  constructor(hostRoot: string) {
    this.#hostRoot = hostRoot
  }

  read(): NodeMounts {
    const isFirst = this.#changes === undefined
    this.#changes ??= new MountChanges(this.#hostRoot, NODE_PID)
    if (isFirst || this.#changes.take()) this.#mounts = new NodeMounts(readMounts(this.#hostRoot, NODE_PID) ?? [])
    return this.#mounts
  }
}
