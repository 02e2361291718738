import { createHash } from 'node:crypto'
import { closeSync, createReadStream } from 'node:fs'
import { IS_MD5_ALLOWED } from '../../engines/md5.js'
import { findInApk } from './apk.js'
import { findInDpkg } from './dpkg.js'
import { ImageFiles } from './image-files.js'
import type { PackageEntry } from './package-entry.js'

/**
 * Explains where files of an image come from, by its package databases (dpkg and apk). The databases are part of the image, so its
 * builder can change them.
 *
 * @param paths paths in the container as latin1.
 * @returns a sentence for each path; none when the image has no database that is supported.
 * @throws KernelError when a layer cannot be read.
 */
export async function explainFiles(
  hostRoot: string,
  lowerdirs: readonly string[],
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const files = new ImageFiles(hostRoot, lowerdirs)
  const databases = [await findInDpkg(files, paths), findInApk(files, paths)].filter((database) => database !== undefined)
  const sentences = new Map<string, string>()
  if (databases.length === 0) return sentences
  for (const path of paths) {
    const entry = databases.map((database) => database.get(path)).find((found) => found !== undefined)
    sentences.set(path, entry ? sentenceOf(entry, await checksumOf(files, path, entry)) : 'It belongs to no package of the image.')
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
