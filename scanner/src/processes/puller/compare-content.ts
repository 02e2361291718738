import { extname } from 'node:path'
import type { SignatureDelta } from '@guardimesh/contracts/signatures/catalog'
import { CANARY_FILE, FORMATS_FILE, type SignatureFile, updatedContainerName } from '@guardimesh/signature-format'

/** Paths of the canary and of the signatures of formats, which every node creates itself. */
export const CANARY_PATH = `clamav/${CANARY_FILE}`
export const FORMATS_PATH = `clamav/${FORMATS_FILE}`

/** True for a file that every node creates itself, so that none is taken from a source. Pure. */
export function isNodeFile({ path }: Pick<SignatureFile, 'path'>): boolean {
  return path === CANARY_PATH || path === FORMATS_PATH
}

/** Returns the hash of a file's content. For a database container it is independent of the packing. Pure. */
export function contentOf({ contentSha256, sha256 }: SignatureFile): string {
  return contentSha256 ?? sha256
}

/** True when two files have the same content. Servers that do not unpack containers list only the hash of their bytes. Pure. */
export function isSameContent(one: SignatureFile, other: SignatureFile): boolean {
  return one.sha256 === other.sha256 || (one.contentSha256 !== undefined && one.contentSha256 === other.contentSha256)
}

/** True when the files on disk have the contents and paths of the offered files, apart from those that the node creates. Pure. */
export function hasSameContents(onDisk: readonly SignatureFile[], offered: readonly SignatureFile[]): boolean {
  const filesByPath = new Map(onDisk.filter((file) => !isNodeFile(file)).map((file) => [databasePath(file), file]))
  return (
    filesByPath.size === offered.length &&
    offered.every((file) => {
      const have = filesByPath.get(databasePath(file))
      return have !== undefined && isSameContent(have, file)
    })
  )
}

/** Returns the path of an offered file when a file with the same content is used instead: a .cvd that was updated on the node is a .cld. Pure. */
export function pathOnNode(offered: SignatureFile, have: SignatureFile): string {
  if (have.sha256 === offered.sha256) return offered.path
  return `${offered.path.slice(0, -extname(offered.path).length)}${extname(have.path)}`
}

/** A delta from a file on disk to an offered file. */
export interface ApplicableDelta {
  readonly delta: SignatureDelta
  readonly from: SignatureFile
}

/** Chooses the smallest delta from a file on disk to an offered file; undefined when none is smaller than the file. Pure. */
export function chooseDelta(
  offered: SignatureFile,
  deltas: readonly SignatureDelta[],
  onDisk: readonly SignatureFile[],
): ApplicableDelta | undefined {
  const from = onDisk.find((file) => databasePath(file) === databasePath(offered))
  if (!from) return undefined
  const [delta] = deltas
    .filter(({ target, fromContentSha256 }) => target === offered.path && fromContentSha256 === contentOf(from))
    .filter(({ sizeBytes }) => sizeBytes < offered.sizeBytes)
    .sort((one, other) => one.sizeBytes - other.sizeBytes)
  return delta && { delta, from }
}

function databasePath({ path }: SignatureFile): string {
  return updatedContainerName(path)
}
