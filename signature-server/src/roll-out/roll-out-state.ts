import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { GenerationName, RollOut, SignatureSettings } from '@guardimesh/contracts'
import { type Logger, messageOf, systemCodeOf, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'

const ROLL_OUT_FILE = 'roll-out.json'
/** More than a volume keeps. */
const MAX_LIVED = 100
const NameOrNone = z.union([z.literal(''), GenerationName])
/** Unix time in ms of a decision. */
const Sequence = z.number().int().min(0)

/** Who is offered which generation, and since which decision: `roll-out.json`. */
export const RollOutState = z.object({
  /** What the next import builds on; empty before the first. */
  head: NameOrNone,
  /** Where the link `current` leads to, too. */
  live: NameOrNone,
  liveSequence: Sequence,
  rollOut: RollOut.extend({ sequence: Sequence }).nullable(),
  settings: SignatureSettings,
  /** Generations on the volume that have been live, the last one first: what a roll-back goes to unless told otherwise. */
  lived: z.array(GenerationName).max(MAX_LIVED),
})
export type RollOutState = Readonly<z.infer<typeof RollOutState>>

/** State of a volume that has none: the live generation is everything. Pure. */
export function stateOf(live: string, generations: readonly string[], now: Date): RollOutState {
  const settings = SignatureSettings.parse({})
  return { head: live, live, liveSequence: now.getTime(), rollOut: null, settings, lived: generations.slice(0, MAX_LIVED) }
}

/** Reads the state of a volume; undefined when it has none. A damaged file is put aside, and told. */
export async function readRollOutState(folder: string, log: Logger): Promise<RollOutState | undefined> {
  const path = join(folder, ROLL_OUT_FILE)
  try {
    return RollOutState.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    log.error(
      { reason: messageOf(error) },
      `${ROLL_OUT_FILE} cannot be read; it is kept as ${ROLL_OUT_FILE}.damaged, the live generation stays, and the settings are the defaults`,
    )
    await rename(path, `${path}.damaged`)
    return undefined
  }
}

/** Writes it so that a crash leaves the old state or the new one. */
export async function writeRollOutState(folder: string, state: RollOutState): Promise<void> {
  await writeFileDurably(join(folder, ROLL_OUT_FILE), `${JSON.stringify({ ...state, lived: state.lived.slice(0, MAX_LIVED) }, null, 2)}\n`)
}
