import { GuardError } from '@guardimesh/kit'

/**
 * Why an archive is not taken: `missing`: there is none, or not all of its volumes; `ends-early`: a part of it, or its last volume, is not here;
 * `signature`: none of the keys signed it; `damaged`: anything in it that is not as the signed list says; `unreadable`: the medium fails.
 */
export type ArchiveFault = 'missing' | 'ends-early' | 'signature' | 'damaged' | 'unreadable'

/** The error of an archive that is not taken; the sentence says what to do. */
export function archiveError(fault: ArchiveFault, message: string, cause?: unknown): GuardError {
  return new GuardError('ARCHIVE_INVALID', message, { fault }, { cause })
}

/** Undefined for errors that are not about an archive. Pure. */
export function archiveFaultOf(error: unknown): ArchiveFault | undefined {
  return error instanceof GuardError && error.code === 'ARCHIVE_INVALID' ? (error.facts.fault as ArchiveFault) : undefined
}
