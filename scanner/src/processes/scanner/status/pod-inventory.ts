import { type ContainerInfoMessage, type Draft, INGEST_LIMITS as LIMITS } from '@guardimesh/contracts'
import { cutText, type NodeFacts, podIdentity } from '../reporting/build-result.js'

/** What only the Kubernetes API knows of a pod. */
export interface PodFacts {
  /** "Kind/name"; empty when it has none. */
  readonly owner: string
  readonly podIp: string
}

/**
 * Groups containers to the pods of the inventory. Pure but for the clock.
 *
 * @param notWatchedReason why a container is not watched; empty when it is.
 */
export function buildInventory(
  containers: Iterable<ContainerInfoMessage>,
  node: NodeFacts,
  notWatchedReason: (containerId: string) => string,
  podFacts: (podUid: string) => PodFacts | undefined,
): Draft<'PodLog'>[] {
  const pods = new Map<string, Draft<'PodLog'> & { containers: Draft<'PodContainer'>[] }>()
  for (const container of containers) {
    const { podName, podUid } = podIdentity(container)
    const facts = podFacts(podUid)
    const pod = pods.get(podUid) ?? {
      ...node,
      namespace: cutText(container.namespace, LIMITS.nameBytes),
      podName,
      podUid,
      owner: cutText(facts?.owner ?? '', LIMITS.ownerBytes),
      podIp: cutText(facts?.podIp || container.podIp, LIMITS.shortBytes),
      observedAtMs: Date.now(),
      containers: [],
    }
    pods.set(podUid, pod)
    if (pod.containers.length < LIMITS.containersPerPod)
      pod.containers.push(containerOf(container, notWatchedReason(container.containerId)))
  }
  return [...pods.values()]
}

function containerOf(container: ContainerInfoMessage, notWatchedReason: string): Draft<'PodContainer'> {
  return {
    name: cutText(container.containerName, LIMITS.nameBytes),
    containerId: cutText(container.containerId, LIMITS.idBytes),
    image: cutText(container.image, LIMITS.imageBytes),
    imageDigest: cutText(container.imageDigest, LIMITS.idBytes),
    snapshotter: cutText(container.snapshotter, LIMITS.shortBytes),
    watched: notWatchedReason === '',
    notWatchedReason: cutText(notWatchedReason, LIMITS.reasonBytes),
  }
}
