import { SetUpOutcome } from '@guardimesh/contracts'
import type { KubeObject } from '../desired/object.js'

/** Where a set-up Job stands. */
export type SetUpState =
  | { readonly kind: 'missing' | 'running'; readonly outcome: SetUpOutcome | undefined }
  | { readonly kind: 'done'; readonly outcome: SetUpOutcome | undefined }
  | { readonly kind: 'failed'; readonly outcome: SetUpOutcome | undefined; readonly failedAt: Date }

/** A Job that failed is run again after this long: what was wrong may have been put right outside the cluster. */
export const SET_UP_RETRY_MS = 5 * 60_000

interface JobCondition {
  readonly type: string
  readonly status: string
  readonly lastTransitionTime: string
}

/** Pure. @param pods of the Job: the newest word of any of them is its outcome. */
export function setUpState(job: KubeObject | undefined, pods: readonly KubeObject[]): SetUpState {
  const outcome = outcomeOf(pods)
  if (!job) return { kind: 'missing', outcome }
  const conditions = (job.status as { readonly conditions?: readonly JobCondition[] } | undefined)?.conditions ?? []
  const isTrue = (type: string) => conditions.find((condition) => condition.type === type && condition.status === 'True')
  if (isTrue('Complete')) return { kind: 'done', outcome }
  const failed = isTrue('Failed')
  return failed ? { kind: 'failed', outcome, failedAt: new Date(failed.lastTransitionTime) } : { kind: 'running', outcome }
}

/** Finished one way or the other. Pure. */
export function isFinished(job: KubeObject): boolean {
  return ['done', 'failed'].includes(setUpState(job, []).kind)
}

interface ContainerState {
  readonly terminated?: { readonly message?: string; readonly finishedAt?: string }
}
interface PodStatus {
  readonly containerStatuses?: readonly { readonly state?: ContainerState; readonly lastState?: ContainerState }[]
}

/** What is in a termination message was written by a process of ours, or by nobody: it is checked. */
function outcomeOf(pods: readonly KubeObject[]): SetUpOutcome | undefined {
  const ends = pods.flatMap(({ status }) =>
    ((status as PodStatus | undefined)?.containerStatuses ?? []).flatMap(
      ({ state, lastState }) => state?.terminated ?? lastState?.terminated ?? [],
    ),
  )
  const newest = ends.sort((a, b) => (a.finishedAt ?? '').localeCompare(b.finishedAt ?? '')).at(-1)
  try {
    return SetUpOutcome.safeParse(JSON.parse(newest?.message ?? '')).data
  } catch {
    return undefined
  }
}
