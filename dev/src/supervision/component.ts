import type { ProcessIdentity } from '@guardimesh/testbed/process-identity.js'

/** A component that is running. */
export interface RunningComponent {
  readonly identity: ProcessIdentity
  /** Resolves when its main process ended, with the reason ("exit code 1", "SIGKILL"). */
  readonly exited: Promise<string>
  /** Ends it and all processes that it started. Idempotent. */
  stop(): Promise<void>
}

/** A process, or group of processes, that the supervisor keeps running. */
export interface Component {
  readonly name: string
  /** Its output, displayed when it fails. */
  readonly logFile: string
  /** Starts it, also after a crash. Resolves as soon as its main process runs. */
  launch(): Promise<RunningComponent>
  /** Throws while it is not ready. Polled at the first start. */
  readonly checkReady?: () => Promise<void>
}

/** A component that failed to start. */
export class ComponentError extends Error {
  override readonly name = 'ComponentError'
  readonly component: string
  readonly logFile: string

  constructor({ name, logFile }: Pick<Component, 'name' | 'logFile'>, problem: string, cause?: unknown) {
    super(`${name} ${problem}`, { cause })
    this.component = name
    this.logFile = logFile
  }
}
