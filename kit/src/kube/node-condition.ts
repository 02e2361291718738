import { SECOND_MS } from '@guardimesh/contracts/units'
import { CoreV1Api, type KubeConfig, PatchStrategy, setHeaderOptions, type V1NodeCondition } from '@kubernetes/client-node'
import { sleep } from '../time/backoff.js'
import { inCluster } from './in-cluster.js'

export interface NodeConditionOptions {
  readonly nodeName: string
  /** Type of the condition, such as "MemoryPressure". */
  readonly type: string
  /** Default: the service account of this pod. */
  readonly kubeConfig?: KubeConfig
}

/** What the condition says. */
export interface NodeConditionState {
  readonly status: 'True' | 'False'
  /** One word, such as "SelfTestFailed". */
  readonly reason: string
  readonly message: string
}

/** Short, because a process also writes when it stops. */
const TIMEOUT_MS = 3 * SECOND_MS
/** Merges conditions by their type, so that those of others are kept. */
const MERGE = setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch)

/** Writes one condition of a node. It needs the verb get on nodes, and patch on nodes/status. All methods throw on failures of the API server. */
export class NodeConditionWriter {
  readonly #api: CoreV1Api
  readonly #options: NodeConditionOptions

  constructor(options: NodeConditionOptions) {
    this.#options = options
    this.#api = (options.kubeConfig ?? inCluster()).makeApiClient(CoreV1Api)
  }

  /** Sets the condition, with the current time as its heartbeat. */
  async set(state: NodeConditionState): Promise<void> {
    const { nodeName: name, type } = this.#options
    const node = await withTimeout(this.#api.readNode({ name }))
    const before = node.status?.conditions?.find((condition) => condition.type === type)
    const now = new Date()
    const lastTransitionTime = before?.status === state.status ? (before.lastTransitionTime ?? now) : now
    await this.#patch({ type, ...state, lastHeartbeatTime: now, lastTransitionTime })
  }

  /** Removes the condition, because nothing keeps it current any longer. */
  async remove(): Promise<void> {
    await this.#patch({ type: this.#options.type, $patch: 'delete' })
  }

  async #patch(condition: V1NodeCondition | { readonly type: string; readonly $patch: 'delete' }): Promise<void> {
    const body = { status: { conditions: [condition] } }
    await withTimeout(this.#api.patchNodeStatus({ name: this.#options.nodeName, body }, MERGE))
  }
}

/** The client library has no timeout of its own. */
async function withTimeout<Result>(request: Promise<Result>): Promise<Result> {
  const answered = new AbortController()
  const timeout = sleep(TIMEOUT_MS, answered.signal).then(() => {
    throw new Error(`no answer of the Kubernetes API within ${TIMEOUT_MS / SECOND_MS} s`)
  })
  try {
    return await Promise.race([request, timeout])
  } finally {
    answered.abort()
    timeout.catch(() => undefined)
  }
}
