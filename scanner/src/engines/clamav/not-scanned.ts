import { FILE_SIZE_LIMIT_MAX_BYTES } from '@guardimesh/contracts/http/scan-config'
import { errorCodeOf, messageOf } from '@guardimesh/kit'
import type { Verdict } from '../engine.js'

/** clamd answers OK for files of 2 GiB and above without scanning them (Cisco-Talos/clamav#344), so they are never sent. */
export const MAX_CLAMD_FILE_BYTES = FILE_SIZE_LIMIT_MAX_BYTES

/** Builds the verdict for a file above ClamAV's size limit. Pure. */
export function tooLargeForClamd(sizeBytes: number): Verdict {
  return { kind: 'not-scanned', reason: 'too_large', detail: `${sizeBytes} bytes, the maximum of ClamAV is ${MAX_CLAMD_FILE_BYTES}` }
}

/** Builds the verdict for a file whose engine failed. Pure. */
export function notScannedAfter(error: unknown): Verdict {
  const reason = errorCodeOf(error) === 'ENGINE_TIMEOUT' ? 'timeout' : 'engine_error'
  return { kind: 'not-scanned', reason, detail: messageOf(error).slice(0, 400) }
}
