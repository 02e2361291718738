import { MIB_BYTES } from '@guardimesh/contracts/units'
import { GuardError } from '@guardimesh/kit'

/**
 * Memory for scans in addition to the databases: clamd's two threads unpack to disk and hold windows of files, whose pages the kernel can
 * reclaim.
 */
export const SCAN_MEMORY_BYTES = 256 * MIB_BYTES

/**
 * How clamd loads new databases. `concurrent`: while it keeps scanning with the old ones, which needs memory for both. `sequential`: after
 * it has freed the old ones; scans wait.
 */
export type LoadMode = 'concurrent' | 'sequential'

/**
 * Chooses how clamd loads databases of this size. Pure.
 *
 * @param memoryBytes memory that the databases need; undefined when it was not measured.
 * @param limitBytes memory limit of clamd's container; undefined when unknown.
 * @throws GuardError SIGNATURES_INVALID when the databases do not fit even when loaded sequentially.
 */
export function chooseLoadMode(memoryBytes: number | undefined, limitBytes: number | undefined): LoadMode {
  if (memoryBytes === undefined || limitBytes === undefined) return 'sequential'
  if (memoryBytes + SCAN_MEMORY_BYTES > limitBytes)
    throw new GuardError(
      'SIGNATURES_INVALID',
      `these signatures need ${mib(memoryBytes)} of memory and scans ${mib(SCAN_MEMORY_BYTES)}, but clamd is limited to ${mib(limitBytes)}; raise the memory limit of guardimesh-antivirus, or choose a smaller profile`,
    )
  return 2 * memoryBytes + SCAN_MEMORY_BYTES <= limitBytes ? 'concurrent' : 'sequential'
}

function mib(bytes: number): string {
  return `${Math.ceil(bytes / MIB_BYTES)} MiB`
}
