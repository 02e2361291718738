/** The platform failed to start; the log explains why. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly logFile: string

  constructor(message: string, logFile: string) {
    super(message)
    this.logFile = logFile
  }
}
