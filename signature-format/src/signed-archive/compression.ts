import { createHash } from 'node:crypto'
import type { Transform } from 'node:stream'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { systemCodeOf } from '@guardimesh/kit'
import { archiveError } from './archive-error.js'
import { ByteReader, StreamEndedError } from './byte-reader.js'

/** Image layers are already compressed: a higher level takes minutes longer and saves 0.1 %. */
const LEVEL = 3
/** 8 MiB, which every decompressor accepts without an option. */
const WINDOW_LOG = 23
/** First bytes of each bundle: the magic number, a frame header with a checksum and without a size, the window. Source: RFC 8878, 3.1.1. */
const FRAME_START = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, (WINDOW_LOG - 10) << 3])
const BLOCK_HEADER_BYTES = 3
const RLE_BLOCK = 1
const CHECKSUM_BYTES = 4
const DIGEST_BYTES = 32
/** Start of a skippable frame with a SHA-256. Source: RFC 8878, 3.1.2. */
const SEAL_START = Buffer.from([0x50, 0x2a, 0x4d, 0x18, DIGEST_BYTES, 0, 0, 0])

/**
 * Compresses reproducibly with the same version of zstd. Appends the SHA-256 of the compressed frame in a frame that zstd and tar skip:
 * different compressed bytes can have the same content, and any changed byte must be detected.
 */
export async function* compress(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of compressedFrame(source)) {
    hash.update(chunk)
    yield chunk
  }
  yield Buffer.concat([SEAL_START, hash.digest()])
}

function compressedFrame(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const params = {
    [constants.ZSTD_c_compressionLevel]: LEVEL,
    [constants.ZSTD_c_windowLog]: WINDOW_LOG,
    [constants.ZSTD_c_checksumFlag]: 1,
  }
  return through(source, createZstdCompress({ params }))
}

/** @throws GuardError ARCHIVE_INVALID when the input is not a bundle, truncated or damaged. */
export async function* decompress(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const params = { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG }
  try {
    yield* through(oneFrame(source), createZstdDecompress({ params }))
  } catch (error) {
    const code = systemCodeOf(error) ?? ''
    if (!/^Z(STD)?_/.test(code)) throw error
    throw archiveError('damaged', `The bundle is damaged (${code}). Copy it again.`, error)
  }
}

/** Pipes a source through a transform and forwards errors of the source. */
function through(source: AsyncIterable<Buffer>, transform: Transform): AsyncIterable<Buffer> {
  feed(source, transform).catch((error: Error) => transform.destroy(error))
  return transform
}

/**
 * Waits for each chunk to be processed before the next one and before the end: otherwise Node's compressor writes a second, empty frame
 * (Node 24.21).
 */
async function feed(source: AsyncIterable<Buffer>, transform: Transform): Promise<void> {
  for await (const chunk of source)
    await new Promise<void>((resolve, reject) => {
      transform.write(chunk, (error) => (error ? reject(error) : resolve()))
    })
  transform.end()
}

/** Passes on the compressed frame and verifies the digest after it. */
async function* oneFrame(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source)
  const hash = createHash('sha256')
  try {
    for await (const chunk of frameIn(reader)) {
      hash.update(chunk)
      yield chunk
    }
    const seal = await reader.exactly(SEAL_START.length + DIGEST_BYTES)
    if (!seal.equals(Buffer.concat([SEAL_START, hash.digest()]))) throw archiveError('damaged', 'The bundle is damaged. Copy it again.')
    if (!(await reader.isAtEnd())) throw archiveError('damaged', 'The bundle is rejected: it has extra data at the end. Copy it again.')
  } catch (error) {
    if (!(error instanceof StreamEndedError)) throw error
    throw archiveError('ends-early', 'The bundle ends early: it was not copied completely, or its last volume is missing.', error)
  } finally {
    await reader.close()
  }
}

async function* frameIn(reader: ByteReader): AsyncGenerator<Buffer> {
  const start = await reader.exactly(FRAME_START.length)
  if (!start.equals(FRAME_START))
    throw archiveError('damaged', 'This is not a Guardimesh bundle. Specify the .tar.zst file, or its volume .001.')
  yield start
  for (let isLast = false; !isLast; ) {
    const header = await reader.exactly(BLOCK_HEADER_BYTES)
    const bits = header.readUIntLE(0, BLOCK_HEADER_BYTES)
    isLast = (bits & 1) === 1
    const type = (bits >> 1) & 3
    yield header
    yield* reader.pieces(type === RLE_BLOCK ? 1 : bits >> 3)
  }
  yield await reader.exactly(CHECKSUM_BYTES)
}
