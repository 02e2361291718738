import type { Logger } from '@guardimesh/kit'
import { type FileEvents, type FileEventsOptions, openFileEvents } from '../../../node/fanotify.js'
import { KernelError } from '../../../node/libc.js'

/** Opens the node's file events; undefined, and loudly so, where the kernel gives none. The node is scanned by start and schedule then. */
export function openEventsIfPossible(options: FileEventsOptions, log: Logger): FileEvents | undefined {
  try {
    return openFileEvents(options)
  } catch (error) {
    if (!(error instanceof KernelError)) throw error
    log.error({ error }, 'this node gives no file events: writes are found by scans only')
    return undefined
  }
}
