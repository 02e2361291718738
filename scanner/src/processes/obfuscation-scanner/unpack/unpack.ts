import { createZstdDecompress } from 'node:zlib'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { messageOf } from '@guardimesh/kit'
import { legacyLz4Blocks, lz4Blocks } from './lz4-blocks.js'
import { zstdFrameBytes } from './zstd-frames.js'

const NO_BYTES = Buffer.alloc(0)

/** Result of unpacking a stream. */
export interface Unpacked {
  /** What was unpacked before the limit or the damage. */
  readonly content: Uint8Array
  /** True when the whole content is larger. */
  readonly isTruncated: boolean
  /** Why the stream cannot be unpacked to its end; empty when it can. */
  readonly failure: string
}

const MAGIC = { zstd: 0xfd2f_b528, lz4: 0x184d_2204, legacyLz4: 0x184c_2102, skippable: 0x184d_2a50 } as const
const SKIPPABLE_HEADER_BYTES = 8
/** Frames and blocks. Small ones cost far more time than their bytes. Programs write blocks of 64 KiB and more: 256 in the largest content. */
const PARTS_MAX = 10_000
/** Frames that claim a large window take milliseconds each. The largest content takes less than a second. */
const TIME_MAX_MS = 3 * SECOND_MS

/** Unpacks a Zstandard or LZ4 stream, up to a limit. Also the frames that follow the first one, as the programs do. */
export async function unpack(packed: Buffer, maxBytes: number): Promise<Unpacked> {
  const content = Buffer.allocUnsafeSlow(maxBytes)
  let bytes = 0
  let parts = 0
  const startedAtMs = performance.now()
  const result = (isTruncated: boolean, failure: string) => ({ content: content.subarray(0, bytes), isTruncated, failure })
  try {
    for await (const chunk of chunksOf(packed)) {
      parts += 1
      if (parts > PARTS_MAX) return result(false, `more than ${PARTS_MAX} frames and blocks`)
      if (performance.now() - startedAtMs > TIME_MAX_MS) return result(false, `it takes longer than ${TIME_MAX_MS / SECOND_MS} s`)
      const isTooLarge = chunk.length > maxBytes - bytes
      bytes += chunk.copy(content, bytes)
      if (isTooLarge) return result(true, '')
    }
    return result(false, '')
  } catch (error) {
    return result(false, messageOf(error))
  }
}

async function* chunksOf(packed: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < packed.length; ) {
    const rest = packed.subarray(at)
    if (!isFrame(rest)) throw new Error(at === 0 ? 'unknown version of the format' : `data after the end of the stream, from byte ${at}`)
    at += yield* frameChunks(rest)
    // A frame may be empty, and counts all the same.
    yield NO_BYTES
  }
}

/** Unpacks the first frame and returns its length. */
async function* frameChunks(content: Buffer): AsyncGenerator<Buffer, number> {
  const magic = content.readUInt32LE(0)
  if (magic === MAGIC.lz4) return yield* lz4Blocks(content)
  if (magic === MAGIC.legacyLz4) return yield* legacyLz4Blocks(content)
  if (magic !== MAGIC.zstd) return skippableBytes(content)
  const frameBytes = zstdFrameBytes(content)
  yield* createZstdDecompress().end(content.subarray(0, frameBytes)) as AsyncIterable<Buffer>
  return frameBytes
}

function skippableBytes(content: Buffer): number {
  const bytes = SKIPPABLE_HEADER_BYTES + content.readUInt32LE(4)
  if (bytes > content.length) throw new Error('unexpected end of a skippable frame')
  return bytes
}

function isFrame(content: Buffer): boolean {
  if (content.length < 4) return false
  const magic = content.readUInt32LE(0)
  return magic === MAGIC.zstd || magic === MAGIC.lz4 || magic === MAGIC.legacyLz4 || (magic & 0xffff_fff0) >>> 0 === MAGIC.skippable
}
