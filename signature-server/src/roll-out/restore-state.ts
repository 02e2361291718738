import type { Logger } from '@guardimesh/kit'
import { switchCurrent } from '@guardimesh/signature-format'
import { linkedGeneration, type StoredGeneration } from '../generation/stored-generation.js'
import { repairedState, withActive } from './decisions.js'
import { initialState, type RollOutState, readRollOutState, writeRollOutState } from './roll-out-state.js'

/**
 * Restores the rollout state at start. If the link `current` and the stored state differ, the link wins: the process was killed between the
 * two writes, or a backup was restored. Without a link the stored state is used. A link to a missing or damaged generation is switched to
 * an intact one.
 *
 * @param generations complete generations, newest first.
 */
export async function restoreState(folder: string, generations: readonly StoredGeneration[], log: Logger): Promise<RollOutState> {
  const names = generations.map(({ manifest }) => manifest.generation)
  const now = new Date()
  const linked = await linkedGeneration(folder, log)
  const stored = await readRollOutState(folder, log)
  const before = stored ?? initialState(names.includes(linked) ? linked : '', names, now)
  const wanted = linked === '' ? before.active : linked
  const active = names.includes(wanted) ? wanted : replacementFor(wanted, before, names)
  if (active !== linked && active !== '') {
    await switchCurrent(folder, active)
    if (active === wanted) log.error({ generation: active }, 'link to the active generation missing; link restored')
    else log.error({ generation: active, damaged: wanted }, 'active generation damaged; falling back to the newest intact generation')
  }
  const moved = active === before.active ? before : active === '' ? { ...before, active } : withActive(before, active, now)
  const state = repairedState(moved, names, now)
  // On a full disk the server still starts; the state is then lost at the next restart.
  await writeRollOutState(folder, state).catch((error: unknown) => log.error({ error }, 'failed to write roll-out.json'))
  return state
}

/**
 * Prefers a generation that was active before the damaged one, then any that was active, then any: outdated signatures are better than
 * none.
 */
function replacementFor(damaged: string, { activations, rollOut }: RollOutState, names: readonly string[]): string {
  const trusted = names.filter((name) => activations.includes(name))
  return trusted.find((name) => name < damaged) ?? trusted[0] ?? names.find((name) => name !== rollOut?.generation) ?? names[0] ?? ''
}
