import type { KubeObject } from '../desired/object.js'

interface Waiting {
  readonly reason?: string
  readonly message?: string
}
interface Terminated extends Waiting {
  readonly exitCode?: number
}
interface ContainerStatus {
  readonly name: string
  readonly ready?: boolean
  readonly state?: { readonly waiting?: Waiting; readonly terminated?: Terminated }
  readonly lastState?: { readonly terminated?: Terminated }
}
interface PodStatus {
  readonly phase?: string
  readonly reason?: string
  readonly message?: string
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string }[]
  readonly initContainerStatuses?: readonly ContainerStatus[]
  readonly containerStatuses?: readonly ContainerStatus[]
}

/** Stages of a normal start. */
const STARTING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing'])
/** Keeps a quotation readable in `kubectl describe`. */
const MAX_QUOTE_LENGTH = 400

/**
 * Describes why a pod does not start or become ready, in the words of the scheduler, the kubelet or the registry. Pure.
 *
 * @returns undefined if no pod has such a message. A pod that is starting has none.
 */
export function podProblem(pods: readonly KubeObject[]): string | undefined {
  for (const { metadata, status } of pods) {
    if (metadata.deletionTimestamp) continue
    const problem = problemOf((status ?? {}) as PodStatus)
    if (problem) return `Pod ${metadata.name}: ${problem}`
  }
  return undefined
}

function problemOf({ phase, reason, message, conditions, initContainerStatuses = [], containerStatuses = [] }: PodStatus) {
  const scheduled = conditions?.find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status === 'False') return sentence(scheduled.reason ?? 'Unschedulable', scheduled.message)
  for (const container of [...initContainerStatuses, ...containerStatuses]) {
    const problem = containerProblem(container)
    if (problem) return problem
  }
  // The kubelet evicted or rejected the pod.
  return phase === 'Failed' && reason !== undefined ? sentence(reason, message) : undefined
}

function containerProblem({ name, ready, state, lastState }: ContainerStatus): string | undefined {
  const { waiting, terminated } = state ?? {}
  if (waiting?.reason === 'CrashLoopBackOff') return crashed(name, lastState?.terminated ?? {})
  if (waiting?.reason !== undefined && !STARTING.has(waiting.reason))
    return sentence(`container ${name}: ${waiting.reason}`, waiting.message)
  if (terminated && (terminated.exitCode ?? 0) !== 0) return crashed(name, terminated)
  // Between two attempts of a container that crashes, it runs for a moment.
  return !ready && lastState?.terminated && (lastState.terminated.exitCode ?? 0) !== 0 ? crashed(name, lastState.terminated) : undefined
}

function crashed(name: string, { exitCode, reason, message }: Terminated): string {
  const cause = reason === undefined || reason === 'Error' ? '' : ` (${reason})`
  return sentence(`container ${name} ended with exit code ${exitCode ?? 'unknown'}${cause}`, lastLine(message))
}

/** The message is the end of the log, whose last line is usually the error. */
const lastLine = (text: string | undefined) => text?.trimEnd().split('\n').at(-1)

function sentence(reason: string, message: string | undefined): string {
  const quote = (message ?? '').trim().slice(0, MAX_QUOTE_LENGTH)
  const text = quote === '' ? reason : `${reason}: ${quote}`
  return text.endsWith('.') ? text : `${text}.`
}
