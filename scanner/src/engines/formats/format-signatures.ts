import { FORMATS } from './unpacked-formats.js'

/**
 * Names that begin with "Heuristics." are weak indicators of ClamAV: it continues after such a match, and reports it only if no other
 * signature matches in the whole file. So malware next to a member in an unknown format is still found.
 */
const NAME_PREFIX = 'Heuristics.Guardimesh.UnsupportedFormat.'
/** ClamAV appends ".UNOFFICIAL". */
const NAME = /^Heuristics\.Guardimesh\.UnsupportedFormat\.(\w+)/
/** Shorter magic numbers occur at the start of other contents. */
const MAGIC_MIN_BYTES = 4

/** Dictionaries of 2^16 to 2^31 bytes: the upper half of the field; the lower half is 0. */
const LZMA_DICTIONARIES = Array.from({ length: 16 }, (_, exponent) => littleEndian16(2 ** exponent)).join('|')
/** ncompress: maximum code size of 9 to 16 bits, with and without the flag. */
const COMPRESS_FLAGS = [0x00, 0x80].flatMap((flag) => Array.from({ length: 8 }, (_, bits) => hexByte(flag + 9 + bits))).join('|')
/** Methods of APPNOTE.TXT that ClamAV does not unpack: IBM's, LZMA, Zstandard, MP3, XZ, JPEG, WavPack, PPMd. */
const ZIP_METHODS = [10, 14, 16, 18, 19, 20, 92, 93, 94, 95, 96, 97, 98].map(hexByte).join('|')

/** Formats whose magic numbers are short, with further fields, as in `unpackedFormatOf`. */
const FURTHER_PATTERNS: readonly { readonly name: string; readonly pattern: string }[] = [
  // The usual properties, an unknown size or one below 2^40, and the first byte of the range coder.
  { name: 'LZMA', pattern: `0:5d0000(${LZMA_DICTIONARIES})ffffffffffffffff00` },
  { name: 'LZMA', pattern: `0:5d0000(${LZMA_DICTIONARIES}){5}00000000` },
  { name: 'compress', pattern: `0:1f9d(${COMPRESS_FLAGS})` },
  { name: 'zpaq', pattern: '0:7a5051(01|02)01' },
  { name: 'AppImage', pattern: '0:7f454c46{4}414902' },
  { name: 'ext file system', pattern: '1080:53ef{18}(00|01)000000' },
  // A first member, and any entry of the directory. Programs that write ZIP archives contain the latter alone.
  { name: 'ZIP with an unsupported method', pattern: `0:504b0304*504b0102{6}(${ZIP_METHODS})00` },
]

/**
 * Builds a `.ldb` database that matches members of archives in formats that ClamAV does not open. The scanner reads the headers of a file
 * itself (`checkFormat`), but only ClamAV sees the members of compressed archives. Pure.
 */
export function buildFormatSignatures(): string {
  const strong = FORMATS.filter(({ magic }) => magic.length >= MAGIC_MIN_BYTES).map(({ name, offset, magic }) => ({
    name,
    pattern: `${offset}:${magic.toString('hex')}`,
  }))
  const byName = Map.groupBy([...strong, ...FURTHER_PATTERNS], ({ name }) => name)
  return [...byName]
    .map(([name, patterns]) =>
      signatureLine(
        name,
        patterns.map(({ pattern }) => pattern),
      ),
    )
    .join('')
}

/** Returns the format that a signature of `buildFormatSignatures` stands for; undefined for all other signatures. Pure. */
export function formatOfSignature(signatureName: string): string | undefined {
  return NAME.exec(signatureName)?.[1]?.replaceAll('_', ' ')
}

/** 81: the level of ClamAV 0.99, as in the starter set. Target 0: contents of any type. */
function signatureLine(name: string, patterns: readonly string[]): string {
  const any = patterns.map((_, index) => index).join('|')
  return `${NAME_PREFIX}${name.replaceAll(' ', '_')};Engine:81-255,Target:0;${any};${patterns.join(';')}\n`
}

function littleEndian16(value: number): string {
  return hexByte(value & 0xff) + hexByte(value >> 8)
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0')
}
