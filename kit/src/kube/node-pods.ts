import { CoreV1Api, type KubeConfig, type V1Pod, Watch } from '@kubernetes/client-node'
import type { Logger } from '../log/logger.js'
import { inCluster } from './in-cluster.js'
import { Informer, type WatchChange } from './informer.js'

/** The fields of a pod that are used. Its environment, annotations and specification are not kept. */
export interface PodSummary {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  /** "Kind/name" of the controller; empty for a pod without a controller. */
  readonly owner: string
  /** Empty until the pod has an address. */
  readonly podIp: string
}

export interface NodePodsOptions {
  readonly nodeName: string
  readonly log: Logger
  readonly onChange: () => void
  /** Default: the service account of this pod. */
  readonly kubeConfig?: KubeConfig
}

/** A node runs 110 pods by default, so one request is enough. */
const PAGE_PODS = 500
const WATCH_PATH = '/api/v1/pods'
/** The server's default is 30 to 60 minutes; a shorter timeout replaces a silently broken connection sooner. */
const WATCH_SECONDS = 300

/** Creates an informer of the pods of one node, by UID. It needs the verbs get, list and watch on pods. */
export function nodePods(options: NodePodsOptions): Informer<PodSummary> {
  const config = options.kubeConfig ?? inCluster()
  const api = config.makeApiClient(CoreV1Api)
  const fieldSelector = `spec.nodeName=${options.nodeName}`
  const list = async () => {
    const items: PodSummary[] = []
    let page = await api.listPodForAllNamespaces({ fieldSelector, limit: PAGE_PODS })
    items.push(...page.items.map(summaryOf))
    while (page.metadata?._continue) {
      page = await api.listPodForAllNamespaces({ fieldSelector, limit: PAGE_PODS, _continue: page.metadata._continue })
      items.push(...page.items.map(summaryOf))
    }
    return { items, resourceVersion: page.metadata?.resourceVersion ?? '' }
  }
  const watch = (resourceVersion: string, onChange: (change: WatchChange<PodSummary>) => void, signal: AbortSignal) =>
    watchPods(new Watch(config), { fieldSelector, resourceVersion, timeoutSeconds: WATCH_SECONDS }, onChange, signal)
  return new Informer({ name: 'pods', keyOf: ({ uid }) => uid, list, watch, onChange: options.onChange, log: options.log })
}

function watchPods(
  watch: Watch,
  query: Record<string, string | number>,
  onChange: (change: WatchChange<PodSummary>) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const onEvent = (phase: string, pod: V1Pod & { readonly message?: string }) => {
      // The server reports an expired version and its own failures as an event.
      if (phase === 'ERROR') return reject(new Error(pod.message ?? 'the watch failed'))
      if (phase !== 'ADDED' && phase !== 'MODIFIED' && phase !== 'DELETED') return
      const kind = phase === 'DELETED' ? 'gone' : 'present'
      onChange({ kind, item: summaryOf(pod), resourceVersion: pod.metadata?.resourceVersion ?? '' })
    }
    // The client library ends an idle watch with a TimeoutError, which is not a failure.
    const isQuiet = (error: unknown) => error instanceof DOMException && error.name === 'TimeoutError'
    const onEnd = (error: unknown) => (error && !signal.aborted && !isQuiet(error) ? reject(error) : resolve())
    watch.watch(WATCH_PATH, query, onEvent, onEnd).then((request) => {
      if (signal.aborted) request.abort()
      else signal.addEventListener('abort', () => request.abort(), { once: true })
    }, reject)
  })
}

/** Extracts the summary of a pod. Pure. */
export function summaryOf(pod: V1Pod): PodSummary {
  const owner = pod.metadata?.ownerReferences?.find(({ controller }) => controller) ?? pod.metadata?.ownerReferences?.[0]
  return {
    uid: pod.metadata?.uid ?? '',
    namespace: pod.metadata?.namespace ?? '',
    name: pod.metadata?.name ?? '',
    owner: owner ? `${owner.kind}/${owner.name}` : '',
    podIp: pod.status?.podIP ?? '',
  }
}
