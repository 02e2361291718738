import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { GenerationName, RollOut, SignatureSettings } from '@guardimesh/contracts'
import { type Logger, messageOf, systemCodeOf, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'

const ROLL_OUT_FILE = 'roll-out.json'
/** More than a volume keeps. */
const MAX_ACTIVATIONS = 100
const NameOrNone = z.union([z.literal(''), GenerationName])
/** Unix time in ms of a decision. */
const Sequence = z.number().int().min(0)

/** Which generation is offered to which nodes, and since which decision. */
export interface RollOutState {
  /** The next import builds on it; empty before the first. */
  readonly head: string
  /** Also the target of the link `current`; empty before the first. */
  readonly active: string
  readonly activeSequence: number
  readonly rollOut: (RollOut & { readonly sequence: number }) | null
  readonly settings: SignatureSettings
  /** Kept generations that have been active, the latest first: candidates for a rollback without a name. */
  readonly activations: readonly string[]
}

/** `roll-out.json`. Its field names are those of version 0.1.0, so that upgrades and downgrades keep the settings. */
const RollOutFile = z.object({
  head: NameOrNone,
  live: NameOrNone,
  liveSequence: Sequence,
  rollOut: RollOut.extend({ sequence: Sequence }).nullable(),
  settings: SignatureSettings,
  lived: z.array(GenerationName).max(MAX_ACTIVATIONS),
})

/** Returns the state of a volume without `roll-out.json`: the linked generation is active everywhere. Pure. */
export function initialState(active: string, generations: readonly string[], now: Date): RollOutState {
  const settings = SignatureSettings.parse({})
  const activations = generations.slice(0, MAX_ACTIVATIONS)
  return { head: active, active, activeSequence: now.getTime(), rollOut: null, settings, activations }
}

/** Reads the state of a volume; undefined when it has none. A damaged file is renamed and logged. */
export async function readRollOutState(folder: string, log: Logger): Promise<RollOutState | undefined> {
  const path = join(folder, ROLL_OUT_FILE)
  try {
    const { live, liveSequence, lived, ...state } = RollOutFile.parse(JSON.parse(await readFile(path, 'utf8')))
    return { ...state, active: live, activeSequence: liveSequence, activations: lived }
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    log.error(
      { reason: messageOf(error) },
      `invalid ${ROLL_OUT_FILE} renamed to ${ROLL_OUT_FILE}.damaged; keeping the active generation, resetting the settings to defaults`,
    )
    await rename(path, `${path}.damaged`)
    return undefined
  }
}

/** Writes the state atomically. */
export async function writeRollOutState(folder: string, state: RollOutState): Promise<void> {
  const { active: live, activeSequence: liveSequence, activations, ...rest } = state
  const file: z.infer<typeof RollOutFile> = { ...rest, live, liveSequence, lived: activations.slice(0, MAX_ACTIVATIONS) }
  await writeFileDurably(join(folder, ROLL_OUT_FILE), `${JSON.stringify(file, null, 2)}\n`)
}
