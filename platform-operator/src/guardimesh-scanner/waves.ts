import type { StringRecord } from '../desired/object.js'
import type { ScannerSpec } from '../desired/scanner-defaults.js'

/** A pod of a scanner in an update in waves. A node has one for each DaemonSet. */
export interface WavePod {
  readonly name: string
  readonly nodeName: string
  /** Created from the newest template. */
  readonly isUpdated: boolean
  readonly isReady: boolean
  /** End of its grace period; undefined unless it was deleted. */
  readonly deletionAtMs: number | undefined
  /** Time of the last change of its readiness, or of its creation. */
  readonly sinceMs: number
}

export interface WaveState {
  readonly waves: ScannerSpec['updateStrategy']['waves']
  /** Labels by name of the node. */
  readonly nodes: ReadonlyMap<string, StringRecord>
  readonly pods: readonly WavePod[]
  /** Number of pods that the DaemonSets want. */
  readonly desired: number
  readonly nowMs: number
}

/** The next actions of an update in waves. */
export interface WavePlan {
  /** "2/3"; undefined when the update is complete. */
  readonly wave: string | undefined
  /** Names of pods to delete; their DaemonSet replaces them with updated ones. */
  readonly deletes: readonly string[]
  /** Why the update does not proceed; undefined while it does. */
  readonly held: string | undefined
  readonly requeueAfterMs: number | undefined
}

/** An updated pod that is not ready for this long holds the update: the remaining nodes keep the old version. */
export const NOT_READY_TIMEOUT_MS = 10 * 60_000
const POLL_INTERVAL_MS = 5_000

const COMPLETE: WavePlan = { wave: undefined, deletes: [], held: undefined, requeueAfterMs: undefined }
const IN_PROGRESS: WavePlan = { ...COMPLETE, requeueAfterMs: POLL_INTERVAL_MS }

/**
 * Plans an update wave by wave; nodes that match no wave are updated last. A wave starts when all pods of the previous one have been ready
 * for its pause. Pure.
 */
export function planWave({ waves, nodes, pods, desired, nowMs }: WaveState): WavePlan {
  // Between the deletion of a pod and its replacement a node has none, so it is unknown to which wave the missing pod belongs.
  const hasAllPods = pods.length >= desired
  if (hasAllPods && pods.every((pod) => pod.isUpdated || isStuck(pod, nowMs))) return COMPLETE
  const all = [...waves, { nodeSelector: {}, pauseSeconds: 0 }]
  const indexOf = ({ nodeName }: WavePod) => all.findIndex(({ nodeSelector }) => matches(nodes.get(nodeName) ?? {}, nodeSelector))
  for (const [index, { pauseSeconds }] of all.entries()) {
    const podsOfWave = pods.filter((pod) => indexOf(pod) === index)
    const actions = planPods(podsOfWave, pauseSeconds * 1000, nowMs)
    if (!actions) continue
    if (hasAllPods || !actions.deletes) return { ...IN_PROGRESS, ...actions, wave: `${index + 1}/${all.length}` }
    return { ...IN_PROGRESS, wave: `${Math.max(index, 1)}/${all.length}` }
  }
  return { ...IN_PROGRESS, wave: `${all.length}/${all.length}` }
}

/** Plans one wave. @returns undefined if the wave is complete. */
function planPods(pods: readonly WavePod[], pauseMs: number, nowMs: number): Partial<WavePlan> | undefined {
  const failing = pods.find(({ isUpdated, isReady, sinceMs }) => isUpdated && !isReady && nowMs - sinceMs > NOT_READY_TIMEOUT_MS)
  if (failing) {
    const minutes = NOT_READY_TIMEOUT_MS / 60_000
    return { held: `updated pod ${failing.name} on node ${failing.nodeName} has not been ready for ${minutes} minutes` }
  }
  const outdated = pods.filter(({ isUpdated, deletionAtMs }) => !isUpdated && deletionAtMs === undefined)
  if (outdated.length > 0) return { deletes: outdated.map(({ name }) => name) }
  const isComplete = pods.every((pod) => (pod.isUpdated && pod.isReady && nowMs - pod.sinceMs >= pauseMs) || isStuck(pod, nowMs))
  return isComplete ? undefined : {}
}

/** A node that is down never confirms the deletion of its pod. The update does not wait for it. */
function isStuck({ deletionAtMs }: WavePod, nowMs: number): boolean {
  return deletionAtMs !== undefined && nowMs - deletionAtMs > NOT_READY_TIMEOUT_MS
}

function matches(labels: StringRecord, selector: StringRecord): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value)
}
