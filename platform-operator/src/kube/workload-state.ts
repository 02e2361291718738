import type { KubeObject } from '../desired/object.js'

/** Rollout state of a Deployment or StatefulSet. */
export interface WorkloadState {
  readonly name: string
  readonly desired: number
  readonly ready: number
  /** All pods are updated and ready. */
  readonly isRolledOut: boolean
  /** Image of the first container. */
  readonly image: string | undefined
}

interface WorkloadSpec {
  readonly replicas?: number
  readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } }
}
interface WorkloadStatus {
  readonly observedGeneration?: number
  readonly replicas?: number
  readonly readyReplicas?: number
  readonly updatedReplicas?: number
}

/** Reads the rollout state of a Deployment or StatefulSet; undefined if it does not exist. Pure. */
export function workloadState(workload: KubeObject | undefined): WorkloadState | undefined {
  if (!workload) return undefined
  const spec = (workload.spec ?? {}) as WorkloadSpec
  const { observedGeneration = 0, replicas = 0, readyReplicas = 0, updatedReplicas = 0 } = (workload.status ?? {}) as WorkloadStatus
  const desired = spec.replicas ?? 1
  const isObserved = observedGeneration >= (workload.metadata.generation ?? 0)
  return {
    name: workload.metadata.name,
    desired,
    ready: readyReplicas,
    isRolledOut: isObserved && updatedReplicas >= desired && readyReplicas >= desired && replicas <= desired,
    image: spec.template?.spec?.containers?.[0]?.image,
  }
}
