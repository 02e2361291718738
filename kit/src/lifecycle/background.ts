import type { Logger } from '../log/logger.js'

const failures = new Map<string, number>()

/** Returns the number of failures of background work by name since the process started. */
export function backgroundFailures(): ReadonlyMap<string, number> {
  return failures
}

/** Runs work in the background. Logs and counts a failure, which never terminates the process. */
export function background(log: Logger, name: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    failures.set(name, (failures.get(name) ?? 0) + 1)
    log.error({ error, work: name }, 'background work failed')
  })
}
