import { type GuardimeshScannerStatus, SCANNER_CONDITIONS, type ScannerCondition } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'
import { withTransitionTimes } from '../kube/report-status.js'
import type { Blocked } from '../reconcile/blocked.js'
import { type ConditionState, conditionFalse, conditionTrue, NO_CHANGES, PAUSED, SPEC_ACCEPTED } from '../reconcile/condition-state.js'
import { type DaemonSetState, daemonSetsState } from './daemon-set-state.js'
import type { ScannerObservation } from './observe.js'
import type { WavePlan } from './waves.js'

/** Result of applying the desired state of a GuardimeshScanner. */
export interface ScannerProgress {
  readonly isPaused: boolean
  /** What prevented some or all changes. */
  readonly blocked?: Blocked | undefined
  /** The update starts when the API runs the same release. */
  readonly waitsForBackend?: boolean
  /** Undefined unless an update in waves is in progress. */
  readonly waves?: WavePlan | undefined
  /** Version whose objects were applied; undefined if none were. */
  readonly version?: string
}

/** Builds the status of a GuardimeshScanner. Pure. */
export function buildScannerStatus(observed: ScannerObservation, progress: ScannerProgress): GuardimeshScannerStatus {
  const { wave: _, ...previous } = (observed.resource.status ?? {}) as GuardimeshScannerStatus
  const state = daemonSetsState(observed.daemonSets)
  const observedGeneration = observed.resource.metadata.generation ?? 0
  const states = conditionStates(state, progress, observed.podProblem)
  const conditions = SCANNER_CONDITIONS.map((type) => ({ type, ...states[type], observedGeneration }))
  const isUpdated = state?.isObserved && state.updated >= state.desired && progress.version !== undefined
  return {
    ...previous,
    observedGeneration,
    ...(isUpdated ? { version: progress.version } : {}),
    nodesDesired: state?.desired ?? 0,
    nodesReady: state?.ready ?? 0,
    nodesUpdated: state?.updated ?? 0,
    ...(progress.waves?.wave === undefined ? {} : { wave: progress.waves.wave }),
    conditions: withTransitionTimes(conditions, previous.conditions ?? [], observed.now),
  }
}

function conditionStates(
  state: DaemonSetState | undefined,
  progress: ScannerProgress,
  podProblem: string | undefined,
): Record<ScannerCondition, ConditionState> {
  const { blocked } = progress
  const specAccepted = blocked ? conditionFalse(blocked.reason, blocked.message) : SPEC_ACCEPTED
  return {
    SpecAccepted: specAccepted,
    Progressing: progressing(state, progress),
    Ready: blocked ? specAccepted : ready(state, progress, podProblem),
  }
}

function progressing(state: DaemonSetState | undefined, { isPaused, blocked, waves, waitsForBackend }: ScannerProgress): ConditionState {
  if (isPaused) return PAUSED
  if (blocked) return conditionFalse(blocked.reason, blocked.message)
  if (waitsForBackend) return conditionTrue(WAITS_FOR_BACKEND, 'RollingOut')
  if (waves?.held) return conditionFalse('WaveHeld', heldText(waves))
  if (!state?.isObserved || state.updated < state.desired) return conditionTrue(updatedText(state), 'RollingOut')
  return NO_CHANGES
}

function ready(
  state: DaemonSetState | undefined,
  { waves, waitsForBackend }: ScannerProgress,
  podProblem: string | undefined,
): ConditionState {
  if (waitsForBackend) return conditionFalse('RollingOut', WAITS_FOR_BACKEND)
  if (waves?.held) return conditionFalse('WaveHeld', heldText(waves))
  if (!state?.isObserved) return conditionFalse('RollingOut', 'The scanners are starting.')
  if (state.ready < state.desired)
    return conditionFalse(
      'PodsNotReady',
      `Scanners ready on ${state.ready} of ${formatCount(state.desired, 'node')}. ${podProblem ?? UNREADY_HINT}`,
    )
  if (state.updated < state.desired) return conditionFalse('RollingOut', updatedText(state))
  return conditionTrue(`Scanners ready on all nodes (${state.desired}).`)
}

const WAITS_FOR_BACKEND = 'The scanners keep their version until the API runs the new one.'

/** The kubelet reports a failed readiness check only as an event. */
const UNREADY_HINT = 'A scanner that detects or delivers nothing is not ready: check kubectl describe pod.'

function updatedText(state: DaemonSetState | undefined): string {
  return `Scanners updated on ${state?.updated ?? 0} of ${formatCount(state?.desired ?? 0, 'node')}.`
}

function heldText({ wave, held }: WavePlan): string {
  return `Wave ${wave} is held: ${held}. Check the log of the pod. The remaining nodes keep the old version until the pod is ready or the change is reverted.`
}
