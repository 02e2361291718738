import type { PodLogMessage } from '@guardimesh/contracts'
import { formatUuid, uuidV7 } from '@guardimesh/kit'
import { boundedMoment } from './bounded-moment.js'

/** A reported pod; property names are columns of `pods` and `pod_logs`. */
export interface IncomingPod {
  readonly pod_log_id: string
  readonly cluster_id: string
  readonly node_name: string
  readonly namespace: string
  readonly pod_name: string
  readonly pod_uid: string
  readonly owner: string
  readonly pod_ip: string
  readonly host_ip: string
  readonly containers: readonly object[]
  readonly observed_at: string
  readonly deleted: boolean
}

/** Builds the rows of reported pods: the latest report of each, sorted by key. @param nowMs time of the receipt; limits the times of the node. */
export function incomingPods(pods: readonly PodLogMessage[], nowMs: number): IncomingPod[] {
  const latest = new Map<string, PodLogMessage>()
  for (const pod of pods) {
    const key = podKey(pod)
    const known = latest.get(key)
    if (!known || known.observedAtMs <= pod.observedAtMs) latest.set(key, pod)
  }
  return [...latest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pod]) => incomingPod(pod, nowMs))
}

function podKey(pod: PodLogMessage): string {
  return [pod.clusterId, pod.nodeName, pod.namespace, pod.podName, pod.podUid].join('\0')
}

function incomingPod(pod: PodLogMessage, nowMs: number): IncomingPod {
  return {
    pod_log_id: formatUuid(uuidV7()),
    cluster_id: pod.clusterId,
    node_name: pod.nodeName,
    namespace: pod.namespace,
    pod_name: pod.podName,
    pod_uid: pod.podUid,
    owner: pod.owner,
    pod_ip: pod.podIp,
    host_ip: pod.hostIp,
    // Keys of PodContainerView.
    containers: pod.containers.map((container) => ({
      name: container.name,
      containerId: container.containerId,
      image: container.image,
      imageDigest: container.imageDigest,
      snapshotter: container.snapshotter,
      watched: container.watched,
      notWatchedReason: container.notWatchedReason,
    })),
    observed_at: boundedMoment(pod.observedAtMs, nowMs).toISOString(),
    deleted: pod.deleted,
  }
}
