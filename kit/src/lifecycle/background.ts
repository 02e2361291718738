import type { Logger } from '../log/logger.js'

const failures = new Map<string, number>()

/** How often background work of each name failed since the process started. */
export function backgroundFailures(): ReadonlyMap<string, number> {
  return failures
}

/** Lets work run on its own. A failure is logged and counted, never lost and never fatal. */
export function background(log: Logger, name: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    failures.set(name, (failures.get(name) ?? 0) + 1)
    log.error({ error, work: name }, 'background work failed')
  })
}
