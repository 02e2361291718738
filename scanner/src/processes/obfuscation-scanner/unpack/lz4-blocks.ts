import { KIB_BYTES, MIB_BYTES } from '@guardimesh/contracts/units'
import lz4 from 'lz4-napi'

/** lz4_Frame_format.md. Bits of the descriptor: blocks are independent, have checksums; the frame has a size, a checksum, a dictionary. */
const FLAGS = { independent: 0x20, blockChecksum: 0x10, size: 8, checksum: 4, dictionary: 1 } as const
const MAGIC_BYTES = 4
const CHECKSUM_BYTES = 4
const STORED = 0x8000_0000
/** Distance that a block can refer to in the blocks before it. */
const HISTORY_BYTES = 64 * KIB_BYTES
const LEGACY_BLOCK_BYTES = 8 * MIB_BYTES
/** A larger number in place of a block's size is the magic number of another frame. */
const LEGACY_PACKED_MAX = LEGACY_BLOCK_BYTES + LEGACY_BLOCK_BYTES / 255 + 16

/**
 * Unpacks the blocks of the first LZ4 frame one by one: the package's decoder of frames has no limit for its output.
 *
 * @returns the length of the frame.
 * @throws Error when the frame is damaged.
 */
export function* lz4Blocks(content: Buffer): Generator<Buffer, number> {
  const flags = content.readUInt8(MAGIC_BYTES)
  const maxBytes = 4 ** ((content.readUInt8(MAGIC_BYTES + 1) >> 4) & 7) * 256
  const has = (flag: keyof typeof FLAGS) => (flags & FLAGS[flag]) !== 0
  let at = MAGIC_BYTES + 3 + (has('size') ? 8 : 0) + (has('dictionary') ? 4 : 0)
  let history = Buffer.alloc(0)
  for (;;) {
    const size = content.readUInt32LE(at)
    at += 4
    if (size === 0) return at + (has('checksum') ? CHECKSUM_BYTES : 0)
    const packed = part(content, at, size % STORED)
    const block = size >= STORED ? packed : unpackBlock(packed, maxBytes, history)
    yield block
    if (!has('independent')) history = Buffer.concat([history, block]).subarray(-HISTORY_BYTES)
    at += packed.length + (has('blockChecksum') ? CHECKSUM_BYTES : 0)
  }
}

/** Unpacks the blocks of a frame of the first versions of LZ4, which ends with the content or at another frame. Otherwise like `lz4Blocks`. */
export function* legacyLz4Blocks(content: Buffer): Generator<Buffer, number> {
  let at = MAGIC_BYTES
  while (at < content.length) {
    const size = content.readUInt32LE(at)
    if (size > LEGACY_PACKED_MAX) break
    yield unpackBlock(part(content, at + 4, size), LEGACY_BLOCK_BYTES)
    at += 4 + size
  }
  return at
}

function unpackBlock(packed: Buffer, maxBytes: number, history?: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(maxBytes)
  return lz4.uncompressSync(Buffer.concat([size, packed]), history?.length ? history : undefined)
}

function part(content: Buffer, at: number, bytes: number): Buffer {
  if (at + bytes > content.length) throw new Error('unexpected end of the LZ4 stream')
  return content.subarray(at, at + bytes)
}
