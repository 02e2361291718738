import { type ConditionReason, type GuardimeshScannerStatus, SCANNER_CONDITIONS } from '@guardimesh/contracts'
import { type NewCondition, withTransitionTimes } from '../kube/report-status.js'
import { type DaemonSetState, daemonSetState } from './daemon-set-state.js'
import type { ScannerObservation } from './observe.js'
import type { ScannerBlocked } from './prerequisites.js'
import type { WavePlan } from './waves.js'

export interface ScannerProgress {
  readonly isPaused: boolean
  readonly blocked: ScannerBlocked | undefined
  /** Undefined when no update in waves is under way. */
  readonly waves: WavePlan | undefined
  /** Version whose objects were applied; undefined when none were. */
  readonly version: string | undefined
}

type Judgement = Omit<NewCondition, 'type'> & { readonly reason: ConditionReason }
const good = (message: string, reason: ConditionReason = 'AsDesired'): Judgement => ({ status: 'True', reason, message })
const bad = (reason: ConditionReason, message: string): Judgement => ({ status: 'False', reason, message })

/** The whole status of a GuardimeshScanner. Pure. */
export function buildScannerStatus(world: ScannerObservation, progress: ScannerProgress): GuardimeshScannerStatus {
  const { wave: _, ...old } = (world.resource.status ?? {}) as GuardimeshScannerStatus
  const state = daemonSetState(world.daemonSet)
  const observedGeneration = world.resource.metadata.generation ?? 0
  const judgements = judge(state, progress)
  const fresh = SCANNER_CONDITIONS.map((type) => ({ type, ...judgements[type], observedGeneration }))
  const isUpdated = state?.isSeen && state.updated >= state.desired && progress.version !== undefined
  return {
    ...old,
    observedGeneration,
    ...(isUpdated ? { version: progress.version } : {}),
    nodesDesired: state?.desired ?? 0,
    nodesReady: state?.ready ?? 0,
    nodesUpdated: state?.updated ?? 0,
    ...(progress.waves?.wave === undefined ? {} : { wave: progress.waves.wave }),
    conditions: withTransitionTimes(fresh, old.conditions ?? [], world.now),
  }
}

function judge(state: DaemonSetState | undefined, progress: ScannerProgress) {
  const { blocked } = progress
  const SpecAccepted = blocked
    ? bad(blocked.reason, blocked.message)
    : good('The spec is understood, and everything that it names is there.')
  return { SpecAccepted, Progressing: progressing(state, progress), Ready: blocked ? SpecAccepted : ready(state, progress) }
}

function progressing(state: DaemonSetState | undefined, { isPaused, blocked, waves }: ScannerProgress): Judgement {
  if (isPaused) return bad('Paused', 'The annotation guardimesh.io/paused is set: nothing is changed until it is removed.')
  if (blocked) return bad(blocked.reason, blocked.message)
  if (waves?.held) return bad('WaveHeld', heldText(waves))
  if (!state?.isSeen || state.updated < state.desired)
    return good(`${state?.updated ?? 0} of ${state?.desired ?? 0} nodes are updated.`, 'RollingOut')
  return bad('AsDesired', 'Nothing is being changed.')
}

function ready(state: DaemonSetState | undefined, { waves }: ScannerProgress): Judgement {
  if (waves?.held) return bad('WaveHeld', heldText(waves))
  if (!state?.isSeen) return bad('RollingOut', 'The scanners are being started.')
  if (state.ready < state.desired) return bad('PodsNotReady', `The scanners of ${state.ready} of ${state.desired} nodes are ready.`)
  if (state.updated < state.desired) return bad('RollingOut', `${state.updated} of ${state.desired} nodes are updated.`)
  return good(`The scanners of all ${state.desired} nodes are ready.`)
}

function heldText({ wave, held }: WavePlan): string {
  return `Wave ${wave} is held: ${held}. See its log; the next nodes keep what they have until it is ready or the change is taken back.`
}
