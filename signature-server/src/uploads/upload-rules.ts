import { MIB_BYTES, Sha256Hex } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { importFormOf, SIGNATURE_KINDS } from '@guardimesh/signature-format'
import { z } from 'zod'

/** A bundle of the official set with all that others make has less; a single database is at most 2 GiB. */
export const MAX_UPLOAD_BYTES = 8192 * MIB_BYTES
/** Of all that is on the volume at a time, whole or not. */
const MAX_TOTAL_BYTES = 2 * MAX_UPLOAD_BYTES
/** Twice what one import takes. */
const MAX_UPLOADS = 400

/** What an upload says of its file, in the metadata of the tus protocol. */
export const UploadMetadata = z.object({
  filename: z.string().min(1).max(127),
  kind: z.enum(SIGNATURE_KINDS),
  sha256: Sha256Hex,
})

/** A new upload, and what is there already. */
interface WantedUpload {
  readonly metadata: unknown
  /** Undefined when the client does not say yet. */
  readonly sizeBytes: number | undefined
  readonly count: number
  readonly totalBytes: number
}

/** Takes an upload or says why not. Pure. @throws GuardError BODY_INVALID, BODY_TOO_LARGE */
export function requireUploadable({ metadata, sizeBytes, count, totalBytes }: WantedUpload): void {
  const parsed = UploadMetadata.safeParse(metadata)
  if (!parsed.success)
    throw new GuardError('BODY_INVALID', `the metadata needs filename, kind (clamav or yara) and sha256: ${z.prettifyError(parsed.error)}`)
  const { filename, kind } = parsed.data
  if (importFormOf(kind, filename) === undefined)
    throw new GuardError('BODY_INVALID', `${filename.replace(/[^ -~]/g, '?')} is not the name of a signature file or bundle; rename it`)
  if (sizeBytes === undefined) throw new GuardError('BODY_INVALID', `say how large ${filename} is (Upload-Length)`)
  if (sizeBytes > MAX_UPLOAD_BYTES)
    throw new GuardError('BODY_TOO_LARGE', `${filename} is larger than the ${MAX_UPLOAD_BYTES} bytes of an upload`)
  if (count >= MAX_UPLOADS || totalBytes + sizeBytes > MAX_TOTAL_BYTES)
    throw new GuardError(
      'BODY_TOO_LARGE',
      `with ${filename} there would be more than ${MAX_UPLOADS} uploads or ${MAX_TOTAL_BYTES} bytes that no import has taken yet; import or delete those first`,
    )
}
