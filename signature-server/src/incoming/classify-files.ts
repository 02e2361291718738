import type { ImportCheck } from '@guardimesh/contracts'
import { importFormOf, isReservedName } from '@guardimesh/signature-format'
import { isReplacedBy } from '../generation/replacement.js'
import type { IncomingFile } from './list-incoming.js'

/** Files that are rejected without reading their content. */
export interface RejectedFiles {
  readonly files: readonly IncomingFile[]
  readonly check: ImportCheck
  readonly message: string
}

/** Stable files by whether they can be imported. */
export interface ClassifiedFiles {
  /** Imported together or not at all. */
  readonly accepted: readonly IncomingFile[]
  readonly rejected: readonly RejectedFiles[]
}

/**
 * Separates signature files from other files, so that a README on removable media does not block the databases next to it. Pure.
 */
export function classifyFiles(files: readonly IncomingFile[]): ClassifiedFiles {
  const irregular = files.filter(({ isRegular }) => !isRegular)
  const regular = files.filter(({ isRegular }) => isRegular)
  const reserved = regular.filter(({ kind, name }) => isReservedName(kind, name))
  const named = regular.filter(({ kind, name }) => importFormOf(kind, name) !== undefined)
  const unnamed = regular.filter((file) => !named.includes(file) && !reserved.includes(file))
  const duplicates = named.filter((file) => named.some((other) => other !== file && isReplacedBy(file, other)))
  const rejected = [
    {
      files: irregular,
      check: 'regular-file' as const,
      message: `${list(irregular)}: not a regular file, nested too deeply, or has a .sha256 that is not a regular file. Copy the files themselves to incoming/ or a folder in it.`,
    },
    {
      files: unnamed,
      check: 'name' as const,
      message: `${list(unnamed)}: not a valid name of a ClamAV database, a delta (.cdiff), a hash list (.hashes, .csv) or a signature bundle, or of YARA rules (.yar, .yara) in a folder yara/. Use letters, digits, ".", "_" and "-".`,
    },
    {
      files: reserved,
      check: 'name' as const,
      message: `${list(reserved)}: this name is reserved for custom signatures. Rename the file.`,
    },
    {
      files: duplicates,
      check: 'name' as const,
      message: `${list(duplicates)}: duplicate names, or several formats of one database. Import only one of them.`,
    },
  ]
  return { accepted: named.filter((file) => !duplicates.includes(file)), rejected: rejected.filter(({ files }) => files.length > 0) }
}

/** Lists the first five paths. */
function list(files: readonly IncomingFile[]): string {
  const shown = files.slice(0, 5).map(({ path }) => path.replace(/[^ -~]/g, '?').slice(0, 200))
  return `${shown.join(', ')}${files.length > shown.length ? ` and ${files.length - shown.length} more` : ''}`
}
