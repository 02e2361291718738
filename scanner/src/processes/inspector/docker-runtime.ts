import { isAbsolute } from 'node:path'
import { DockerClient, type DockerContainer } from '../../node/docker-client.js'
import { type ContainerLayers, readContainerLayers } from './container-layers.js'
import { type ContainerInfo, LABELS, RUNTIME_TIMEOUT_MS, type Runtime } from './runtime.js'

/** Docker, by its own API; also where Kubernetes uses it through cri-dockerd. */
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

  /** Connects and asks who is there. @throws GuardError RUNTIME_UNAVAILABLE */
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

  async describe(containerId: string): Promise<ContainerInfo | undefined> {
    const container = await this.#client.inspect(containerId)
    if (!container?.State.Running || container.State.Pid === 0) return undefined
    const layers = this.#layersOf(container)
    if (!layers) return undefined
    const labels = container.Config.Labels ?? {}
    return {
      containerId,
      containerName: labels[LABELS.containerName] || container.Name.replace(/^\//, ''),
      namespace: labels[LABELS.podNamespace] ?? '',
      podName: labels[LABELS.podName] ?? '',
      podUid: labels[LABELS.podUid] ?? '',
      podIp: await this.#addressOf(container, labels[LABELS.dockerSandboxId]),
      image: container.Config.Image,
      imageDigest: await this.#digestOf(container.Image),
      pid: container.State.Pid,
      ...layers,
      mounts: (container.Mounts ?? []).map(({ Type, Source, Destination, RW }) => {
        return { source: Source, destination: Destination, type: Type, readOnly: !RW }
      }),
      startedAtMs: Date.parse(container.State.StartedAt) || 0,
      sandbox: labels[LABELS.dockerType] === 'podsandbox',
    }
  }

  async watch(onChange: (containerId: string) => void, signal: AbortSignal): Promise<boolean> {
    await this.#client.watchEvents(onChange, signal)
    return true
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }

  /** Docker tells the layers with their real names; the mount has short links, relative to a folder that it does not tell. */
  #layersOf(container: DockerContainer): ContainerLayers | undefined {
    const driver = container.GraphDriver?.Name ?? ''
    const { UpperDir: upperdir, LowerDir: lowerdirs } = container.GraphDriver?.Data ?? {}
    // Where Docker does not tell them: with images kept by containerd the root is mounted in a folder that has the container's id.
    const isRoot = upperdir ? undefined : (mountPoint: string) => mountPoint.split('/').includes(container.Id)
    const mounted = readContainerLayers(this.#hostRoot, container.State.Pid, driver, isRoot)
    if (mounted?.unsupportedReason !== '' || !upperdir || !lowerdirs || !isAbsolute(upperdir)) return mounted
    return { ...mounted, upperdir, lowerdirs: lowerdirs.split(':') }
  }

  /** A container of a pod uses the network of the pod's own container, which has the address. */
  async #addressOf(container: DockerContainer, sandboxId: string | undefined): Promise<string> {
    const holder = sandboxId === undefined ? container : await this.#client.inspect(sandboxId)
    const networks = Object.values(holder?.NetworkSettings?.Networks ?? {})
    return networks.find(({ IPAddress }) => IPAddress !== '')?.IPAddress ?? ''
  }

  /** Digest of the image; the image's id when it came from no registry. */
  async #digestOf(imageId: string): Promise<string> {
    const [named] = imageId === '' ? [] : await this.#client.repoDigests(imageId)
    return named?.split('@')[1] ?? imageId
  }
}
