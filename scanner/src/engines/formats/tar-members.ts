import { TAR_BLOCK_BYTES } from '@guardimesh/signature-format'
import type { OpenedFile } from '../../node/file-identity.js'
import { readRange } from '../file-content.js'
import { MEMBER_HEAD_BYTES, unpackedFormatOf } from './unpacked-formats.js'

const MAGIC_AT = 257
const SIZE_AT = 124
const SIZE_BYTES = 12
/** Members whose header is read. Further ones are stated as unchecked. */
const MEMBERS_MAX = 20_000
/** Base-256 marker of sizes above 8 GiB (GNU tar). */
const BINARY_SIZE = 0x80

/** True for the head of a tar archive with a ustar or GNU header. Pure. */
export function isTar(head: Buffer): boolean {
  return head.toString('latin1', MAGIC_AT, MAGIC_AT + 5) === 'ustar'
}

/** Returns which members of a tar archive ClamAV does not open: those in a format that it does not know. Reads headers only. */
export async function tarGap({ fd, sizeBytes }: OpenedFile): Promise<string | undefined> {
  let at = 0
  for (let members = 0; at + TAR_BLOCK_BYTES <= sizeBytes; members++) {
    if (members === MEMBERS_MAX) return `a tar archive of which the first ${MEMBERS_MAX} members were checked`
    const block = await readRange(fd, at, TAR_BLOCK_BYTES + MEMBER_HEAD_BYTES)
    const memberBytes = sizeOf(block)
    // An empty block, the end of the archive, or damage, where ClamAV ends as well.
    if (memberBytes === undefined) return undefined
    const format = unpackedFormatOf(block.subarray(TAR_BLOCK_BYTES, TAR_BLOCK_BYTES + memberBytes))
    if (format) return `tar members in the format ${format}`
    at += TAR_BLOCK_BYTES + Math.ceil(memberBytes / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES
  }
  return undefined
}

function sizeOf(block: Buffer): number | undefined {
  if (block.length < TAR_BLOCK_BYTES || block[0] === 0) return undefined
  const field = block.subarray(SIZE_AT, SIZE_AT + SIZE_BYTES)
  if ((field.readUInt8(0) & BINARY_SIZE) !== 0) return Number(field.readBigUInt64BE(4))
  const digits = /^[ ]*([0-7]*)[ \0]*/.exec(field.toString('latin1'))?.[1]
  return digits === undefined ? undefined : Number.parseInt(digits || '0', 8)
}
