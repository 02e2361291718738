import { createHash } from 'node:crypto'
import { closeSync, createReadStream } from 'node:fs'
import type { Logger } from '@guardimesh/kit'
import { IS_MD5_ALLOWED } from '../../engines/md5.js'
import type { PackageReader } from '../../engines/obfuscation/package-reader.js'
import { findInApk } from './apk.js'
import { findInDpkg } from './dpkg.js'
import { ImageFiles } from './image-files.js'
import type { PackageEntry } from './package-entry.js'
import { findInRpm } from './rpm.js'

export interface ExplainOptions {
  readonly hostRoot: string
  readonly packageReader: PackageReader
  readonly log: Logger
}

/**
 * Explains where files of an image come from, by its package databases (dpkg, apk and RPM). The databases are part of the image, so its builder
 * can change them.
 *
 * @param paths paths in the container as latin1.
 * @returns a sentence for each path; none when the image has no database.
 * @throws KernelError when a layer cannot be read; the signal's reason.
 */
export async function explainFiles(
  options: ExplainOptions,
  lowerdirs: readonly string[],
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const files = new ImageFiles(options.hostRoot, lowerdirs)
  const rpm = await findInRpm(files, paths, { ...options, signal })
  const ofRpm = rpm?.kind === 'read' ? rpm.entries : undefined
  const databases = [await findInDpkg(files, paths), findInApk(files, paths), ofRpm].filter((database) => database !== undefined)
  const sentences = new Map<string, string>()
  if (databases.length === 0 && !rpm) return sentences
  const unknown =
    rpm?.kind === 'not-read' ? `The RPM database of the image was not read: ${rpm.reason}.` : 'It belongs to no package of the image.'
  for (const path of paths) {
    const entry = databases.map((database) => database.get(path)).find((found) => found !== undefined)
    sentences.set(path, entry ? sentenceOf(entry, await checksumOf(files, path, entry)) : unknown)
  }
  return sentences
}

function sentenceOf({ name, version, checksum }: PackageEntry, actual: string | undefined): string {
  const owner = `It belongs to the package ${[name, version].join(' ').trim()}`
  if (checksum === '' || actual === undefined) return `${owner}.`
  return actual === checksum ? `${owner} and has its original content.` : `${owner}, but differs from its original content.`
}

/** Returns the checksum of a file; undefined without a checksum to compare with, and where MD5 is not allowed. */
async function checksumOf(files: ImageFiles, path: string, { algorithm, checksum }: PackageEntry): Promise<string | undefined> {
  const isComparable = checksum !== '' && (algorithm !== 'md5' || IS_MD5_ALLOWED)
  const fd = isComparable ? files.open(Buffer.from(path, 'latin1')) : undefined
  if (fd === undefined) return undefined
  try {
    const hash = createHash(algorithm)
    for await (const part of createReadStream('', { fd, autoClose: false })) hash.update(part as Buffer)
    return hash.digest('hex')
  } finally {
    closeSync(fd)
  }
}
