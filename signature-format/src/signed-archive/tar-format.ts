/** Block size of tar (POSIX.1-1988, ustar). */
export const TAR_BLOCK_BYTES = 512
/** Two empty blocks mark the end. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK_BYTES)

const NAME_MAX_BYTES = 100
const PREFIX_MAX_BYTES = 155
/** Maximum of eleven octal digits. */
export const TAR_FILE_MAX_BYTES = 8 ** 11 - 1
const CHECKSUM_AT = 148
const TYPE_AT = 156
const TYPES: Readonly<Record<string, string>> = {
  '0': 'file',
  '\0': 'file',
  '1': 'hard link',
  '2': 'symbolic link',
  '3': 'device',
  '4': 'device',
  '5': 'folder',
  '6': 'pipe',
}

export interface TarFile {
  readonly path: string
  readonly sizeBytes: number
  readonly mode: number
}

/**
 * Returns the header of a regular file. Reproducible, because it has no time and no owner. Pure.
 *
 * @throws RangeError when the path or the size exceeds the limits of the format.
 */
export function tarHeader({ path, sizeBytes, mode }: TarFile): Buffer {
  if (sizeBytes > TAR_FILE_MAX_BYTES) throw new RangeError(`${path} is too large for a tar archive (maximum 8 GiB)`)
  const { name, prefix } = splitPath(path)
  const block = Buffer.alloc(TAR_BLOCK_BYTES)
  const put = (text: string, at: number) => block.write(text, at, 'utf8')
  put(name, 0)
  put(octal(mode, 7), 100)
  put(octal(0, 7), 108)
  put(octal(0, 7), 116)
  put(octal(sizeBytes, 11), 124)
  put(octal(0, 11), 136)
  // The checksum is computed with spaces in its own field.
  put('        ', CHECKSUM_AT)
  put('0', TYPE_AT)
  put('ustar\u000000', 257)
  put(prefix, 345)
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(`${octal(sum, 6)}\0 `, CHECKSUM_AT)
  return block
}

/** Returns the number of zero bytes after a file's content. Pure. */
export function paddingBytes(sizeBytes: number): number {
  return (TAR_BLOCK_BYTES - (sizeBytes % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES
}

/** Returns the size in a header; NaN when it has none. Pure. */
export function sizeInHeader(block: Buffer): number {
  return Number.parseInt(block.toString('latin1', 124, 135), 8)
}

/** Describes an unexpected header for an error message: "the symbolic link ../x". Pure. */
export function describeHeader(block: Buffer): string {
  if (block.every((byte) => byte === 0)) return 'the end of the archive'
  const text = (from: number, to: number) => block.toString('utf8', from, to).replace(/\0.*$/s, '')
  if (text(257, 262) !== 'ustar') return 'bytes that are not an archive entry'
  const type = TYPES[String.fromCharCode(block[TYPE_AT] ?? 0)] ?? 'entry of unknown type'
  const path = [text(345, 500), text(0, NAME_MAX_BYTES)].filter((part) => part !== '').join('/')
  return `the ${type} ${JSON.stringify(path)}`
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0')
}

/** Splits a path of more than 100 bytes at a slash into prefix and name. */
function splitPath(path: string): { readonly name: string; readonly prefix: string } {
  if (Buffer.byteLength(path) <= NAME_MAX_BYTES) return { name: path, prefix: '' }
  for (let cut = path.indexOf('/'); cut !== -1; cut = path.indexOf('/', cut + 1)) {
    const [prefix, name] = [path.slice(0, cut), path.slice(cut + 1)]
    if (Buffer.byteLength(prefix) <= PREFIX_MAX_BYTES && Buffer.byteLength(name) <= NAME_MAX_BYTES) return { name, prefix }
  }
  throw new RangeError(`the path ${path} is too long for a tar archive; shorten the file name`)
}
