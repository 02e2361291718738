import { eicarShellCommand } from '@guardimesh/testbed/eicar.js'

/** Target path of the command that `make infect` runs. */
const INFECTED_PATH = '/tmp/eicar.com'

/** The watched container runtime. */
export interface WatchedRuntime {
  /** `unix:///path` of CRI or the Docker API. */
  readonly endpoint: string
  /** Description with the reason for choosing it. */
  readonly why: string
  /** Command that writes a harmless test virus into the demo container; undefined when there is none. */
  readonly infectCommand?: string[]
}

/** Builds the arguments of a shell in the container that writes the EICAR test file. */
export function infectShellCommand(): string[] {
  return ['sh', '-c', eicarShellCommand(INFECTED_PATH)]
}
