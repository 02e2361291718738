import { isAlive, type ProcessIdentity } from '@guardimesh/testbed/process-identity.js'
import type { ComponentName } from '../../dev/src/stack/context.js'
import { waitFor } from '../src/wait-for.js'
import type { TestStack } from './harness.js'

const TIMEOUT_MS = 60_000

/**
 * Sends a signal to the main process of a part and waits until that process is gone and another one is there. It need not be ready.
 *
 * @returns the process that is there now.
 */
export async function killComponent(stack: TestStack, name: ComponentName, signal: NodeJS.Signals = 'SIGKILL'): Promise<ProcessIdentity> {
  const { supervisor } = stack.env
  // Between a crash and its restart a part has no process.
  const before = await waitFor(() => {
    const identity = supervisor.identityOf(name)
    if (!identity || !supervisor.signal(name, signal)) throw new Error(`${name} does not run`)
    return identity
  }, TIMEOUT_MS)
  return waitFor(() => {
    const after = supervisor.identityOf(name)
    if (isAlive(before) || !after || after.startTicks === before.startTicks) throw new Error(`${name} was not started again`)
    return after
  }, TIMEOUT_MS)
}
