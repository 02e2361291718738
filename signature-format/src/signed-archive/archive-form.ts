import { z } from 'zod'
import { archiveError } from './archive-error.js'

/** A file of an archive, as in the signed list. */
export interface ArchiveFile {
  /** Relative path. The schema of the form ensures that it is safe to create. */
  readonly path: string
  readonly sizeBytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** Common part of all lists, with the files in the order of the archive. */
export interface ArchiveList {
  readonly files: readonly ArchiveFile[]
}

/** A kind of signed archive: names of its list and signature, and the schema of the list. */
export interface ArchiveForm<List extends ArchiveList> {
  readonly listPath: string
  readonly signaturePath: string
  readonly listMaxBytes: number
  readonly schema: z.ZodType<List>
  /** Returns the file mode for a path. */
  readonly modeOf: (path: string) => number
}

/** Parses the list of an archive. @throws GuardError ARCHIVE_INVALID with the invalid fields. */
export function parseArchiveList<List extends ArchiveList>(form: ArchiveForm<List>, bytes: Buffer): List {
  const parsed = form.schema.safeParse(parseJson(form.listPath, bytes))
  if (parsed.success) return parsed.data
  throw archiveError('damaged', `${form.listPath} of the bundle is invalid:\n${z.prettifyError(parsed.error)}`)
}

function parseJson(listPath: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw archiveError('damaged', `${listPath} of the bundle is not valid JSON.`, error)
  }
}
