import { GuardError } from '@guardimesh/kit'
import type { RollOutState } from './roll-out-state.js'

/** @throws GuardError SIGNATURES_CHANGED when that generation is not the candidate of the current rollout. */
export function requireRollOut({ rollOut }: RollOutState, generation: string): void {
  if (rollOut?.generation === generation) return
  const current = rollOut ? `the current rollout is of ${rollOut.generation}` : 'there is no rollout'
  throw new GuardError('SIGNATURES_CHANGED', `${generation} is not being rolled out: ${current}; check the status and try again`)
}

/** @throws GuardError GENERATION_NOT_FOUND when a generation is not on the volume. */
export function requireStored(names: readonly string[], generation: string): string {
  if (names.includes(generation)) return generation
  throw new GuardError('GENERATION_NOT_FOUND', `generation ${generation} not found; kept generations: ${names.join(', ')}`)
}

/**
 * Returns the generation that was active before the active one. Ignores generations that never left the canary nodes or were rolled back.
 * Pure.
 *
 * @param names of the kept generations.
 * @throws GuardError GENERATION_NOT_FOUND when no such generation is kept.
 */
export function previousActiveGeneration({ active, activations }: RollOutState, names: readonly string[]): string {
  const before = activations.slice(activations.indexOf(active) + 1).find((name) => names.includes(name))
  if (before !== undefined && active !== '') return before
  throw new GuardError(
    'GENERATION_NOT_FOUND',
    `no generation that was active before ${active || 'the first'} is kept; specify a generation to roll back to`,
  )
}
