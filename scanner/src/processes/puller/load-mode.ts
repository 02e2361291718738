import { MIB_BYTES } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'

/**
 * What scans take beside the databases: clamd's two threads unpack onto the disk and hold windows of files, whose pages the kernel can take
 * back.
 */
export const SCAN_MEMORY_BYTES = 256 * MIB_BYTES

/** `beside`: new databases are loaded beside the old ones, and scans go on meanwhile. `alone`: after them, and scans wait. */
export type LoadMode = 'beside' | 'alone'

/**
 * How clamd is to load databases of this size. Pure.
 *
 * @param memoryBytes what they take; undefined when nobody measured it.
 * @param limitBytes memory limit of clamd's container; undefined when nobody knows it.
 * @throws GuardError SIGNATURES_INVALID when they do not fit even alone.
 */
export function chooseLoadMode(memoryBytes: number | undefined, limitBytes: number | undefined): LoadMode {
  if (memoryBytes === undefined || limitBytes === undefined) return 'alone'
  if (memoryBytes + SCAN_MEMORY_BYTES > limitBytes)
    throw new GuardError(
      'SIGNATURES_INVALID',
      `these signatures take ${mib(memoryBytes)} of memory and scans ${mib(SCAN_MEMORY_BYTES)}, but clamd may have ${mib(limitBytes)}; raise the memory limit of guardimesh-antivirus, or choose a smaller profile`,
    )
  return 2 * memoryBytes + SCAN_MEMORY_BYTES <= limitBytes ? 'beside' : 'alone'
}

function mib(bytes: number): string {
  return `${Math.ceil(bytes / MIB_BYTES)} MiB`
}
