import { FILE_SIZE_LIMIT_MAX_BYTES } from '@guardimesh/contracts'
import { errorCodeOf, messageOf } from '@guardimesh/kit'
import type { Verdict } from '../engine.js'

/** clamd answers OK for files of 2 GiB and above without looking (Cisco-Talos/clamav#344), so they are never sent. */
export const MAX_CLAMD_FILE_BYTES = FILE_SIZE_LIMIT_MAX_BYTES

/** The verdict for what ClamAV cannot hold. Pure. */
export function tooLargeForClamd(sizeBytes: number): Verdict {
  return { kind: 'not-scanned', reason: 'too_large', detail: `${sizeBytes} bytes, ClamAV takes at most ${MAX_CLAMD_FILE_BYTES}` }
}

/** The verdict for a file whose engine failed. Pure. */
export function notScannedAfter(error: unknown): Verdict {
  const reason = errorCodeOf(error) === 'ENGINE_TIMEOUT' ? 'timeout' : 'engine_error'
  return { kind: 'not-scanned', reason, detail: messageOf(error).slice(0, 400) }
}
