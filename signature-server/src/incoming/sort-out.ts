import type { ImportCheck } from '@guardimesh/contracts'
import { importFormOf, isReservedName } from '@guardimesh/signature-format'
import { isReplacedBy } from '../generation/succession.js'
import type { IncomingFile } from './list-incoming.js'

/** Files that are refused before anything of them is read. */
export interface Stray {
  readonly files: readonly IncomingFile[]
  readonly check: ImportCheck
  readonly message: string
}

/** What stands still, parted. */
export interface SortedOut {
  /** Taken together or not at all. */
  readonly wanted: readonly IncomingFile[]
  readonly strays: readonly Stray[]
}

/**
 * Parts what can be a database from what cannot, so that a note on the stick does not hold up the databases beside it. Pure.
 */
export function sortOut(files: readonly IncomingFile[]): SortedOut {
  const irregular = files.filter(({ isRegular }) => !isRegular)
  const regular = files.filter(({ isRegular }) => isRegular)
  const reserved = regular.filter(({ kind, name }) => isReservedName(kind, name))
  const named = regular.filter(({ kind, name }) => importFormOf(kind, name) !== undefined)
  const unnamed = regular.filter((file) => !named.includes(file) && !reserved.includes(file))
  const twins = named.filter((file) => named.some((other) => other !== file && isReplacedBy(file, other)))
  const strays = [
    {
      files: irregular,
      check: 'regular-file' as const,
      message: `${list(irregular)}: links, devices and deep folders are not taken, nor is a file with such a .sha256 beside it. Put the files themselves into incoming/ or one folder in it.`,
    },
    {
      files: unnamed,
      check: 'name' as const,
      message: `${list(unnamed)}: not the name of a ClamAV database, an delta, a hash list (.hashes, .csv) or a signature bundle, nor of a YARA rule (.yar, .yara) in a folder yara/. Use letters, digits, ".", "_" and "-".`,
    },
    {
      files: reserved,
      check: 'name' as const,
      message: `${list(reserved)}: a name that Guardimesh gives to the signatures of its own administrators. Use another one.`,
    },
    {
      files: twins,
      check: 'name' as const,
      message: `${list(twins)}: there are several of one name, or several forms of one database. Put in the one that you mean.`,
    },
  ]
  return { wanted: named.filter((file) => !twins.includes(file)), strays: strays.filter(({ files }) => files.length > 0) }
}

/** The first few of them. */
function list(files: readonly IncomingFile[]): string {
  const shown = files.slice(0, 5).map(({ path }) => path.replace(/[^ -~]/g, '?').slice(0, 200))
  return `${shown.join(', ')}${files.length > shown.length ? ` and ${files.length - shown.length} more` : ''}`
}
