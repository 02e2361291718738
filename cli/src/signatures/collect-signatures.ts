import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { messageOf } from '@guardimesh/kit'
import { fingerprint, readContainerHeader, type SignatureKind } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import { parseSourceName, type SourceName } from './source-name.js'

/** A file on this machine that can go to a signature server. */
export interface SignatureSource {
  /** `clamav/NAME` or `yara/NAME`. */
  readonly path: string
  readonly name: SourceName
  readonly source: string
  readonly sizeBytes: number
  readonly sha256: string
  /** Of the header of a container. */
  readonly version?: number
  readonly builtAt?: string
}

export interface Collection {
  readonly files: readonly SignatureSource[]
  /** What lay there and is nothing for a signature server. */
  readonly strays: readonly string[]
}

interface Found {
  readonly source: string
  readonly kind: SignatureKind
}

/**
 * What is directly in folders and in `clamav/` and `yara/` below them: a folder of freshclam or cvdupdate, or one laid out like a generation.
 * Rules of the obfuscation scanner lie in folders named `yara`.
 *
 * @throws CommandError when a folder cannot be read, a container has no header, or two different files have one name.
 */
export async function collectSignatures(folders: readonly string[]): Promise<Collection> {
  const found = (await Promise.all(folders.map(list))).flat()
  const files = new Map<string, SignatureSource>()
  const strays: string[] = []
  for (const { source, kind } of found) {
    const name = parseSourceName(kind, basename(source))
    if (!name) {
      strays.push(source)
      continue
    }
    const file = await describe(source, kind, name)
    const twin = files.get(file.path)
    if (twin && twin.sha256 !== file.sha256)
      throw new CommandError(`${twin.source} and ${source} have one name and are different: keep the one that you mean.`)
    files.set(file.path, twin ?? file)
  }
  return { files: [...files.values()].sort((one, other) => (one.path < other.path ? -1 : 1)), strays }
}

async function list(folder: string): Promise<Found[]> {
  const kind = kindOf(folder)
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new CommandError(`The folder ${folder} cannot be read: ${messageOf(error)}.`)
  })
  const found: Found[] = []
  for (const entry of entries) {
    const source = join(folder, entry.name)
    // freshclam and cvdupdate make links to what they fetched.
    const stats = await stat(source)
    if (stats.isFile()) found.push({ source, kind })
    else if (stats.isDirectory() && (entry.name === 'clamav' || entry.name === 'yara')) found.push(...(await list(source)))
  }
  return found
}

function kindOf(folder: string): SignatureKind {
  return basename(resolve(folder)) === 'yara' ? 'yara' : 'clamav'
}

async function describe(source: string, kind: SignatureKind, name: SourceName): Promise<SignatureSource> {
  const file = { path: `${kind}/${basename(source)}`, name, source, ...(await fingerprint(source)) }
  if (name.form !== 'container') return file
  const header = await readContainerHeader(source)
  if (!header) throw new CommandError(`${source} does not begin like a ClamAV database: fetch it again; it may be an error page.`)
  return { ...file, version: header.version, builtAt: header.builtAt }
}
