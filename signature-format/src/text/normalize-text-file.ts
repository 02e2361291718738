import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { byteOrderMarkLength, TEXT_HEAD_BYTES } from '@guardimesh/kit'

const CR = 13
const LF = 10

/** A byte order mark, which is also in the middle of a file when files were concatenated. */
const MARK = Buffer.from('efbbbf', 'hex')
/** A line end and a mark. */
const OVERLAP_BYTES = 3

/**
 * Removes UTF-8 byte order marks at the start of lines, and converts line ends of old Macs (CR) to LF: ClamAV would read a mark as part of a
 * signature, and CR as part of one long line. Files without either keep their bytes, also those with CRLF, which all engines accept.
 *
 * @returns true when the file was rewritten.
 * @throws TextEncodingError when the file is UTF-16 or UTF-32.
 */
export async function normalizeTextFile(path: string): Promise<boolean> {
  if (byteOrderMarkLength(await readHead(path)) === 0 && !(await isUnusual(path))) return false
  const target = `${path}.normalized`
  try {
    await writeNormalized(path, target)
    await rename(target, path)
  } finally {
    await rm(target, { force: true })
  }
  return true
}

async function readHead(path: string): Promise<Buffer> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(TEXT_HEAD_BYTES) })
  return buffer.subarray(0, bytesRead)
}

/** True for a file with CR as line end, or with a mark after a line end. */
async function isUnusual(path: string): Promise<boolean> {
  let end = Buffer.alloc(0)
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([end, chunk])
    for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1))
      if (at + 1 < bytes.length && bytes[at + 1] !== LF) return true
    for (let at = bytes.indexOf(MARK, 1); at !== -1; at = bytes.indexOf(MARK, at + 1)) if (bytes[at - 1] === LF) return true
    end = bytes.subarray(-OVERLAP_BYTES)
  }
  return end.at(-1) === CR
}

async function writeNormalized(path: string, target: string): Promise<void> {
  await using input = await open(path)
  await using output = await open(target, 'wx', (await input.stat()).mode)
  const normalizer = new TextNormalizer()
  for await (const chunk of input.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>)
    await output.writeFile(normalizer.convert(chunk))
  await output.writeFile(normalizer.end())
  await output.sync()
}

/** Writes LF for every line end, and no mark at the start of a line. */
class TextNormalizer {
  #followsCr = false
  /** Bytes of a mark that the current line begins with; undefined behind its start. */
  #markBytes: number | undefined = 0

  convert(chunk: Buffer): Buffer {
    const converted = Buffer.allocUnsafe(chunk.length + MARK.length)
    let length = 0
    for (const byte of chunk) length = this.#add(byte, converted, length)
    return converted.subarray(0, length)
  }

  /** Returns the start of a mark that the text ends with. */
  end(): Buffer {
    return MARK.subarray(0, this.#markBytes ?? 0)
  }

  #add(byte: number, converted: Buffer, length: number): number {
    const { length: held } = this.end()
    const isLineFeedOfCr = byte === LF && this.#followsCr
    this.#followsCr = byte === CR
    if (this.#markBytes !== undefined && byte === MARK[held]) {
      this.#markBytes = (held + 1) % MARK.length
      return length
    }
    const next = length + MARK.copy(converted, length, 0, held)
    this.#markBytes = byte === CR || byte === LF ? 0 : undefined
    if (isLineFeedOfCr) return next
    converted[next] = byte === CR ? LF : byte
    return next + 1
  }
}
