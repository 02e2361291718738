import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { messageOf } from '@guardimesh/kit'
import { fingerprint, readContainerHeader, type SignatureKind } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import { parseSourceName, type SourceName } from './source-name.js'

const REPLACEMENT_CHARACTER = '\ufffd'

/** A local file that can be imported by a signature server. */
export interface SignatureSource {
  /** `clamav/NAME` or `yara/NAME`. */
  readonly path: string
  readonly name: SourceName
  readonly source: string
  readonly sizeBytes: number
  readonly sha256: string
  /** From the header of a container. */
  readonly version?: number
  readonly builtAt?: string
}

export interface Collection {
  readonly files: readonly SignatureSource[]
  /** Files that cannot be imported. */
  readonly ignored: readonly string[]
}

interface Found {
  readonly source: string
  readonly kind: SignatureKind
}

/**
 * Collects the signature files in folders and in their subfolders `clamav/` and `yara/`: a database folder of freshclam or cvdupdate, or a
 * folder with the layout of a generation. Rules for the obfuscation scanner are in folders named `yara`.
 *
 * @throws CommandError when a folder cannot be read, a container has no valid header, or two different files have the same name.
 */
export async function collectSignatures(folders: readonly string[]): Promise<Collection> {
  const found = (await Promise.all(folders.map(list))).flat()
  const files = new Map<string, SignatureSource>()
  const ignored: string[] = []
  for (const { source, kind } of found) {
    const name = parseSourceName(kind, basename(source))
    if (!name) {
      ignored.push(source)
      continue
    }
    const file = await describe(source, kind, name)
    const duplicate = files.get(file.path)
    if (duplicate && duplicate.sha256 !== file.sha256)
      throw new CommandError(`${duplicate.source} and ${source} have the same name but different content. Keep only one of them.`)
    files.set(file.path, duplicate ?? file)
  }
  return { files: [...files.values()].sort((one, other) => (one.path < other.path ? -1 : 1)), ignored }
}

async function list(folder: string): Promise<Found[]> {
  const kind = kindOf(folder)
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new CommandError(`The folder ${folder} cannot be read: ${messageOf(error)}.`)
  })
  const found: Found[] = []
  for (const entry of entries) {
    const source = join(folder, entry.name)
    // A name that is not UTF-8 does not lead to its file, and is never that of a signature file.
    if (entry.name.includes(REPLACEMENT_CHARACTER)) {
      found.push({ source, kind })
      continue
    }
    // stat follows links, because freshclam and cvdupdate create links to downloaded files.
    const stats = await stat(source).catch((error: unknown) => {
      throw new CommandError(`${describeUnreadable(source, entry.isSymbolicLink())}: ${messageOf(error)}.`)
    })
    if (stats.isFile()) found.push({ source, kind })
    else if (stats.isDirectory() && (entry.name === 'clamav' || entry.name === 'yara')) found.push(...(await list(source)))
  }
  return found
}

function describeUnreadable(source: string, isLink: boolean): string {
  return isLink ? `The symbolic link ${source} leads to no file; remove it or copy its target` : `The file ${source} cannot be read`
}

function kindOf(folder: string): SignatureKind {
  return basename(resolve(folder)) === 'yara' ? 'yara' : 'clamav'
}

async function describe(source: string, kind: SignatureKind, name: SourceName): Promise<SignatureSource> {
  const file = { path: `${kind}/${basename(source)}`, name, source, ...(await fingerprint(source)) }
  if (name.form !== 'container') return file
  const header = await readContainerHeader(source)
  if (!header) throw new CommandError(`${source} has no valid ClamAV header and may be an error page. Download it again.`)
  return { ...file, version: header.version, builtAt: header.builtAt }
}
