import { isAbsolute } from 'node:path'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { runtime } from '#runtime-messages'
import { CriClient, type RuntimeEvent } from '../../node/cri-client.js'
import { GrpcError } from '../../node/grpc-unix.js'
import { readContainerLayers } from './container-layers.js'
import { layerDigests } from './layer-digests.js'
import { type ContainerInfo, LABELS, RUNTIME_TIMEOUT_MS, type Runtime } from './runtime.js'

/** JSON that containerd and CRI-O add to a container's status. Other fields are not read: the environment contains secrets. */
const VerboseInfo = z.object({
  pid: z.number().int().nonnegative(),
  snapshotter: z.string().default(''),
  sandboxID: z.string().default(''),
  // From the OCI spec: path of the root, relative to the bundle folder unless absolute.
  runtimeSpec: z.object({ root: z.object({ path: z.string().min(1) }) }).nullish(),
})

/** JSON that containerd and CRI-O add to an image's status. */
const VerboseImage = z.object({
  imageSpec: z.object({ rootfs: z.object({ diff_ids: z.array(z.string().max(128)).max(1000) }) }),
})

/** Images whose diff ids are remembered. */
const IMAGES_MAX = 500

/** A runtime with the CRI API: containerd or CRI-O. */
export class CriRuntime implements Runtime {
  readonly kind: 'containerd' | 'cri-o'
  readonly version: string
  readonly #client: CriClient
  readonly #hostRoot: string
  readonly #diffIds = new LRUCache<string, readonly string[]>({ max: IMAGES_MAX })

  private constructor(client: CriClient, hostRoot: string, name: string, version: string) {
    this.#client = client
    this.#hostRoot = hostRoot
    this.kind = name === 'cri-o' ? 'cri-o' : 'containerd'
    this.version = version
  }

  /**
   * Connects and reads name and version of the runtime.
   *
   * @param socketPath path in this process's file system.
   * @throws GrpcError
   */
  static async connect(socketPath: string, hostRoot: string): Promise<CriRuntime> {
    const client = new CriClient(socketPath, RUNTIME_TIMEOUT_MS)
    try {
      const { runtimeName, runtimeVersion } = await client.version()
      return new CriRuntime(client, hostRoot, runtimeName, runtimeVersion)
    } catch (error) {
      client[Symbol.dispose]()
      throw error
    }
  }

  async listRunning(): Promise<readonly string[]> {
    return (await this.#client.listRunning()).map(({ id }) => id ?? '').filter((id) => id !== '')
  }

  listIds(): Promise<readonly string[]> {
    return this.#client.listIds()
  }

  async describe(containerId: string): Promise<ContainerInfo | undefined> {
    const answer = await this.#client.containerStatus(containerId)
    const info = VerboseInfo.safeParse(parseJson(answer?.info.info))
    if (!answer?.status || answer.status.state !== runtime.v1.ContainerState.CONTAINER_RUNNING || !info.success || info.data.pid === 0)
      return undefined
    const isRoot = rootOf(containerId, info.data.runtimeSpec?.root.path)
    const layers = readContainerLayers(this.#hostRoot, info.data.pid, info.data.snapshotter, isRoot)
    if (!layers) return undefined
    const labelled = await this.#labelled(containerId, answer.status, info.data.sandboxID)
    const digests = layerDigests(layers.lowerdirs, await this.#diffIdsOf(answer.status.imageRef ?? ''))
    return { ...labelled, pid: info.data.pid, ...layers, layerDigests: digests }
  }

  async describeEnded(containerId: string): Promise<ContainerInfo | 'sandbox' | 'unknown' | undefined> {
    const answer = await this.#client.containerStatus(containerId)
    if (!answer?.status) return (await this.#client.podSandboxStatus(containerId))?.status ? 'sandbox' : 'unknown'
    if (answer.status.state !== runtime.v1.ContainerState.CONTAINER_EXITED) return undefined
    const info = VerboseInfo.safeParse(parseJson(answer.info.info))
    return this.#labelled(containerId, answer.status, info.success ? info.data.sandboxID : '')
  }

  /** Returns everything about a container apart from its process and layers. */
  async #labelled(containerId: string, status: runtime.v1.ContainerStatus.$Properties, sandboxId: string): Promise<ContainerInfo> {
    const pod = sandboxId === '' ? undefined : (await this.#client.podSandboxStatus(sandboxId))?.status
    const labels = status.labels ?? {}
    return {
      containerId,
      containerName: status.metadata?.name || labels[LABELS.containerName] || '',
      namespace: labels[LABELS.podNamespace] || pod?.metadata?.namespace || '',
      podName: labels[LABELS.podName] || pod?.metadata?.name || '',
      podUid: labels[LABELS.podUid] || pod?.metadata?.uid || '',
      podIp: pod?.network?.ip ?? '',
      image: status.image?.userSpecifiedImage || status.image?.image || '',
      imageDigest: digestIn(status.imageRef ?? ''),
      mounts: (status.mounts ?? []).map(mountOf),
      startedAtMs: Math.floor(Number(status.startedAt ?? 0) / 1_000_000),
      sandbox: false,
    }
  }

  async watch(onChange: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<boolean> {
    try {
      if (this.kind === 'containerd') await this.#client.watchContainerdEvents(onChange, signal)
      else await this.#client.watchCriEvents(onChange, signal)
      return true
    } catch (error) {
      if (error instanceof GrpcError && error.isUnimplemented) return false
      throw error
    }
  }

  /** Returns the diff ids of an image, the lowest layer first; empty when the image is gone, or the runtime does not report them. */
  async #diffIdsOf(imageRef: string): Promise<readonly string[]> {
    const known = this.#diffIds.get(imageRef)
    if (known || imageRef === '') return known ?? []
    const answer = await this.#client.imageStatus(imageRef)
    const image = VerboseImage.safeParse(parseJson(answer?.info.info))
    if (!image.success) return []
    const { diff_ids: diffIds } = image.data.imageSpec.rootfs
    this.#diffIds.set(imageRef, diffIds)
    return diffIds
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }
}

/** containerd mounts the root in the container's bundle, `<state>/<namespace>/<id>/rootfs`; CRI-O in its storage folder. */
function rootOf(containerId: string, path = 'rootfs'): (mountPoint: string) => boolean {
  return isAbsolute(path) ? (mountPoint) => mountPoint === path : (mountPoint) => mountPoint.endsWith(`/${containerId}/${path}`)
}

function mountOf(mount: runtime.v1.Mount.$Properties): NonNullable<ContainerInfo['mounts']>[number] {
  const { hostPath, containerPath, readonly } = mount
  return { source: hostPath ?? '', destination: containerPath ?? '', type: 'bind', readOnly: readonly ?? false }
}

/** Parses the digest from "name@sha256:…" or "sha256:…". */
function digestIn(imageRef: string): string {
  return imageRef.slice(imageRef.lastIndexOf('@') + 1)
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
