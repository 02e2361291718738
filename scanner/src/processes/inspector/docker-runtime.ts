import { isAbsolute } from 'node:path'
import type { RuntimeEvent } from '../../node/cri-client.js'
import { DockerClient, type DockerContainer, type DockerImage } from '../../node/docker-client.js'
import { type ContainerLayers, readContainerLayers } from './container-layers.js'
import { layerDigests } from './layer-digests.js'
import { type ContainerInfo, LABELS, RUNTIME_TIMEOUT_MS, type Runtime } from './runtime.js'

const NO_IMAGE: DockerImage = { repoDigests: [], diffIds: [] }

/** Docker through its own API, also when Kubernetes uses it through cri-dockerd. */
export class DockerRuntime implements Runtime {
  readonly kind = 'docker'
  readonly version: string
  readonly #client: DockerClient
  readonly #hostRoot: string

  private constructor(client: DockerClient, hostRoot: string, version: string) {
    this.#client = client
    this.#hostRoot = hostRoot
    this.version = version
  }

  /** Connects and reads the version. @throws GuardError RUNTIME_UNAVAILABLE */
  static async connect(socketPath: string, hostRoot: string): Promise<DockerRuntime> {
    const client = new DockerClient(socketPath, RUNTIME_TIMEOUT_MS)
    try {
      return new DockerRuntime(client, hostRoot, await client.version())
    } catch (error) {
      client[Symbol.dispose]()
      throw error
    }
  }

  listRunning(): Promise<readonly string[]> {
    return this.#client.listRunning()
  }

  listIds(): Promise<readonly string[]> {
    return this.#client.listRunning()
  }

  async describe(containerId: string): Promise<ContainerInfo | undefined> {
    const container = await this.#client.inspect(containerId)
    if (!container?.State.Running || container.State.Pid === 0) return undefined
    const layers = this.#layersOf(container)
    if (!layers) return undefined
    const image = await this.#imageOf(container)
    const digests = layerDigests(layers.lowerdirs, image.diffIds)
    return { ...(await this.#labelled(container, image)), pid: container.State.Pid, ...layers, layerDigests: digests }
  }

  async describeEnded(containerId: string): Promise<ContainerInfo | 'sandbox' | 'unknown' | undefined> {
    const container = await this.#client.inspect(containerId)
    if (!container) return 'unknown'
    if (container.Config.Labels?.[LABELS.dockerType] === 'podsandbox') return 'sandbox'
    return container.State.Running ? undefined : this.#labelled(container, await this.#imageOf(container))
  }

  async watch(onChange: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<boolean> {
    await this.#client.watchEvents((containerId, kind) => onChange({ containerId, kind }), signal)
    return true
  }

  async #imageOf({ Image }: DockerContainer): Promise<DockerImage> {
    return Image === '' ? NO_IMAGE : await this.#client.image(Image)
  }

  /** Returns everything about a container apart from its process and layers. */
  async #labelled(container: DockerContainer, image: DockerImage): Promise<ContainerInfo> {
    const labels = container.Config.Labels ?? {}
    return {
      containerId: container.Id,
      containerName: labels[LABELS.containerName] || container.Name.replace(/^\//, ''),
      namespace: labels[LABELS.podNamespace] ?? '',
      podName: labels[LABELS.podName] ?? '',
      podUid: labels[LABELS.podUid] ?? '',
      podIp: await this.#addressOf(container, labels[LABELS.dockerSandboxId]),
      image: container.Config.Image,
      // The id of an image that does not come from a registry.
      imageDigest: image.repoDigests[0]?.split('@')[1] ?? container.Image,
      mounts: (container.Mounts ?? []).map(({ Type, Source, Destination, RW }) => {
        return { source: Source, destination: Destination, type: Type, readOnly: !RW }
      }),
      startedAtMs: Date.parse(container.State.StartedAt) || 0,
      sandbox: labels[LABELS.dockerType] === 'podsandbox',
    }
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }

  /** Docker reports the layers by their real paths; the mount options contain short links, relative to an unknown folder. */
  #layersOf(container: DockerContainer): ContainerLayers | undefined {
    const driver = container.GraphDriver?.Name ?? ''
    const { UpperDir: upperdir, LowerDir: lowerdirs } = container.GraphDriver?.Data ?? {}
    // With the containerd image store Docker does not report layers; the root is then mounted in a folder named by the container's id.
    const isRoot = upperdir ? undefined : (mountPoint: string) => mountPoint.split('/').includes(container.Id)
    const mounted = readContainerLayers(this.#hostRoot, container.State.Pid, driver, isRoot)
    if (mounted?.unsupportedReason !== '' || !upperdir || !lowerdirs || !isAbsolute(upperdir)) return mounted
    return { ...mounted, upperdir, lowerdirs: lowerdirs.split(':') }
  }

  /** The address of a pod belongs to its infrastructure container. */
  async #addressOf(container: DockerContainer, sandboxId: string | undefined): Promise<string> {
    const holder = sandboxId === undefined ? container : await this.#client.inspect(sandboxId)
    const networks = Object.values(holder?.NetworkSettings?.Networks ?? {})
    return networks.find(({ IPAddress }) => IPAddress !== '')?.IPAddress ?? ''
  }
}
