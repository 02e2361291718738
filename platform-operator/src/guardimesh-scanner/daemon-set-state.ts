import type { KubeObject } from '../desired/object.js'

/** Counts of nodes, from the DaemonSet's own status: they cost nothing, however many nodes there are. */
export interface DaemonSetState {
  readonly desired: number
  readonly ready: number
  readonly updated: number
  /** The DaemonSet's controller has seen its newest form. */
  readonly isSeen: boolean
}

interface DaemonSetStatus {
  readonly observedGeneration?: number
  readonly desiredNumberScheduled?: number
  readonly numberReady?: number
  readonly updatedNumberScheduled?: number
}

/** Pure. */
export function daemonSetState(daemonSet: KubeObject | undefined): DaemonSetState | undefined {
  if (!daemonSet) return undefined
  const status = (daemonSet.status ?? {}) as DaemonSetStatus
  return {
    desired: status.desiredNumberScheduled ?? 0,
    ready: status.numberReady ?? 0,
    updated: status.updatedNumberScheduled ?? 0,
    isSeen: (status.observedGeneration ?? 0) >= (daemonSet.metadata.generation ?? 0),
  }
}
