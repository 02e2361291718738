import { MIB_BYTES, Sha256Hex } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { importFormOf, SIGNATURE_KINDS } from '@guardimesh/signature-format'
import { z } from 'zod'

/** Maximum size of an upload. A bundle of all official and third-party signatures is smaller; a single database has at most 2 GiB. */
export const MAX_UPLOAD_BYTES = 8192 * MIB_BYTES
/** Maximum total size of complete and incomplete uploads. */
const MAX_TOTAL_BYTES = 2 * MAX_UPLOAD_BYTES
/** Maximum number of uploads: twice the maximum of one import. */
const MAX_UPLOADS = 400

/** Upload metadata of the tus protocol. */
export const UploadMetadata = z.object({
  filename: z.string().min(1).max(127),
  kind: z.enum(SIGNATURE_KINDS),
  sha256: Sha256Hex,
})

/** A requested upload, and the existing ones. */
interface WantedUpload {
  readonly metadata: unknown
  /** Undefined when the client defers the length. */
  readonly sizeBytes: number | undefined
  readonly count: number
  readonly totalBytes: number
}

/** Validates a requested upload. Pure. @throws GuardError BODY_INVALID, BODY_TOO_LARGE */
export function requireAcceptable({ metadata, sizeBytes, count, totalBytes }: WantedUpload): void {
  const parsed = UploadMetadata.safeParse(metadata)
  if (!parsed.success)
    throw new GuardError(
      'BODY_INVALID',
      `the metadata requires filename, kind (clamav or yara) and sha256: ${z.prettifyError(parsed.error)}`,
    )
  const { filename, kind } = parsed.data
  if (importFormOf(kind, filename) === undefined)
    throw new GuardError('BODY_INVALID', `${filename.replace(/[^ -~]/g, '?')} is not a valid name of a signature file or bundle; rename it`)
  if (sizeBytes === undefined) throw new GuardError('BODY_INVALID', `the size of ${filename} is missing (header Upload-Length)`)
  if (sizeBytes > MAX_UPLOAD_BYTES)
    throw new GuardError('BODY_TOO_LARGE', `${filename} is too large (maximum ${MAX_UPLOAD_BYTES} bytes per upload)`)
  if (count >= MAX_UPLOADS || totalBytes + sizeBytes > MAX_TOTAL_BYTES)
    throw new GuardError(
      'BODY_TOO_LARGE',
      `too many pending uploads for ${filename} (maximum ${MAX_UPLOADS} uploads and ${MAX_TOTAL_BYTES} bytes); import or delete them first`,
    )
}
