import { SECOND_MS } from '@guardimesh/contracts'
import { endProcess, isAlive } from '@guardimesh/testbed/process-identity.js'
import { currentBootId, readState, removeState } from './state-file.js'

/** A supervisor stops its components one after the other; most need milliseconds, the slowest up to its grace period. */
const SUPERVISOR_GRACE_MS = 60 * SECOND_MS
const COMPONENT_GRACE_MS = 10 * SECOND_MS

/** Result of `stopRecorded`. */
export type StopOutcome = 'nothing-ran' | 'stopped' | 'cleaned-after-crash'

/**
 * Stops exactly the processes of a state file: the supervisor, which ends its components, and the components that a crashed supervisor left.
 * A process that now has a recorded pid is not touched.
 */
export async function stopRecorded(stateFile: string): Promise<StopOutcome> {
  const state = await readState(stateFile)
  if (!state) return 'nothing-ran'
  const isThisBoot = state.bootId === currentBootId()
  const supervisorRan = isThisBoot && isAlive(state.supervisor)
  if (supervisorRan) await endProcess(state.supervisor, 'SIGTERM', SUPERVISOR_GRACE_MS)
  // The supervisor may have restarted a component meanwhile, so read its last record.
  const left = isThisBoot ? ((await readState(stateFile))?.parts ?? []) : []
  const isAnyLeft = left.some(({ identity }) => isAlive(identity))
  for (const { identity } of left.toReversed()) await endProcess(identity, 'SIGTERM', COMPONENT_GRACE_MS)
  await removeState(stateFile)
  if (supervisorRan && !isAnyLeft) return 'stopped'
  return isAnyLeft ? 'cleaned-after-crash' : 'nothing-ran'
}
