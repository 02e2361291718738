import { SECOND_MS } from '@guardimesh/contracts'
import type { Cluster, NodeName } from '@guardimesh/e2e/cluster/cluster.js'

/** Namespace of the pods. */
export const POD_NAMESPACE = 'shop'
const READY_TIMEOUT = '300s'

/** A pod to run on a node. */
export interface ImagePod {
  readonly name: string
  readonly image: string
  readonly node: NodeName
}

/** When the containers of the pods started, in Unix time. */
export interface StartTimes {
  readonly firstMs: number
  readonly lastMs: number
}

/** Runs pods and waits until all are ready. */
export async function startPods(cluster: Cluster, pods: readonly ImagePod[]): Promise<StartTimes> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: POD_NAMESPACE } }
  const items = [namespace, ...pods.map(buildPod)]
  await cluster.kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
  await cluster.kubectl(['-n', POD_NAMESPACE, 'wait', 'pods', '--all', '--for=condition=Ready', `--timeout=${READY_TIMEOUT}`])
  const path = '{.items[*].status.containerStatuses[*].state.running.startedAt}'
  const times = await cluster.kubectl(['-n', POD_NAMESPACE, 'get', 'pods', '-o', `jsonpath=${path}`])
  const startedAtMs = times.split(' ').map((time) => Date.parse(time))
  // The times have no fraction.
  return { firstMs: Math.min(...startedAtMs), lastMs: Math.max(...startedAtMs) + SECOND_MS / 2 }
}

function buildPod({ name, image, node }: ImagePod): object {
  const resources = { requests: { cpu: '1m', memory: '4Mi' } }
  const container = { name: 'app', image, imagePullPolicy: 'Never', resources }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: POD_NAMESPACE },
    spec: { nodeName: node, terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, containers: [container] },
  }
}
