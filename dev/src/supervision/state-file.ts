import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { messageOf, unlessMissing } from '@guardimesh/kit'
import { z } from 'zod'

const RecordedProcess = z.object({ pid: z.int().min(2), startTicks: z.string().regex(/^\d+$/) })

/** The running processes, recorded on disk so that another program can display and stop them. */
export const SupervisorState = z.object({
  /** Start times are relative to the boot: with another boot id, none of the processes is running. */
  bootId: z.uuid(),
  supervisor: RecordedProcess,
  /** Components in the order of their start. */
  parts: z.array(z.object({ name: z.string(), identity: RecordedProcess, restarts: z.int().min(0) })).max(100),
})
export type SupervisorState = z.infer<typeof SupervisorState>

/** Returns the id that the kernel generates at each boot. */
export function currentBootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** Reads the recorded state; undefined when nothing was started since the last stop. @throws Error for an invalid file. */
export async function readState(path: string): Promise<SupervisorState | undefined> {
  const text = await unlessMissing(readFile(path, 'utf8'), undefined)
  if (text === undefined) return undefined
  try {
    return SupervisorState.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${path} is damaged: ${messageOf(error)}`, { cause: error })
  }
}

/** Replaces the state atomically. */
export async function writeState(path: string, state: SupervisorState): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.new`
  await writeFile(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, path)
}

export async function removeState(path: string): Promise<void> {
  await rm(path, { force: true })
}
