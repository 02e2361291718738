import type { StringRecord } from '../desired/object.js'
import type { ScannerSpec } from '../desired/scanner-defaults.js'

/** What waves need to know of a scanner pod. */
export interface WavePod {
  readonly name: string
  readonly nodeName: string
  /** Made from the newest template. */
  readonly isUpdated: boolean
  readonly isReady: boolean
  /** When it was deleted and should be gone; undefined while nobody wants it gone. */
  readonly deletionAtMs: number | undefined
  /** When it became ready, or was made while it never was. */
  readonly sinceMs: number
}

export interface WaveState {
  readonly waves: ScannerSpec['updateStrategy']['waves']
  readonly nodes: ReadonlyMap<string, StringRecord>
  readonly pods: readonly WavePod[]
  /** Pods that there shall be, as the DaemonSet says. */
  readonly desired: number
  readonly nowMs: number
}

/** What to do next. */
export interface WavePlan {
  /** "2/3", while an update is under way. */
  readonly wave: string | undefined
  /** Pods to delete, so that the DaemonSet makes them anew. */
  readonly deletes: readonly string[]
  /** Why it does not go on; undefined while it does. */
  readonly held: string | undefined
  readonly requeueAfterMs: number | undefined
}

/** A new pod that is not ready for this long holds the waves: the next nodes keep what they have. */
export const NOT_READY_TIMEOUT_MS = 10 * 60_000
const LOOK_AGAIN_MS = 5_000

const DONE: WavePlan = { wave: undefined, deletes: [], held: undefined, requeueAfterMs: undefined }
const WAITING: WavePlan = { ...DONE, requeueAfterMs: LOOK_AGAIN_MS }

/** The waves one after the other, nodes that match none last: each begins when all pods of the one before were ready long enough. Pure. */
export function planWave({ waves, nodes, pods, desired, nowMs }: WaveState): WavePlan {
  // A node whose pod is gone and not yet there again has none: nobody can tell from the pods that its wave is not through.
  const isComplete = pods.length >= desired
  if (isComplete && pods.every((pod) => pod.isUpdated || isAway(pod, nowMs))) return DONE
  const all = [...waves, { nodeSelector: {}, pauseSeconds: 0 }]
  const indexOf = ({ nodeName }: WavePod) => all.findIndex(({ nodeSelector }) => matches(nodes.get(nodeName) ?? {}, nodeSelector))
  for (const [index, { pauseSeconds }] of all.entries()) {
    const step = stepOf(
      pods.filter((pod) => indexOf(pod) === index),
      pauseSeconds * 1000,
      nowMs,
    )
    if (!step) continue
    if (isComplete || !step.deletes) return { ...WAITING, ...step, wave: `${index + 1}/${all.length}` }
    return { ...WAITING, wave: `${Math.max(index, 1)}/${all.length}` }
  }
  return { ...WAITING, wave: `${all.length}/${all.length}` }
}

/** @returns undefined when the wave is through. */
function stepOf(pods: readonly WavePod[], pauseMs: number, nowMs: number): Partial<WavePlan> | undefined {
  const fresh = pods.filter(({ isUpdated }) => isUpdated)
  const failing = fresh.find(({ isReady, sinceMs }) => !isReady && nowMs - sinceMs > NOT_READY_TIMEOUT_MS)
  if (failing) {
    const minutes = NOT_READY_TIMEOUT_MS / 60_000
    return { held: `the new pod ${failing.name} on node ${failing.nodeName} has not been ready for ${minutes} minutes` }
  }
  const old = pods.filter(({ isUpdated, deletionAtMs: leavesAtMs }) => !isUpdated && leavesAtMs === undefined)
  if (old.length > 0) return { deletes: old.map(({ name }) => name) }
  const isThrough = pods.every((pod) => (pod.isUpdated && pod.isReady && nowMs - pod.sinceMs >= pauseMs) || isAway(pod, nowMs))
  return isThrough ? undefined : {}
}

/** A node that is down never says that its pod is gone: the others do not wait for it. */
function isAway({ deletionAtMs: leavesAtMs }: WavePod, nowMs: number): boolean {
  return leavesAtMs !== undefined && nowMs - leavesAtMs > NOT_READY_TIMEOUT_MS
}

function matches(labels: StringRecord, selector: StringRecord): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value)
}
