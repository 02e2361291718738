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

/**
 * Merges the counts of the DaemonSets of one scanner; undefined if one of them does not exist. A node counts as ready or updated only if all of
 * its pods do. Pure.
 */
export function daemonSetsState(daemonSets: readonly (KubeObject | undefined)[]): DaemonSetState | undefined {
  const states = daemonSets.flatMap((daemonSet) => (daemonSet ? [daemonSetState(daemonSet)] : []))
  if (states.length === 0 || states.length < daemonSets.length) return undefined
  return {
    desired: Math.max(...states.map(({ desired }) => desired)),
    ready: Math.min(...states.map(({ ready }) => ready)),
    updated: Math.min(...states.map(({ updated }) => updated)),
    isObserved: states.every(({ isObserved }) => isObserved),
  }
}

/** Reads the counts of a DaemonSet. Pure. */
export function daemonSetState(daemonSet: KubeObject): DaemonSetState {
  const status = (daemonSet.status ?? {}) as DaemonSetStatus
  return {
    desired: status.desiredNumberScheduled ?? 0,
    ready: status.numberReady ?? 0,
    updated: status.updatedNumberScheduled ?? 0,
    isObserved: (status.observedGeneration ?? 0) >= (daemonSet.metadata.generation ?? 0),
  }
}
