import { rm } from 'node:fs/promises'
import { removeFacts } from '../stack/facts.js'
import type { StackFolders } from '../stack/folders.js'
import { cleanRuntime } from '../stack/runtime.js'
import { type StopOutcome, stopRecorded } from '../supervision/stop-recorded.js'

/** Stops all recorded processes, also after a crash, and removes containers and mounts. Keeps the data. */
export async function stopAll(folders: StackFolders): Promise<StopOutcome> {
  const outcome = await stopRecorded(folders.stateFile)
  await cleanRuntime(folders)
  await removeFacts(folders.factsFile)
  await rm(folders.run, { recursive: true, force: true })
  return outcome
}

const MESSAGES: Record<StopOutcome, string> = {
  stopped: 'Guardimesh is stopped.',
  'cleaned-after-crash': 'Guardimesh had crashed; its remaining processes are stopped.',
  'nothing-ran': 'Guardimesh was not running.',
}

/** `make down` */
export async function down(folders: StackFolders): Promise<void> {
  process.stdout.write(`${MESSAGES[await stopAll(folders)]} The data is kept in ${folders.root}\n`)
}

/** `make reset`: stops and deletes the data. */
export async function reset(folders: StackFolders): Promise<void> {
  const outcome = await stopAll(folders)
  await rm(folders.root, { recursive: true, force: true })
  process.stdout.write(`${MESSAGES[outcome]} The data is deleted.\n`)
}
