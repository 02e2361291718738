import { eicarShellCommand } from '@guardimesh/testbed/eicar.js'

/** Where the command that `make infect` runs puts its file. */
const INFECTED_PATH = '/tmp/eicar.com'

/** The runtime whose containers are watched. */
export interface WatchedRuntime {
  /** `unix:///path` of CRI or the Docker API. */
  readonly endpoint: string
  /** One sentence: which it is and why. */
  readonly why: string
  /** Command that writes a harmless test virus into the demo container; undefined when there is none. */
  readonly infectCommand?: string[]
}

/** Arguments that write the EICAR test file, for a shell in the container. */
export function infectShellCommand(): string[] {
  return ['sh', '-c', eicarShellCommand(INFECTED_PATH)]
}
