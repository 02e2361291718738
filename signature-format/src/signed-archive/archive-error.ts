import { GuardError } from '@guardimesh/kit'

/**
 * Why an archive is rejected. `missing`: the archive or a volume in the middle does not exist; `ends-early`: truncated, or the last volume
 * is missing; `signature`: not signed by any of the keys; `damaged`: the content does not match the signed list; `unreadable`: I/O error.
 */
export type ArchiveFault = 'missing' | 'ends-early' | 'signature' | 'damaged' | 'unreadable'

/** Creates the error for a rejected archive. @param message includes what to do. */
export function archiveError(fault: ArchiveFault, message: string, cause?: unknown): GuardError {
  return new GuardError('ARCHIVE_INVALID', message, { fault }, { cause })
}

/** Returns the fault of an archive error; undefined for other errors. Pure. */
export function archiveFaultOf(error: unknown): ArchiveFault | undefined {
  return error instanceof GuardError && error.code === 'ARCHIVE_INVALID' ? (error.facts.fault as ArchiveFault) : undefined
}
