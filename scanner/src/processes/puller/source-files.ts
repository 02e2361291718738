import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MANIFEST_FILE, type SignatureManifest } from '@guardimesh/contracts'
import { GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'
import { CANARY_FILE } from '../../engines/clamav/generation-canary.js'
import { readManifest } from '../../engines/current-manifest.js'

/** One file of a generation. */
export type SignatureFile = SignatureManifest['files'][number]

/** What a source folder offers. */
export interface SignatureSource {
  /** Sorted by path. */
  readonly files: readonly SignatureFile[]
  /** Of the source's own manifest; undefined when it has none. */
  readonly generation: string | undefined
  readonly builtAt: string | undefined
}

/** As SignatureManifest: what comes first may not be a dot, so nothing hidden and nothing that leads elsewhere. */
const FILE_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/
/** Databases that ClamAV 1.4 reads (libclamav/readdb.h, CLI_DBEXT). */
const CLAMAV_NAME =
  /\.(cvd|cld|cud|cdb|cfg|crb|fp|sfp|ftm|gdb|hdb|hsb|hdu|hsu|idb|ign2?|imp|info|ldb|ldu|mdb|mdu|msb|msu|ndb|ndu|pdb|pwdb|wdb|yara?|cat)$/
const YARA_NAME = /\.yara?$/
const MAX_FILES = 199

/**
 * Looks at what a source offers. With a manifest, every file in it must be there as it says, and nothing else counts; without one, every
 * database and rule file with an ordinary name counts.
 *
 * @throws GuardError SIGNATURES_INVALID when it cannot be used.
 */
export async function readSource(folder: string): Promise<SignatureSource> {
  if (existsSync(join(folder, MANIFEST_FILE))) {
    const manifest = await readManifest(folder)
    for (const file of manifest.files) await verifyFile(folder, file)
    const files = manifest.files.filter(({ path }) => path !== `clamav/${CANARY_FILE}`)
    return { files: sorted(files), generation: manifest.generation, builtAt: manifest.builtAt }
  }
  const paths = [...(await pathsIn(folder, 'clamav', CLAMAV_NAME)), ...(await pathsIn(folder, 'yara', YARA_NAME))]
  if (paths.length === 0) throw invalid(`${folder} has neither clamav/ databases nor yara/ rules`)
  if (paths.length > MAX_FILES) throw invalid(`${folder} has ${paths.length} files, at most ${MAX_FILES} are taken`)
  const files: SignatureFile[] = []
  for (const path of paths) files.push({ path, ...(await fingerprint(join(folder, path))) })
  return { files: sorted(files), generation: undefined, builtAt: undefined }
}

/** Checks one file against its entry. @throws GuardError SIGNATURES_INVALID */
export async function verifyFile(folder: string, expected: SignatureFile): Promise<void> {
  let found: Omit<SignatureFile, 'path'>
  try {
    found = await fingerprint(join(folder, expected.path))
  } catch (error) {
    throw invalid(`${expected.path} cannot be read: ${messageOf(error)}`)
  }
  if (found.sizeBytes !== expected.sizeBytes || found.sha256 !== expected.sha256)
    throw invalid(`${expected.path} is not what the manifest says: ${found.sizeBytes} bytes with SHA-256 ${found.sha256}`)
}

/** True when two lists hold the same files. Both sorted. Pure. */
export function isSameFiles(one: readonly SignatureFile[], other: readonly SignatureFile[]): boolean {
  const textOf = (files: readonly SignatureFile[]) => files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')
  return textOf(one) === textOf(other)
}

/** The files of a source that made a generation. */
export function sourceFilesOf(manifest: SignatureManifest): readonly SignatureFile[] {
  return sorted(manifest.files.filter(({ path }) => path !== `clamav/${CANARY_FILE}`))
}

/** Size and SHA-256 of a file. */
export async function fingerprint(path: string): Promise<Omit<SignatureFile, 'path'>> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    sizeBytes += chunk.length
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

async function pathsIn(folder: string, kind: 'clamav' | 'yara', wanted: RegExp): Promise<string[]> {
  const paths: string[] = []
  for (const name of await namesIn(join(folder, kind))) {
    if (!FILE_NAME.test(name) || !wanted.test(name) || name === CANARY_FILE) continue
    // A mounted ConfigMap holds its files as links, so links are followed; a device or a folder is no database.
    if ((await stat(join(folder, kind, name))).isFile()) paths.push(`${kind}/${name}`)
  }
  return paths
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return []
    throw error
  }
}

function sorted(files: readonly SignatureFile[]): SignatureFile[] {
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

function invalid(message: string): GuardError {
  return new GuardError('SIGNATURES_INVALID', message)
}
