import type { SignatureSettings } from '@guardimesh/contracts'
import { chooseCanaries } from './choose-canaries.js'
import type { RollOutState } from './roll-out-state.js'

/** Inputs of a decision in addition to the state. */
export interface Circumstances {
  readonly now: Date
  /** Nodes that requested the catalogue recently. */
  readonly knownNames: readonly string[]
}

/**
 * Activates a generation on all nodes immediately and ends the rollout. After a rollback, the generations activated later are removed from
 * the history, because they are no targets for another rollback. Pure.
 */
export function withActive(state: RollOutState, generation: string, now: Date): RollOutState {
  const index = state.activations.indexOf(generation)
  const activations = index < 0 ? [generation, ...state.activations] : state.activations.slice(index)
  return { ...state, head: generation, active: generation, activeSequence: nextSequence(state, now), rollOut: null, activations }
}

/**
 * Makes a generation the head. It becomes active, starts a rollout, or waits while the active generation is pinned. It replaces the
 * candidate of a running rollout. A held rollout stays held, because the new generation contains the changes that a user still has to
 * decide on. Pure.
 */
export function withHead(state: RollOutState, generation: string, { now, knownNames }: Circumstances): RollOutState {
  // Nodes without any signatures need no canary phase.
  if (state.active === '') return withActive(state, generation, now)
  if (state.settings.pinned) return { ...state, head: generation }
  const { canary } = state.settings
  const nodes = chooseCanaries({ canary, generation, knownNames, previousNames: state.rollOut?.nodes ?? [] })
  if (nodes.length === 0) return withActive(state, generation, now)
  const isHeld = state.rollOut?.state === 'held'
  const status = isHeld ? { state: 'held' as const, reason: state.rollOut?.reason ?? '' } : { state: 'canary' as const, reason: '' }
  const rollOut = { generation, nodes, startedAt: now.toISOString(), sequence: nextSequence(state, now), ...status }
  return { ...state, head: generation, rollOut }
}

/** Holds the rollout. Pure. */
export function withHold(state: RollOutState, reason: string): RollOutState {
  return { ...state, rollOut: state.rollOut && { ...state.rollOut, state: 'held', reason } }
}

/** Discards the candidate: its nodes return to the active generation, and imports build on that again. Pure. */
export function withDiscard(state: RollOutState, now: Date): RollOutState {
  return { ...withoutRollOut(state, now), head: state.active }
}

/** Applies settings. Pinning returns the canary nodes to the active generation; unpinning rolls out a head that waited. Pure. */
export function withSettings(state: RollOutState, settings: SignatureSettings, circumstances: Circumstances): RollOutState {
  const next = { ...state, settings }
  if (settings.pinned) return withoutRollOut(next, circumstances.now)
  const isWaiting = state.settings.pinned && state.head !== state.active
  return isWaiting ? withHead(next, state.head, circumstances) : next
}

/** Removes references to generations that no longer exist on the volume. Pure. */
export function repairedState(state: RollOutState, generations: readonly string[], now: Date): RollOutState {
  const exists = (name: string) => generations.includes(name)
  const next = { ...state, activations: state.activations.filter(exists) }
  if (next.rollOut && !exists(next.rollOut.generation)) return withDiscard(next, now)
  return exists(next.head) ? next : { ...next, head: next.active }
}

function withoutRollOut(state: RollOutState, now: Date): RollOutState {
  return state.rollOut ? { ...state, rollOut: null, activeSequence: nextSequence(state, now) } : state
}

/** Returns a larger sequence than all earlier ones, even if the clock was set back: nodes ignore catalogues with a smaller sequence. */
function nextSequence({ activeSequence, rollOut }: RollOutState, now: Date): number {
  return Math.max(now.getTime(), activeSequence + 1, (rollOut?.sequence ?? 0) + 1)
}
