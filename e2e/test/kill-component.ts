import type { ComponentName } from '@guardimesh/dev/stack/context.js'
import { isAlive, type ProcessIdentity } from '@guardimesh/testbed/process-identity.js'
import { waitFor } from '../src/wait-for.js'
import type { TestStack } from './harness.js'

const TIMEOUT_MS = 60_000

/**
 * Sends a signal to the main process of a component and waits until a new process replaces it, which may not be ready yet.
 *
 * @returns the new process.
 */
export async function killComponent(stack: TestStack, name: ComponentName, signal: NodeJS.Signals = 'SIGKILL'): Promise<ProcessIdentity> {
  const { supervisor } = stack.env
  // A component has no process between a crash and its restart.
  const before = await waitFor(() => {
    const identity = supervisor.identityOf(name)
    if (!identity || !supervisor.signal(name, signal)) throw new Error(`${name} is not running`)
    return identity
  }, TIMEOUT_MS)
  return waitFor(() => {
    const after = supervisor.identityOf(name)
    if (isAlive(before) || !after || after.startTicks === before.startTicks) throw new Error(`${name} was not restarted`)
    return after
  }, TIMEOUT_MS)
}
