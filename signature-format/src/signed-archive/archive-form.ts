import { z } from 'zod'
import { archiveError } from './archive-error.js'

/** A file of an archive, as the signed list names it. */
export interface ArchiveFile {
  /** Relative, and safe to be made on a disk: the form's schema sees to it. */
  readonly path: string
  readonly sizeBytes: number
  /** Hex. */
  readonly sha256: string
}

/** What every list has; each form adds its own facts. Files in the order of the archive. */
export interface ArchiveList {
  readonly files: readonly ArchiveFile[]
}

/** A kind of signed archive: what its list is called, and what may be in it. */
export interface ArchiveForm<List extends ArchiveList> {
  readonly listPath: string
  readonly signaturePath: string
  readonly listMaxBytes: number
  readonly schema: z.ZodType<List>
  /** File mode of a path. */
  readonly modeOf: (path: string) => number
}

/** @throws GuardError ARCHIVE_INVALID that says what is wrong with the list. */
export function parseArchiveList<List extends ArchiveList>(form: ArchiveForm<List>, bytes: Buffer): List {
  const parsed = form.schema.safeParse(parseJson(form.listPath, bytes))
  if (parsed.success) return parsed.data
  throw archiveError('damaged', `${form.listPath} of the bundle cannot be used:\n${z.prettifyError(parsed.error)}`)
}

function parseJson(listPath: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw archiveError('damaged', `${listPath} of the bundle is no JSON.`, error)
  }
}
