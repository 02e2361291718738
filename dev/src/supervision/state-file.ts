import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'
import { z } from 'zod'

const RecordedProcess = z.object({ pid: z.int().min(2), startTicks: z.string().regex(/^\d+$/) })

/** What runs now, on disk, so that another program can show it and stop it. */
export const SupervisorState = z.object({
  /** Start times count from the boot: with another one, nothing of this runs any more. */
  bootId: z.uuid(),
  supervisor: RecordedProcess,
  /** In the order of their start. */
  parts: z.array(z.object({ name: z.string(), identity: RecordedProcess, restarts: z.int().min(0) })).max(100),
})
export type SupervisorState = z.infer<typeof SupervisorState>

/** Names the time since the machine started. */
export function currentBootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** The recorded state; undefined when nothing was started since the last stop. @throws GuardError CONFIG_INVALID for a file that is not ours. */
export async function readState(path: string): Promise<SupervisorState | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    return SupervisorState.parse(JSON.parse(text))
  } catch (error) {
    throw new GuardError('CONFIG_INVALID', `${path} is damaged: ${messageOf(error)}`, { path }, { cause: error })
  }
}

/** Writes the state so that a reader sees the old or the new one, never a half. */
export async function writeState(path: string, state: SupervisorState): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.new`
  await writeFile(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, path)
}

export async function removeState(path: string): Promise<void> {
  await rm(path, { force: true })
}
