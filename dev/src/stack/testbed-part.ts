import { errorCodeOf, GuardError, messageOf, sleep } from '@guardimesh/kit'
import { identityOf, isAlive, type ProcessIdentity } from '@guardimesh/testbed/process-identity.js'
import type { Part, RunningPart } from '../supervision/part.js'

const POLL_MS = 100

interface Startable {
  readonly pid: number
  stop(): Promise<void>
}

interface TestbedPartOptions<Running> {
  readonly name: string
  readonly logFile: string
  readonly start: () => Promise<Running>
  /** Sees each new instance, also those after a crash. */
  readonly onStart?: (running: Running) => void | Promise<void>
}

/** Makes a part of something that testbed starts. */
export function testbedPart<Running extends Startable>(options: TestbedPartOptions<Running>): Part {
  const { name, logFile } = options
  const launch = async () => {
    try {
      return await launchOrStop(options)
    } catch (error) {
      throw new GuardError(errorCodeOf(error), `${name}: ${messageOf(error)}`, { part: name, logFile }, { cause: error })
    }
  }
  return { name, logFile, launch }
}

/** A half start leaves nothing: who gets an error has nothing to stop. */
async function launchOrStop<Running extends Startable>({ start, onStart }: TestbedPartOptions<Running>): Promise<RunningPart> {
  const running = await start()
  try {
    await onStart?.(running)
    const identity = identityOf(running.pid)
    if (!identity) throw new GuardError('RUNTIME_UNAVAILABLE', 'it ended at once')
    return { identity, exited: untilGone(identity), stop: () => running.stop() }
  } catch (error) {
    await running.stop()
    throw error
  }
}

async function untilGone(identity: ProcessIdentity): Promise<string> {
  while (isAlive(identity)) await sleep(POLL_MS)
  return 'it is gone'
}
