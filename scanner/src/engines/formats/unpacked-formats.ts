interface Format {
  readonly name: string
  readonly offset: number
  readonly magic: Buffer
}

const ascii = (name: string, magic: string, offset = 0): Format => ({ name, offset, magic: Buffer.from(magic, 'latin1') })
const hex = (name: string, magic: string, offset = 0): Format => ({ name, offset, magic: Buffer.from(magic, 'hex') })

/**
 * Formats that ClamAV 1.4 does not open, by their magic numbers; `test/engines/formats.test.ts` verifies the list against a real clamd.
 * Brotli, raw DEFLATE and zlib streams have no usable magic number.
 * Sources: RFC 8878 (Zstandard), lz4_Frame_format.md, lzip manual, lzop, lrzip and rzip sources, framing_format.txt of Snappy, zpaq.h, the
 * kernel's documentation of its file systems, QEMU's docs/interop, the VMDK specification, ar(5), the RPM file format.
 */
export const FORMATS: readonly Format[] = [
  hex('Zstandard', '28b52ffd'),
  // Versions 0.1 to 0.7 of Zstandard, which its program still opens.
  ...['1e', '22', '23', '24', '25', '26', '27'].map((version) => hex('Zstandard', `${version}b52ffd`)),
  hex('LZ4', '04224d18'),
  hex('LZ4', '02214c18'),
  // A frame that decoders skip, before the data of Zstandard or LZ4.
  ...Array.from({ length: 16 }, (_, n) => hex('Zstandard or LZ4', `5${n.toString(16)}2a4d18`)),
  ascii('lzip', 'LZIP'),
  hex('lzop', '894c5a4f000d0a1a0a'),
  ascii('lrzip', 'LRZI'),
  ascii('rzip', 'RZIP'),
  hex('Snappy', 'ff060000734e61507059'),
  ascii('bzip3', 'BZ3v1'),
  hex('zpaq', '376b5374a03183d38cb228b0d3'),
  ascii('zpaq', 'zPQ'),
  hex('pack', '1f1e'),
  hex('freeze', '1f9f'),
  ascii('ar archive', '!<arch>\n'),
  ascii('thin ar archive', '!<thin>\n'),
  hex('RPM package', 'edabeedb'),
  ascii('RAR', 'Rar!\x1a\x07'),
  ascii('ACE', '**ACE**', 7),
  hex('ZOO', 'dca7c4fd', 20),
  ascii('WIM', 'MSWIM\0\0\0'),
  // An ELF program that mounts the squashfs after it.
  ascii('AppImage', 'AI\x02', 8),
  ascii('squashfs', 'hsqs'),
  ascii('squashfs', 'sqsh'),
  hex('cramfs', '453dcd28'),
  hex('cramfs', '28cd3d45'),
  hex('cramfs', '453dcd28', 512),
  ascii('romfs', '-rom1fs-'),
  hex('EROFS', 'e2e1f5e0', 1024),
  hex('F2FS', '1020f5f2', 1024),
  ascii('btrfs', '_BHRfS_M', 65_600),
  ascii('XFS', 'XFSB'),
  hex('UBIFS', '31181006'),
  ascii('UBI', 'UBI#'),
  hex('QCOW2', '514649fb'),
  ascii('VMDK', 'KDMV'),
  ascii('VMDK', 'COWD'),
  hex('VDI', '7f10dabe', 64),
  ascii('VHDX', 'vhdxfile'),
  ascii('VHD', 'conectix'),
]

/** Returns the name of the format that a content begins with, if ClamAV does not open it; undefined for all others. Pure. */
export function unpackedFormatOf(head: Buffer): string | undefined {
  const found = FORMATS.find(({ offset, magic }) => head.subarray(offset, offset + magic.length).equals(magic))
  return found?.name ?? WEAK_FORMATS.find(({ matches }) => matches(head))?.name
}

/** Formats whose magic numbers are too short, so that other fields are checked as well. */
const WEAK_FORMATS: readonly { readonly name: string; matches(head: Buffer): boolean }[] = [
  { name: 'LZMA', matches: isLzmaAlone },
  { name: 'compress', matches: isCompress },
  { name: 'ext file system', matches: isExt },
]

/** Bytes of a member that are read to find its format; enough for the superblock of every file system but btrfs. */
export const MEMBER_HEAD_BYTES = 2048

const LZMA_HEADER_BYTES = 14
const DICTIONARY_MIN_BYTES = 4096
const LZMA_PROPERTIES_MAX = 9 * 5 * 5
const LZMA_SIZE_MAX = 2n ** 38n
const UNKNOWN_SIZE = 0xffff_ffff_ffff_ffffn

/**
 * The format has no magic number: properties below 225, a dictionary of 2^n or 2^n + 2^(n-1) bytes, a plausible size, and the first byte of the
 * range coder, which is 0. Source: the checks of `alone_decoder.c` in XZ Utils.
 */
function isLzmaAlone(head: Buffer): boolean {
  if (head.length < LZMA_HEADER_BYTES || head.readUInt8(0) >= LZMA_PROPERTIES_MAX || head.readUInt8(13) !== 0) return false
  const dictionaryBytes = head.readUInt32LE(1)
  const sizeBytes = head.readBigUInt64LE(5)
  return isDictionarySize(dictionaryBytes) && (sizeBytes === UNKNOWN_SIZE || (sizeBytes > 0n && sizeBytes < LZMA_SIZE_MAX))
}

/** ncompress: the third byte is the maximum code size, 9 to 16 bits, and a flag. */
function isCompress(head: Buffer): boolean {
  if (head.length < 3 || head.readUInt16BE(0) !== 0x1f9d) return false
  const flags = head.readUInt8(2)
  const codeBits = flags & 0x1f
  return (flags & 0x60) === 0 && codeBits >= 9 && codeBits <= 16
}

/** Superblock at 1024: magic number at 56, block size as a power of two at 24, revision at 76 (kernel documentation of ext4). */
function isExt(head: Buffer): boolean {
  if (head.length < 1104 || head.readUInt16LE(1080) !== 0xef53) return false
  return head.readUInt32LE(1048) <= 6 && head.readUInt32LE(1100) <= 1
}

function isDictionarySize(bytes: number): boolean {
  if (bytes < DICTIONARY_MIN_BYTES) return false
  if (bytes === 0xffff_ffff) return true
  const exponent = Math.floor(Math.log2(bytes))
  return bytes === 2 ** exponent || bytes === 2 ** exponent + 2 ** (exponent - 1)
}
