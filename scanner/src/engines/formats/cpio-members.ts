import type { OpenedFile } from '../../node/file-identity.js'
import { readRange } from '../file-content.js'
import { MEMBER_HEAD_BYTES, unpackedFormatOf } from './unpacked-formats.js'

/** cpio(5), "New ASCII Format": 6 bytes magic and 13 fields of 8 hexadecimal digits; names and data are padded to 4 bytes. */
const HEADER_BYTES = 110
const NAME_MAX_BYTES = 4096
const SIZE_AT = 54
const NAME_SIZE_AT = 94
const TRAILER = 'TRAILER!!!\0'
const MEMBERS_MAX = 20_000
/** Padding between the archives of an initramfs. */
const PADDING_MAX_BYTES = 4096

/** True for the head of a cpio archive in the format of an initramfs. Pure. */
export function isCpio(head: Buffer): boolean {
  return /^07070[12]$/.test(head.toString('latin1', 0, 6))
}

/**
 * Returns what ClamAV does not open in a cpio archive: members in a format that it does not know, and data after its end, as an initramfs has
 * after the microcode. Reads headers only.
 */
export async function cpioGap({ fd, sizeBytes }: OpenedFile): Promise<string | undefined> {
  let at = 0
  for (let members = 0; at + HEADER_BYTES <= sizeBytes; members++) {
    if (members === MEMBERS_MAX) return `a cpio archive of which the first ${MEMBERS_MAX} members were checked`
    const header = await readRange(fd, at, HEADER_BYTES + NAME_MAX_BYTES)
    if (!isCpio(header)) return undefined
    const [memberBytes, nameBytes] = [SIZE_AT, NAME_SIZE_AT].map((from) => Number.parseInt(header.toString('latin1', from, from + 8), 16))
    if (!memberBytes && memberBytes !== 0) return undefined
    const dataAt = at + align(HEADER_BYTES + (nameBytes ?? 0))
    if (header.toString('latin1', HEADER_BYTES, HEADER_BYTES + TRAILER.length) === TRAILER) return gapAfter(fd, dataAt, sizeBytes)
    const format = unpackedFormatOf(await readRange(fd, dataAt, Math.min(memberBytes, MEMBER_HEAD_BYTES)))
    if (format) return `cpio members in the format ${format}`
    at = dataAt + align(memberBytes)
  }
  return undefined
}

async function gapAfter(fd: number, endAt: number, sizeBytes: number): Promise<string | undefined> {
  if (endAt >= sizeBytes) return undefined
  const rest = await readRange(fd, endAt, PADDING_MAX_BYTES)
  return rest.some((byte) => byte !== 0) ? 'data after the end of a cpio archive' : undefined
}

function align(bytes: number): number {
  return Math.ceil(bytes / 4) * 4
}
