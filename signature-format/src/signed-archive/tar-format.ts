/** Tar works in blocks of this size (POSIX.1-1988, ustar). */
export const TAR_BLOCK_BYTES = 512
/** Two empty blocks say that nothing follows. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK_BYTES)

const NAME_MAX_BYTES = 100
const PREFIX_MAX_BYTES = 155
/** Eleven octal digits. */
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
 * The header of a regular file, the same bytes for the same file on every machine: no time, no owner. Pure.
 *
 * @throws RangeError when the path or the size does not fit into the format.
 */
export function tarHeader({ path, sizeBytes, mode }: TarFile): Buffer {
  if (sizeBytes > TAR_FILE_MAX_BYTES) throw new RangeError(`${path} is larger than 8 GiB, which a tar archive cannot hold`)
  const { name, prefix } = splitPath(path)
  const block = Buffer.alloc(TAR_BLOCK_BYTES)
  const put = (text: string, at: number) => block.write(text, at, 'utf8')
  put(name, 0)
  put(octal(mode, 7), 100)
  put(octal(0, 7), 108)
  put(octal(0, 7), 116)
  put(octal(sizeBytes, 11), 124)
  put(octal(0, 11), 136)
  // The checksum is counted with blanks in its own place.
  put('        ', CHECKSUM_AT)
  put('0', TYPE_AT)
  put('ustar\u000000', 257)
  put(prefix, 345)
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(`${octal(sum, 6)}\0 `, CHECKSUM_AT)
  return block
}

/** How many zero bytes follow a file's content. Pure. */
export function paddingBytes(sizeBytes: number): number {
  return (TAR_BLOCK_BYTES - (sizeBytes % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES
}

/** The size that a header states; NaN when it states none. Pure. */
export function sizeInHeader(block: Buffer): number {
  return Number.parseInt(block.toString('latin1', 124, 135), 8)
}

/** What a header that was not expected is about, for a message: "the symbolic link ../x". Pure. */
export function describeHeader(block: Buffer): string {
  if (block.every((byte) => byte === 0)) return 'the end of the archive'
  const text = (from: number, to: number) => block.toString('utf8', from, to).replace(/\0.*$/s, '')
  if (text(257, 262) !== 'ustar') return 'bytes that are no entry of an archive'
  const type = TYPES[String.fromCharCode(block[TYPE_AT] ?? 0)] ?? 'entry of an unknown kind'
  const path = [text(345, 500), text(0, NAME_MAX_BYTES)].filter((part) => part !== '').join('/')
  return `the ${type} ${JSON.stringify(path)}`
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0')
}

/** A path of more than 100 bytes is cut at a slash: the part before it goes into the prefix. */
function splitPath(path: string): { readonly name: string; readonly prefix: string } {
  if (Buffer.byteLength(path) <= NAME_MAX_BYTES) return { name: path, prefix: '' }
  for (let cut = path.indexOf('/'); cut !== -1; cut = path.indexOf('/', cut + 1)) {
    const [prefix, name] = [path.slice(0, cut), path.slice(cut + 1)]
    if (Buffer.byteLength(prefix) <= PREFIX_MAX_BYTES && Buffer.byteLength(name) <= NAME_MAX_BYTES) return { name, prefix }
  }
  throw new RangeError(`the path ${path} is too long for a tar archive: shorten the name of the file`)
}
