import type { KubeObject } from '../desired/object.js'

interface PodStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly lastTransitionTime?: string }[]
}

/** Reads the condition Ready of a pod. Pure. @returns `sinceMs` undefined for a pod without the condition, which is not ready. */
export function readyCondition({ status }: KubeObject): { readonly isReady: boolean; readonly sinceMs: number | undefined } {
  const ready = (status as PodStatus | undefined)?.conditions?.find(({ type }) => type === 'Ready')
  const since = ready?.lastTransitionTime
  return { isReady: ready?.status === 'True', sinceMs: since === undefined ? undefined : Date.parse(since) }
}
