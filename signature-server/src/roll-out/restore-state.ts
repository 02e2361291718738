import type { Logger } from '@guardimesh/kit'
import { switchCurrent } from '@guardimesh/signature-format'
import { linkedGeneration, type StoredGeneration } from '../generation/stored-generation.js'
import { repairedState, withActive } from './decisions.js'
import { type RollOutState, readRollOutState, stateOf, writeRollOutState } from './roll-out-state.js'

/**
 * Finds out who is offered what after a start. Where the link `current` leads elsewhere than the last decision says, the link counts: a process
 * was killed between the two, or somebody restored a backup. Without a link the decision counts. A link that leads to nothing whole is set to a
 * generation that is.
 *
 * @param generations that are whole, newest first.
 */
export async function restoreState(folder: string, generations: readonly StoredGeneration[], log: Logger): Promise<RollOutState> {
  const names = generations.map(({ manifest }) => manifest.generation)
  const now = new Date()
  const linked = await linkedGeneration(folder, log)
  const kept = await readRollOutState(folder, log)
  const before = kept ?? stateOf(names.includes(linked) ? linked : '', names, now)
  const last = linked === '' ? before.live : linked
  const live = names.includes(last) ? last : replacementFor(last, before, names)
  if (live !== linked && live !== '') {
    await switchCurrent(folder, live)
    if (live === last) log.error({ generation: live }, 'the link to the live generation was lost, and is made anew')
    else log.error({ generation: live }, 'the live generation is damaged; the newest whole one that may be live is it instead')
  }
  const moved = live === before.live ? before : live === '' ? { ...before, live } : withActive(before, live, now)
  const state = repairedState(moved, names, now)
  // A full disk costs the memory of it, not the start.
  await writeRollOutState(folder, state).catch((error: unknown) => log.error({ error }, 'roll-out.json cannot be written'))
  return state
}

/** The newest that has been live, best one before the one that is lost; else any: old signatures are better than none. */
function replacementFor(lost: string, { lived, rollOut }: RollOutState, names: readonly string[]): string {
  const trusted = names.filter((name) => lived.includes(name))
  return trusted.find((name) => name < lost) ?? trusted[0] ?? names.find((name) => name !== rollOut?.generation) ?? names[0] ?? ''
}
