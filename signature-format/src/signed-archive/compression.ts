import { createHash } from 'node:crypto'
import type { Transform } from 'node:stream'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { systemCodeOf } from '@guardimesh/kit'
import { archiveError } from './archive-error.js'
import { ByteReader, StreamEndedError } from './byte-reader.js'

/** Layers are compressed already: a higher level costs minutes and gains a thousandth. */
const LEVEL = 3
/** 8 MiB: what every decompressor takes without being asked. */
const WINDOW_LOG = 23
/** How each bundle begins: the magic number, a frame header with a checksum and without a size, the window. Source: RFC 8878, 3.1.1. */
const FRAME_START = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, (WINDOW_LOG - 10) << 3])
const BLOCK_HEADER_BYTES = 3
const RLE_BLOCK = 1
const CHECKSUM_BYTES = 4
const DIGEST_BYTES = 32
/** A frame that decompressors skip, with a SHA-256 in it. Source: RFC 8878, 3.1.2. */
const SEAL_START = Buffer.from([0x50, 0x2a, 0x4d, 0x18, DIGEST_BYTES, 0, 0, 0])

/**
 * The same bytes give the same bytes, on any machine with the same program. Behind the compressed frame comes the SHA-256 of it, in a frame that
 * zstd and tar skip: the same content can be compressed in several ways, and a byte that was changed must not pass because of that.
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

/** @throws GuardError ARCHIVE_INVALID when it is no bundle, or not whole, or damaged. */
export async function* decompress(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const params = { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG }
  try {
    yield* through(oneFrame(source), createZstdDecompress({ params }))
  } catch (error) {
    const code = systemCodeOf(error) ?? ''
    if (!/^Z(STD)?_/.test(code)) throw error
    throw archiveError('damaged', `The bundle is damaged (${code}): copy it again.`, error)
  }
}

/** What comes out of a transform; the error of the source too. */
function through(source: AsyncIterable<Buffer>, transform: Transform): AsyncIterable<Buffer> {
  feed(source, transform).catch((error: Error) => transform.destroy(error))
  return transform
}

/**
 * Each chunk is over before the next, and the last before the end: Node's compressor writes a second, empty frame when it learns of the end while
 * it has a chunk (Node 24.21).
 */
async function feed(source: AsyncIterable<Buffer>, transform: Transform): Promise<void> {
  for await (const chunk of source)
    await new Promise<void>((resolve, reject) => {
      transform.write(chunk, (error) => (error ? reject(error) : resolve()))
    })
  transform.end()
}

/** Passes on the compressed frame, from its first to its last byte, and proves the seal behind it. */
async function* oneFrame(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source)
  const hash = createHash('sha256')
  try {
    for await (const chunk of frameIn(reader)) {
      hash.update(chunk)
      yield chunk
    }
    const seal = await reader.exactly(SEAL_START.length + DIGEST_BYTES)
    if (!seal.equals(Buffer.concat([SEAL_START, hash.digest()]))) throw archiveError('damaged', 'The bundle is damaged: copy it again.')
    if (!(await reader.isAtEnd()))
      throw archiveError('damaged', 'Something was added at the end of the bundle: it is refused. Copy it again.')
  } catch (error) {
    if (!(error instanceof StreamEndedError)) throw error
    throw archiveError('ends-early', 'The bundle ends early: it was not copied whole, or its last volume is missing.', error)
  } finally {
    await reader.close()
  }
}

async function* frameIn(reader: ByteReader): AsyncGenerator<Buffer> {
  const start = await reader.exactly(FRAME_START.length)
  if (!start.equals(FRAME_START))
    throw archiveError(
      'damaged',
      'This is no bundle of Guardimesh: it does not begin like one. Name the .tar.zst file, or its volume .001.',
    )
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
