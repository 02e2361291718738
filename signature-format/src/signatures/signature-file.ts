import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, link } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignatureManifest } from '@guardimesh/contracts/signatures/manifest'
import { GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'

/** A file of a generation. */
export type SignatureFile = SignatureManifest['files'][number]

/** World-readable, because clamd and the obfuscation scanner run as other users than the writer of a generation. */
export const SIGNATURE_FILE_MODE = 0o444
export const SIGNATURE_FOLDER_MODE = 0o755

/** Error codes of file systems without hard links, across file systems, and at the limit of links. */
const NO_LINK = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/** Computes size and SHA-256 of a file. */
export async function fingerprint(path: string): Promise<Pick<SignatureFile, 'sizeBytes' | 'sha256'>> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    sizeBytes += chunk.length
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

/** Verifies a file against its manifest entry. @throws GuardError SIGNATURES_INVALID */
export async function verifySignatureFile(folder: string, expected: SignatureFile): Promise<void> {
  let found: Pick<SignatureFile, 'sizeBytes' | 'sha256'>
  try {
    found = await fingerprint(join(folder, expected.path))
  } catch (error) {
    throw new GuardError('SIGNATURES_INVALID', `${expected.path} cannot be read: ${messageOf(error)}`)
  }
  if (found.sizeBytes === expected.sizeBytes && found.sha256 === expected.sha256) return
  const { sizeBytes, sha256 } = found
  throw new GuardError(
    'SIGNATURES_INVALID',
    `${expected.path} does not match the manifest: found ${sizeBytes} bytes with SHA-256 ${sha256}`,
  )
}

/** True when two lists contain the same files. Pure. */
export function isSameFiles(one: readonly SignatureFile[], other: readonly SignatureFile[]): boolean {
  return listingOf(one) === listingOf(other)
}

/** Returns the files sorted by path. Pure. */
export function sortedByPath(files: readonly SignatureFile[]): SignatureFile[] {
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

/** Returns the name of a new generation: time and digest of its files, so that names sort by age. Pure. */
export function generationNameOf(files: readonly SignatureFile[], now: Date): string {
  const moment = now.toISOString().replace(/[-:]|\.\d+/g, '')
  return `${moment}-${createHash('sha256').update(listingOf(files)).digest('hex').slice(0, 12)}`
}

/** Hard-links an immutable file, or copies it on file systems without hard links. */
export async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await link(source, target)
  } catch (error) {
    if (!NO_LINK.has(systemCodeOf(error) ?? '')) throw error
    await copyFile(source, target)
  }
}

function listingOf(files: readonly SignatureFile[]): string {
  return sortedByPath(files)
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('')
}
