import type { KubeObject } from '../desired/object.js'

/** Counts of nodes from the status of a DaemonSet, which are available without reading its pods. */
export interface DaemonSetState {
  readonly desired: number
  readonly ready: number
  readonly updated: number
  /** The DaemonSet controller has processed the newest generation. */
  readonly isObserved: boolean
}

interface DaemonSetStatus {
  readonly observedGeneration?: number
  readonly desiredNumberScheduled?: number
  readonly numberReady?: number
  readonly updatedNumberScheduled?: number
}

/** Reads the counts of a DaemonSet; undefined if it does not exist. Pure. */
export function daemonSetState(daemonSet: KubeObject | undefined): DaemonSetState | undefined {
  if (!daemonSet) return undefined
  const status = (daemonSet.status ?? {}) as DaemonSetStatus
  return {
    desired: status.desiredNumberScheduled ?? 0,
    ready: status.numberReady ?? 0,
    updated: status.updatedNumberScheduled ?? 0,
    isObserved: (status.observedGeneration ?? 0) >= (daemonSet.metadata.generation ?? 0),
  }
}
