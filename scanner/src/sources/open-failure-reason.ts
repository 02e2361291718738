import type { CoverageReasonName } from '@guardimesh/contracts/detection/coverage-reason'
import { messageOf } from '@guardimesh/kit'
import { isNotRegular } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'

const STALLED = 'the file system of the file did not respond; it is tried again'

/** Returns the coverage reason for a file that could not be opened or read. Pure. */
export function openFailureReason(error: unknown): { readonly reason: CoverageReasonName; readonly detail: string } {
  if (!(error instanceof KernelError)) return { reason: 'unreadable', detail: messageOf(error) }
  if (isNotRegular(error)) return { reason: 'not_regular', detail: String(error.facts.fileKind ?? 'symlink') }
  if (error.errno === 'ENOENT' || error.errno === 'ESRCH' || error.errno === 'ESTALE') return { reason: 'vanished', detail: error.errno }
  if (error.errno === 'ETIMEDOUT') return { reason: 'file_system_stalled', detail: STALLED }
  if (error.errno === 'EXDEV') return { reason: 'outside_container', detail: error.errno }
  return { reason: 'unreadable', detail: error.errno }
}
