import type { ProcessIdentity } from '@guardimesh/testbed/process-identity.js'

/** A part that runs. */
export interface RunningPart {
  readonly identity: ProcessIdentity
  /** Resolves when its main process ended, for whatever reason, with what is known about it ("exit code 1", "SIGKILL"). */
  readonly exited: Promise<string>
  /** Ends it and everything it brought along; fine when it is gone. */
  stop(): Promise<void>
}

/** Something the supervisor keeps running. */
export interface Part {
  readonly name: string
  /** Where it writes; shown when it fails. */
  readonly logFile: string
  /** Starts it, also after a crash of the one before. Resolves as soon as its main process runs. */
  launch(): Promise<RunningPart>
  /** Resolves when it can do its work; throws why not yet. Asked again and again at the first start. */
  readonly checkReady?: () => Promise<void>
}
