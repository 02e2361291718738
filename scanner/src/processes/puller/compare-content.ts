import { extname } from 'node:path'
import type { SignatureDelta } from '@guardimesh/contracts'
import { CANARY_FILE, type SignatureFile, updatedContainerName } from '@guardimesh/signature-format'

/** Path of the canary, which every node makes by itself. */
export const CANARY_PATH = `clamav/${CANARY_FILE}`

/** What names a file's content: that of a container whatever it is packed like. Pure. */
export function contentOf({ contentSha256, sha256 }: SignatureFile): string {
  return contentSha256 ?? sha256
}

/** True when two files have the same content. A container is named by its bytes alone by servers that do not look into it. Pure. */
export function isSameContent(one: SignatureFile, other: SignatureFile): boolean {
  return one.sha256 === other.sha256 || (one.contentSha256 !== undefined && one.contentSha256 === other.contentSha256)
}

/** True when what a node has on disk was made of what a source offers: the same contents in the same places, but for the node's canary. Pure. */
export function hasSameContents(onDisk: readonly SignatureFile[], offered: readonly SignatureFile[]): boolean {
  const places = new Map(onDisk.filter(({ path }) => path !== CANARY_PATH).map((file) => [databasePath(file), file]))
  return (
    places.size === offered.length &&
    offered.every((file) => {
      const have = places.get(databasePath(file))
      return have !== undefined && isSameContent(have, file)
    })
  )
}

/** Path of what is offered when a file that has its content takes its place: a .cvd that was updated on the node is a .cld. Pure. */
export function pathOnNode(offered: SignatureFile, have: SignatureFile): string {
  if (have.sha256 === offered.sha256) return offered.path
  return `${offered.path.slice(0, -extname(offered.path).length)}${extname(have.path)}`
}

/** A step from a file that is on disk to one that is offered. */
export interface ApplicableDelta {
  readonly delta: SignatureDelta
  readonly from: SignatureFile
}

/** The smallest step to an offered file from what is on disk; undefined when there is none that is smaller than the file. Pure. */
export function chooseDelta(
  offered: SignatureFile,
  deltas: readonly SignatureDelta[],
  onDisk: readonly SignatureFile[],
): ApplicableDelta | undefined {
  const from = onDisk.find((file) => databasePath(file) === databasePath(offered))
  if (!from) return undefined
  const [update] = deltas
    .filter(({ target, fromContentSha256 }) => target === offered.path && fromContentSha256 === contentOf(from))
    .filter(({ sizeBytes }) => sizeBytes < offered.sizeBytes)
    .sort((one, other) => one.sizeBytes - other.sizeBytes)
  return update && { delta: update, from }
}

function databasePath({ path }: SignatureFile): string {
  return updatedContainerName(path)
}
