import { GuardError } from '@guardimesh/kit'
import type { RollOutState } from './roll-out-state.js'

/** @throws GuardError SIGNATURES_CHANGED when that generation is not in a roll-out (any more). */
export function requireRollOut({ rollOut }: RollOutState, generation: string): void {
  if (rollOut?.generation === generation) return
  const now = rollOut ? `${rollOut.generation} is` : 'no generation is'
  throw new GuardError('SIGNATURES_CHANGED', `${generation} is not being rolled out, ${now}; look at the status and decide again`)
}

/** @throws GuardError GENERATION_NOT_FOUND when a generation is not on the volume. */
export function requireStored(names: readonly string[], generation: string): string {
  if (names.includes(generation)) return generation
  throw new GuardError('GENERATION_NOT_FOUND', `there is no generation ${generation} on the volume; kept are ${names.join(', ')}`)
}

/**
 * The one that was live before the live one: what only canary nodes had, or nobody, does not count, nor what was gone back from. Pure.
 *
 * @param names of those that are kept.
 * @throws GuardError GENERATION_NOT_FOUND when there is none.
 */
export function generationBefore({ live, lived }: RollOutState, names: readonly string[]): string {
  const before = lived.slice(lived.indexOf(live) + 1).find((name) => names.includes(name))
  if (before !== undefined && live !== '') return before
  throw new GuardError('GENERATION_NOT_FOUND', `no generation that was live before ${live || 'the first'} is kept; name one to go back to`)
}
