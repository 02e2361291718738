import { SetUpOutcome } from '@guardimesh/contracts'
import type { KubeObject } from '../desired/object.js'
import type { Client } from '../kube/client.js'
import type { PlatformObservation } from './observe.js'

/** State of a set-up Job. */
export type SetUpState =
  | { readonly kind: 'missing' | 'running'; readonly outcome: SetUpOutcome | undefined }
  | { readonly kind: 'done'; readonly outcome: SetUpOutcome | undefined }
  | { readonly kind: 'failed'; readonly outcome: SetUpOutcome | undefined; readonly failedAt: Date }

/** A failed Job runs again after this long: the cause may have been fixed outside the cluster. */
export const SET_UP_RETRY_MS = 5 * 60_000

interface JobCondition {
  readonly type: string
  readonly status: string
  readonly lastTransitionTime: string
}

/** Determines the state of a set-up Job. Pure. @param pods of the Job; the one that ended last has the outcome. */
export function setUpState(job: KubeObject | undefined, pods: readonly KubeObject[]): SetUpState {
  const outcome = newestOutcome(pods)
  if (!job) return { kind: 'missing', outcome }
  const conditions = (job.status as { readonly conditions?: readonly JobCondition[] } | undefined)?.conditions ?? []
  const isTrue = (type: string) => conditions.find((condition) => condition.type === type && condition.status === 'True')
  if (isTrue('Complete')) return { kind: 'done', outcome }
  const failed = isTrue('Failed')
  return failed ? { kind: 'failed', outcome, failedAt: new Date(failed.lastTransitionTime) } : { kind: 'running', outcome }
}

type ObservedJobs = Pick<PlatformObservation, 'children' | 'setUpPods'>

const jobsOf = ({ children }: ObservedJobs) => children.filter(({ kind }) => kind === 'Job')

/** State of the Job that was created last, for the status while nothing is applied. Pure. */
export function newestSetUpState(observed: ObservedJobs): SetUpState {
  const createdAt = ({ metadata }: KubeObject) => metadata.creationTimestamp ?? ''
  const newest = jobsOf(observed)
    .sort((a, b) => createdAt(a).localeCompare(createdAt(b)))
    .at(-1)
  return setUpState(newest, observed.setUpPods.get(newest?.metadata.name ?? '') ?? [])
}

/**
 * Deletes a Job that failed some time ago, so that the next reconcile creates it again.
 *
 * @returns when to reconcile again; undefined unless the Job failed.
 */
export async function retryFailedSetUp(
  setUp: SetUpState,
  job: KubeObject | undefined,
  now: Date,
  { client }: { readonly client: Client },
): Promise<number | undefined> {
  if (!job || setUp.kind !== 'failed') return undefined
  if (now.getTime() - setUp.failedAt.getTime() < SET_UP_RETRY_MS) return SET_UP_RETRY_MS
  await client.delete(job)
  return 0
}

interface ContainerState {
  readonly terminated?: { readonly message?: string; readonly finishedAt?: string }
}
interface PodStatus {
  readonly containerStatuses?: readonly { readonly state?: ContainerState; readonly lastState?: ContainerState }[]
}

/** Parses the termination message of the container that ended last. A message of another program is ignored. */
function newestOutcome(pods: readonly KubeObject[]): SetUpOutcome | undefined {
  const terminations = pods.flatMap(({ status }) =>
    ((status as PodStatus | undefined)?.containerStatuses ?? []).flatMap(
      ({ state, lastState }) => state?.terminated ?? lastState?.terminated ?? [],
    ),
  )
  const newest = terminations.sort((a, b) => (a.finishedAt ?? '').localeCompare(b.finishedAt ?? '')).at(-1)
  try {
    return SetUpOutcome.safeParse(JSON.parse(newest?.message ?? '')).data
  } catch {
    return undefined
  }
}
