import type { SignatureSettings } from '@guardimesh/contracts'
import { chooseCanaries } from './choose-canaries.js'
import type { RollOutState } from './roll-out-state.js'

/** What a decision depends on beside the state. */
export interface Circumstances {
  readonly now: Date
  /** Nodes that asked for the catalogue of late. */
  readonly knownNames: readonly string[]
}

/** Makes a generation that of all nodes, at once; a roll-out ends. What was live after the one that is gone back to was a wrong way. Pure. */
export function withActive(state: RollOutState, generation: string, now: Date): RollOutState {
  const place = state.lived.indexOf(generation)
  const lived = place < 0 ? [generation, ...state.lived] : state.lived.slice(place)
  return { ...state, head: generation, live: generation, liveSequence: nextSequence(state, now), rollOut: null, lived }
}

/**
 * Makes a generation the head: then it is live at once, or begins a roll-out, or nothing more when the live one is pinned. It takes a
 * roll-out over that another one was in; one that is held stays so, as the new generation builds on what somebody is still to decide about. Pure.
 */
export function withHead(state: RollOutState, generation: string, { now, knownNames }: Circumstances): RollOutState {
  // Nodes that have nothing have nothing to lose.
  if (state.live === '') return withActive(state, generation, now)
  if (state.settings.pinned) return { ...state, head: generation }
  const { canary } = state.settings
  const nodes = chooseCanaries({ canary, generation, knownNames, formerNames: state.rollOut?.nodes ?? [] })
  if (nodes.length === 0) return withActive(state, generation, now)
  const isHeld = state.rollOut?.state === 'held'
  const standing = isHeld ? { state: 'held' as const, reason: state.rollOut?.reason ?? '' } : { state: 'canary' as const, reason: '' }
  const rollOut = { generation, nodes, startedAt: now.toISOString(), sequence: nextSequence(state, now), ...standing }
  return { ...state, head: generation, rollOut }
}

/** Stops a roll-out where it is. Pure. */
export function held(state: RollOutState, reason: string): RollOutState {
  return { ...state, rollOut: state.rollOut && { ...state.rollOut, state: 'held', reason } }
}

/** Ends a roll-out; its nodes go back, and imports build on the live generation again. Pure. */
export function discarded(state: RollOutState, now: Date): RollOutState {
  return { ...withoutRollOut(state, now), head: state.live }
}

/** Puts settings in force. Pinning takes the canary nodes back; the head waits until nothing is pinned any more, and is rolled out then. Pure. */
export function withSettings(state: RollOutState, settings: SignatureSettings, circumstances: Circumstances): RollOutState {
  const next = { ...state, settings }
  if (settings.pinned) return withoutRollOut(next, circumstances.now)
  const isWaiting = state.settings.pinned && state.head !== state.live
  return isWaiting ? withHead(next, state.head, circumstances) : next
}

/** Forgets what the volume does not hold any more. Pure. */
export function repairedState(state: RollOutState, generations: readonly string[], now: Date): RollOutState {
  const isThere = (name: string) => generations.includes(name)
  const next = { ...state, lived: state.lived.filter(isThere) }
  if (next.rollOut && !isThere(next.rollOut.generation)) return discarded(next, now)
  return isThere(next.head) ? next : { ...next, head: next.live }
}

function withoutRollOut(state: RollOutState, now: Date): RollOutState {
  return state.rollOut ? { ...state, rollOut: null, liveSequence: nextSequence(state, now) } : state
}

/** Larger than all before, so that no node's view ever falls, whatever the clock does. */
function nextSequence({ liveSequence, rollOut }: RollOutState, now: Date): number {
  return Math.max(now.getTime(), liveSequence + 1, (rollOut?.sequence ?? 0) + 1)
}
