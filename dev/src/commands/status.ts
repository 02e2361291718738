import { isAlive } from '@guardimesh/testbed/process-identity.js'
import { readFacts } from '../stack/facts.js'
import type { StackFolders } from '../stack/folders.js'
import { currentBootId, readState } from '../supervision/state-file.js'

/** `make status`: prints one line for each component. The exit code is 1 when a component is not running. */
export async function status(folders: StackFolders): Promise<void> {
  const state = await readState(folders.stateFile)
  if (!state) {
    process.exitCode = 1
    process.stdout.write('Guardimesh is down.\n')
    return
  }
  const isThisBoot = state.bootId === currentBootId()
  const rows = [{ name: 'supervisor', identity: state.supervisor, restarts: 0 }, ...state.parts].map(({ name, identity, restarts }) => {
    const isRunning = isThisBoot && isAlive(identity)
    if (!isRunning) process.exitCode = 1
    return `  ${isRunning ? '✓' : '✗'} ${name.padEnd(20)} pid ${String(identity.pid).padEnd(8)} restarts ${restarts}`
  })
  const facts = await readFacts(folders.factsFile)
  process.stdout.write(`${rows.join('\n')}\n${facts ? `  ${facts.url}\n` : ''}`)
}
