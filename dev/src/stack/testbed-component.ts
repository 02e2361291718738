import { messageOf, sleep } from '@guardimesh/kit'
import { identityOf, isAlive, type ProcessIdentity } from '@guardimesh/testbed/process-identity.js'
import { type Component, ComponentError, type RunningComponent } from '../supervision/component.js'

const POLL_INTERVAL_MS = 100

interface Startable {
  readonly pid: number
  stop(): Promise<void>
}

interface TestbedComponentOptions<Running> {
  readonly name: string
  readonly logFile: string
  readonly start: () => Promise<Running>
  /** Called for each new instance, also after a crash. */
  readonly onStart?: (running: Running) => void | Promise<void>
}

/** Creates a component of a server that testbed starts. */
export function testbedComponent<Running extends Startable>(options: TestbedComponentOptions<Running>): Component {
  const { name, logFile } = options
  const launch = async () => {
    try {
      return await launchOrStop(options)
    } catch (error) {
      throw new ComponentError(options, `failed to start: ${messageOf(error)}`, error)
    }
  }
  return { name, logFile, launch }
}

/** Starts a server, and stops it again if its start fails. */
async function launchOrStop<Running extends Startable>({ start, onStart }: TestbedComponentOptions<Running>): Promise<RunningComponent> {
  const running = await start()
  try {
    await onStart?.(running)
    const identity = identityOf(running.pid)
    if (!identity) throw new Error('it ended immediately')
    return { identity, exited: untilEnded(identity), stop: () => running.stop() }
  } catch (error) {
    await running.stop()
    throw error
  }
}

async function untilEnded(identity: ProcessIdentity): Promise<string> {
  while (isAlive(identity)) await sleep(POLL_INTERVAL_MS)
  return 'process ended'
}
