import { ANNOTATIONS, API_VERSION, type Component, componentName, DEFAULT_ADMINISTRATOR_EMAIL, LABELS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import { isNotFound, type KubeClient, type KubeObject } from './kube-client.js'

/** Number of pods of a workload before a restore, so that an interrupted restore can be repeated. */
const REPLICAS_BEFORE = 'guardimesh.io/replicas-before-restore'
const POLL_INTERVAL_MS = 500
const WAIT_MAX_MS = 300_000

interface PlatformObject extends KubeObject {
  readonly spec?: { readonly database?: { readonly type?: string }; readonly administrator?: { readonly email?: string } }
  readonly status?: { readonly version?: string }
}
interface Workload extends KubeObject {
  readonly spec: { readonly replicas?: number }
}
interface Pod extends KubeObject {
  readonly status?: { readonly phase?: string; readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

/** A platform in the cluster, with the operations of commands. */
export class Platform {
  readonly client: KubeClient
  readonly namespace: string
  readonly name: string
  readonly #object: PlatformObject

  private constructor(client: KubeClient, namespace: string, object: PlatformObject) {
    this.client = client
    this.namespace = namespace
    this.name = object.metadata.name
    this.#object = object
  }

  /** @param name default: the only one of the namespace. @throws CommandError when there is none, or several. */
  static async find(client: KubeClient, namespace: string, name: string | undefined): Promise<Platform> {
    const all = await client
      .list<PlatformObject>(`/apis/${API_VERSION}/namespaces/${namespace}/guardimeshplatforms`)
      .catch((error: unknown) => {
        if (isNotFound(error)) return []
        throw error
      })
    const found = all.filter(({ metadata }) => name === undefined || metadata.name === name)
    const [only] = found
    if (found.length > 1) throw new CommandError(`There are several platforms in ${namespace}: select one with --platform.`)
    if (!only) throw new CommandError(`There is no GuardimeshPlatform ${name ?? ''} in the namespace ${namespace}.`)
    return new Platform(client, namespace, only)
  }

  get version(): string {
    return this.#object.status?.version ?? ''
  }

  /** E-mail address of the first administrator. */
  get administratorEmail(): string {
    return this.#object.spec?.administrator?.email ?? DEFAULT_ADMINISTRATOR_EMAIL
  }

  /** @throws CommandError when the database is external. */
  requireBundledDatabase(): void {
    if (this.#object.spec?.database?.type !== 'External') return
    throw new CommandError(
      `The database of ${this.name} is external: back it up and restore it with its own tools (pg_dump -Fc, or those of CloudNativePG).`,
    )
  }

  /** Returns the name of a ready pod of a component. @throws CommandError when there is none. */
  async readyPod(component: Component): Promise<string> {
    const pods = await this.#pods(component)
    const isReady = ({ status }: Pod) => status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True')
    const pod = pods.find(isReady)
    if (!pod) throw new CommandError(`No pod of ${componentName(this.name, component)} is ready: run "guardimesh doctor cluster".`)
    return pod.metadata.name
  }

  /** Pauses or resumes the operator for this platform. */
  async setPaused(isPaused: boolean): Promise<void> {
    const path = `/apis/${API_VERSION}/namespaces/${this.namespace}/guardimeshplatforms/${this.name}`
    await this.client.patch(path, { metadata: { annotations: { [ANNOTATIONS.paused]: isPaused ? 'true' : null } } })
  }

  /** Scales a component to zero and waits until its pods are gone. The previous number is stored in an annotation. */
  async stop(component: Component): Promise<void> {
    const path = this.#deployment(component)
    const { metadata, spec } = await this.client.get<Workload>(path)
    const replicas = metadata.annotations?.[REPLICAS_BEFORE] ?? String(spec.replicas ?? 1)
    await this.client.patch(path, { metadata: { annotations: { [REPLICAS_BEFORE]: replicas } }, spec: { replicas: 0 } })
    for (const deadlineMs = Date.now() + WAIT_MAX_MS; (await this.#pods(component)).length > 0; await sleep(POLL_INTERVAL_MS))
      if (Date.now() > deadlineMs)
        throw new CommandError(`The pods of ${componentName(this.name, component)} did not terminate within ${WAIT_MAX_MS / 1000} s.`)
  }

  /** Restores the number of pods before `stop`. Idempotent. */
  async start(component: Component): Promise<void> {
    const path = this.#deployment(component)
    const { metadata } = await this.client.get<Workload>(path)
    const replicas = metadata.annotations?.[REPLICAS_BEFORE]
    if (replicas === undefined) return
    await this.client.patch(path, { metadata: { annotations: { [REPLICAS_BEFORE]: null } }, spec: { replicas: Number(replicas) } })
  }

  /** Replaces the pods of a component. */
  async restart(component: Component): Promise<void> {
    for (const { metadata } of await this.#pods(component))
      await this.client.send('DELETE', `/api/v1/namespaces/${this.namespace}/pods/${metadata.name}`)
  }

  #deployment(component: Component): string {
    return `/apis/apps/v1/namespaces/${this.namespace}/deployments/${componentName(this.name, component)}`
  }

  async #pods(component: Component): Promise<Pod[]> {
    const selector = encodeURIComponent(`${LABELS.instance}=${this.name},${LABELS.component}=${component}`)
    const pods = await this.client.list<Pod>(`/api/v1/namespaces/${this.namespace}/pods?labelSelector=${selector}`)
    return pods.filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed')
  }
}
