import type { Logger } from '@guardimesh/kit'
import { type FileEvents, type FileEventsOptions, openFileEvents } from '../../../node/fanotify.js'
import { KernelError } from '../../../node/libc.js'

/** Opens the node's file events. Logs an error and returns undefined when the kernel rejects fanotify; scheduled scans remain. */
export function openFileEventsIfPossible(options: FileEventsOptions, log: Logger): FileEvents | undefined {
  try {
    return openFileEvents(options)
  } catch (error) {
    if (!(error instanceof KernelError)) throw error
    log.error({ error }, 'failed to open file events: this node detects writes by scheduled scans only')
    return undefined
  }
}
