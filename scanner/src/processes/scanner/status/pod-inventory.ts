import { INGEST_LIMITS as LIMITS } from '@guardimesh/contracts/ingest/limits'
import type { ContainerInfoMessage, Draft } from '@guardimesh/contracts/messages'
import { cutText, type NodeFacts, podIdentity } from '../reporting/build-result.js'

/** Facts of a pod that only the Kubernetes API has. */
export interface PodFacts {
  /** "Kind/name"; empty when it has none. */
  readonly owner: string
  readonly podIp: string
}

export interface PodInventoryParts {
  readonly containers: Iterable<ContainerInfoMessage>
  readonly node: NodeFacts
  /** Returns why a container is not watched; empty when it is. */
  readonly notWatchedReason: (containerId: string) => string
  readonly podFacts: (podUid: string) => PodFacts | undefined
}

/** Builds the pod inventory: the containers of the node grouped by pod. `PodLog` is its wire name. Pure except for the clock. */
export function buildPodInventory({ containers, node, notWatchedReason, podFacts }: PodInventoryParts): Draft<'PodLog'>[] {
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
      pod.containers.push(buildContainer(container, notWatchedReason(container.containerId)))
  }
  return [...pods.values()]
}

function buildContainer(container: ContainerInfoMessage, notWatchedReason: string): Draft<'PodContainer'> {
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
