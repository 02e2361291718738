import { constants, zstdCompressSync } from 'node:zlib'
import lz4 from 'lz4-napi'
import { expect, test } from 'vitest'
import { unpack } from './unpack.js'

const MAX_BYTES = 1024 * 1024
const text = Buffer.from(`${'some text that packs well '.repeat(30)}end`)
const dictionary = text.subarray(0, 100)
const zst = zstdCompressSync(text)
const checkedZst = zstdCompressSync(text, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })
const lz4Frame = lz4.compressFrameSync(text)
const hex = (digits: string) => Buffer.from(digits, 'hex')
const END_OF_LZ4 = Buffer.alloc(4)

/** Builds a Zstandard frame with the text in a block. @param header after the magic number. @param type of the block: 0 is raw, 3 is reserved. */
function zstdFrame(header: string, { type = 0, content = text } = {}): Buffer {
  const block = Buffer.alloc(3)
  block.writeUIntLE((content.length << 3) | (type << 1) | 1, 0, 3)
  return Buffer.concat([hex('28b52ffd'), hex(header), block, content])
}

function lz4Block(packed: Buffer, { isStored = false } = {}): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(packed.length + (isStored ? 0x8000_0000 : 0))
  return Buffer.concat([size, packed])
}

/** Builds an LZ4 frame. @param header after the magic number. */
const lz4Stream = (header: string, ...blocks: Buffer[]) => Buffer.concat([hex('04224d18'), hex(header), ...blocks, END_OF_LZ4])
const legacyLz4 = (...blocks: Buffer[]) => Buffer.concat([hex('02214c18'), ...blocks])
/** The package writes the size in front. */
const packed = (content: Buffer, words?: Buffer) => lz4.compressSync(content, words).subarray(4)
const block = lz4Block(packed(text))
const dependentBlock = lz4Block(packed(text, dictionary))

async function outcomeOf(stream: Buffer) {
  const { content, isTruncated, failure } = await unpack(stream, MAX_BYTES)
  return { isWhole: text.equals(content), isTruncated, failure }
}

test.each([
  { name: 'Zstandard', stream: zst },
  { name: 'Zstandard with a checksum', stream: checkedZst },
  { name: 'Zstandard with the dictionary id 0', stream: zstdFrame('015800') },
  { name: 'Zstandard with a window of 128 MiB', stream: zstdFrame('0088') },
  { name: 'Zstandard with a bit that decoders ignore', stream: zstdFrame('1058') },
  { name: 'Zstandard after empty frames', stream: Buffer.concat([zstdCompressSync(Buffer.alloc(0)), hex('5f2a4d1800000000'), zst]) },
  { name: 'LZ4', stream: lz4Frame },
  { name: 'LZ4 with the id of a dictionary that it does not use', stream: lz4Stream('61400100000000', block) },
  { name: 'LZ4 of version 0', stream: lz4Stream('204000', block) },
  { name: 'LZ4 with a wrong size', stream: lz4Stream('6840010000000000000000', block) },
  { name: 'LZ4 with an empty stored block', stream: lz4Stream('604000', lz4Block(Buffer.alloc(0), { isStored: true }), block) },
  { name: 'first version of LZ4', stream: legacyLz4(block) },
  { name: 'first version of LZ4 before Zstandard', stream: Buffer.concat([legacyLz4(), zst]) },
  {
    name: 'Zstandard before LZ4',
    stream: Buffer.concat([zstdCompressSync(text.subarray(0, 100)), lz4.compressFrameSync(text.subarray(100))]),
  },
])('unpacks $name to its end', async ({ stream }) =>
  expect(await outcomeOf(stream)).toEqual({ isWhole: true, isTruncated: false, failure: '' }),
)

test.each([
  { name: 'Zstandard with a dictionary', stream: zstdCompressSync(text, { dictionary }), failure: /corruption/ },
  { name: 'Zstandard with a dictionary id', stream: zstdFrame('015807'), failure: /Dictionary/ },
  { name: 'Zstandard with a window of 256 MiB', stream: zstdFrame('0090'), failure: /memory/ },
  { name: 'Zstandard of an enormous size', stream: zstdFrame('e0ffffffffffffff0f'), failure: /memory/ },
  { name: 'Zstandard of a smaller size', stream: zstdFrame('2001'), failure: /small|corruption/ },
  { name: 'Zstandard of a larger size', stream: zstdFrame('a0ffff0000'), failure: /corruption/ },
  { name: 'Zstandard with a reserved block', stream: zstdFrame('0058', { type: 3 }), failure: /corruption/ },
  { name: 'Zstandard with a reserved bit', stream: zstdFrame('0858'), failure: /Unsupported/ },
  { name: 'an old version of Zstandard', stream: Buffer.concat([hex('1eb52ffd'), text]), failure: /unknown version/ },
  { name: 'LZ4 with a dictionary', stream: lz4Stream('61400100000000', dependentBlock), failure: /offset/ },
  { name: 'LZ4 with a dictionary that it does not name', stream: lz4Stream('604000', dependentBlock), failure: /offset/ },
  { name: 'LZ4 with a block over its limit', stream: lz4Stream('600000', block), failure: /too small/ },
  { name: 'first version of LZ4 with an empty block', stream: legacyLz4(END_OF_LZ4, block), failure: /./ },
  {
    name: 'first version of LZ4 with a stored block',
    stream: legacyLz4(lz4Block(text, { isStored: true })),
    failure: /data after the end/,
  },
])('reports the failure of $name', async ({ stream, failure }) => {
  expect(await outcomeOf(stream)).toEqual({ isWhole: false, isTruncated: false, failure: expect.stringMatching(failure) })
})

test.each([
  { name: 'LZ4 without its end', stream: lz4Stream('604000', block).subarray(0, -4) },
  { name: 'Zstandard before an old version', stream: Buffer.concat([zst, hex('27b52ffd'), text]) },
  { name: 'Zstandard before zeros', stream: Buffer.concat([zst, Buffer.alloc(512)]) },
  { name: 'Zstandard before a part of a magic number', stream: Buffer.concat([zst, hex('28b52f')]) },
])('unpacks $name, and reports the rest', async ({ stream }) => {
  expect(await outcomeOf(stream)).toEqual({ isWhole: true, isTruncated: false, failure: expect.stringMatching(/./) })
})

test.each([
  { name: 'Zstandard', stream: zst },
  { name: 'Zstandard with a checksum', stream: checkedZst },
  { name: 'LZ4', stream: lz4Frame },
])('reports each way to cut $name', async ({ stream }) => {
  for (let bytes = 4; bytes < stream.length; bytes++) expect((await outcomeOf(stream.subarray(0, bytes))).failure, `${bytes}`).not.toBe('')
})

test('ends a stream of frames that claim much memory within seconds', async () => {
  const frame = zstdFrame('0088', { content: Buffer.from('a') })
  const startedAtMs = performance.now()
  const { failure } = await outcomeOf(Buffer.concat(Array.from({ length: 20_000 }, () => frame)))
  expect(failure).toMatch(/more than 10000 frames|longer than 3 s/)
  expect(performance.now() - startedAtMs).toBeLessThan(8000)
}, 20_000)
