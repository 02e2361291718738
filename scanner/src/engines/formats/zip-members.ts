import type { OpenedFile } from '../../node/file-identity.js'
import { readRange } from '../file-content.js'
import { MEMBER_HEAD_BYTES, unpackedFormatOf } from './unpacked-formats.js'

/** APPNOTE.TXT 4.3.16: the end record has 22 bytes and a comment of up to 65,535. */
const END_MIN_BYTES = 22
const END_MAX_BYTES = END_MIN_BYTES + 0xffff
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30
/** Far more than ClamAV's own limit of members needs. */
const CENTRAL_MAX_BYTES = 2 * 1024 * 1024
/** Members whose local header and first bytes are read. More than ClamAV's limit of 10,000 files, which it reports. */
const LOCAL_READS_MAX = 12_000
/** Methods that ClamAV unpacks: stored, shrunk … imploded, deflate, deflate64, bzip2 (libclamav/unzip.c). */
const OPENED_METHODS: ReadonlySet<number> = new Set([0, 6, 8, 9, 12])
const STORED = 0
/** General purpose bits: sizes follow the data; names and headers are encrypted. */
const SIZES_FOLLOW = 1 << 3
const HEADERS_ENCRYPTED = 1 << 13
const ENCRYPTED = 1
const UNKNOWN_32 = 0xffff_ffff

interface Member {
  readonly flags: number
  readonly method: number
  readonly packedBytes: number
  readonly localOffset: number
}

/**
 * Returns what ClamAV does not unpack in a ZIP archive: methods that it does not know, local headers that contradict the directory, which
 * programs trust and ClamAV does not read, and stored members in a format that it does not open. Reads headers only.
 *
 * @returns undefined when there is no such member, or the file is no ZIP archive.
 */
export async function zipGap({ fd, sizeBytes }: OpenedFile): Promise<string | undefined> {
  const tailAt = Math.max(0, sizeBytes - END_MAX_BYTES)
  const tail = await readRange(fd, tailAt, sizeBytes - tailAt)
  const end = endRecordIn(tail)
  if (!end) return undefined
  const { centralBytes, recordAt } = end
  if (centralBytes > CENTRAL_MAX_BYTES) return `a ZIP directory of ${centralBytes} bytes, of which none was checked`
  // The directory ends where the end record begins; its stated offset is wrong when other data precedes the archive.
  const centralAt = tailAt + recordAt - centralBytes
  if (centralAt < 0) return undefined
  const central = await readRange(fd, centralAt, centralBytes)
  const members = membersOf(central)
  if (members.length === 0) return centralBytes > 0 ? 'ZIP archive with an encrypted or damaged directory' : undefined
  return gapOfMethods(members) ?? (await gapOfLocalHeaders(fd, members, centralAt - end.centralOffset))
}

function endRecordIn(
  tail: Buffer,
): { readonly centralBytes: number; readonly centralOffset: number; readonly recordAt: number } | undefined {
  for (let at = tail.length - END_MIN_BYTES; at >= 0; at--)
    if (tail.readUInt32LE(at) === 0x0605_4b50)
      return { centralBytes: tail.readUInt32LE(at + 12), centralOffset: tail.readUInt32LE(at + 16), recordAt: at }
  return undefined
}

function membersOf(central: Buffer): Member[] {
  const members: Member[] = []
  for (let at = 0; at + CENTRAL_BYTES <= central.length && central.readUInt32LE(at) === 0x0201_4b50; ) {
    members.push({
      flags: central.readUInt16LE(at + 8),
      method: central.readUInt16LE(at + 10),
      packedBytes: central.readUInt32LE(at + 20),
      localOffset: central.readUInt32LE(at + 42),
    })
    at += CENTRAL_BYTES + central.readUInt16LE(at + 28) + central.readUInt16LE(at + 30) + central.readUInt16LE(at + 32)
  }
  return members
}

function gapOfMethods(members: readonly Member[]): string | undefined {
  if (members.some(({ flags }) => (flags & HEADERS_ENCRYPTED) !== 0)) return 'ZIP archive with an encrypted directory'
  // ClamAV reports encrypted members itself.
  const unknown = members.find(({ flags, method }) => (flags & ENCRYPTED) === 0 && !OPENED_METHODS.has(method))
  return unknown && `ZIP members packed with method ${unknown.method}`
}

async function gapOfLocalHeaders(fd: number, members: readonly Member[], shift: number): Promise<string | undefined> {
  for (const member of members.slice(0, LOCAL_READS_MAX)) {
    // ZIP64: the values are in an extra field.
    if (member.localOffset === UNKNOWN_32 || member.packedBytes === UNKNOWN_32) continue
    const gap = await gapOfMember(fd, member, member.localOffset + Math.max(0, shift))
    if (gap) return gap
  }
  return members.length > LOCAL_READS_MAX ? `ZIP archive of which the first ${LOCAL_READS_MAX} members were checked` : undefined
}

async function gapOfMember(fd: number, member: Member, localAt: number): Promise<string | undefined> {
  const local = await readRange(fd, localAt, LOCAL_BYTES)
  if (local.length < LOCAL_BYTES || local.readUInt32LE(0) !== 0x0403_4b50) return 'ZIP members without a local header'
  const isStated = (local.readUInt16LE(6) & SIZES_FOLLOW) === 0
  if (local.readUInt16LE(8) !== member.method || (isStated && local.readUInt32LE(18) !== member.packedBytes))
    return 'ZIP members whose local header contradicts the directory'
  if (member.method !== STORED || (member.flags & ENCRYPTED) !== 0) return undefined
  const dataAt = localAt + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28)
  const format = unpackedFormatOf(await readRange(fd, dataAt, Math.min(member.packedBytes, MEMBER_HEAD_BYTES)))
  return format && `ZIP members in the format ${format}`
}
