import { SECOND_MS } from '@guardimesh/contracts'
import { endProcess, isAlive } from '@guardimesh/testbed/process-identity.js'
import { currentBootId, readState, removeState } from './state-file.js'

/** A supervisor stops its parts one after the other; most take milliseconds, the slowest may need its whole grace period. */
const SUPERVISOR_GRACE_MS = 60 * SECOND_MS
const PART_GRACE_MS = 10 * SECOND_MS

/** How `stopRecorded` ended. */
export type StopOutcome = 'nothing-ran' | 'stopped' | 'cleaned-after-crash'

/**
 * Stops what a state file records, and nothing else: the supervisor, which ends its parts; and, when it had crashed, the parts that it left.
 * A pid that another process has now is left alone.
 */
export async function stopRecorded(stateFile: string): Promise<StopOutcome> {
  const state = await readState(stateFile)
  if (!state) return 'nothing-ran'
  const isThisBoot = state.bootId === currentBootId()
  const supervisorRan = isThisBoot && isAlive(state.supervisor)
  if (supervisorRan) await endProcess(state.supervisor, 'SIGTERM', SUPERVISOR_GRACE_MS)
  // The supervisor may have started a part again since: its last record counts.
  const left = isThisBoot ? ((await readState(stateFile))?.parts ?? []) : []
  const isAnyLeft = left.some(({ identity }) => isAlive(identity))
  for (const { identity } of left.toReversed()) await endProcess(identity, 'SIGTERM', PART_GRACE_MS)
  await removeState(stateFile)
  if (supervisorRan && !isAnyLeft) return 'stopped'
  return isAnyLeft ? 'cleaned-after-crash' : 'nothing-ran'
}
