import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { byteOrderMarkLength, TEXT_HEAD_BYTES } from '@guardimesh/kit'

const CR = 13
const LF = 10

/**
 * Removes a UTF-8 byte order mark, and converts line ends of old Macs (CR) to LF: ClamAV would read the mark as part of the first
 * signature, and CR as part of one long line. Files without either keep their bytes, also those with CRLF, which all engines accept.
 *
 * @returns true when the file was rewritten.
 * @throws TextEncodingError when the file is UTF-16 or UTF-32.
 */
export async function normalizeTextFile(path: string): Promise<boolean> {
  const markBytes = byteOrderMarkLength(await readHead(path))
  if (markBytes === 0 && !(await hasBareCarriageReturn(path))) return false
  const target = `${path}.normalized`
  try {
    await writeNormalized(path, target, markBytes)
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

async function hasBareCarriageReturn(path: string): Promise<boolean> {
  let endsWithCr = false
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (endsWithCr && chunk[0] !== LF) return true
    for (let at = chunk.indexOf(CR); at !== -1; at = chunk.indexOf(CR, at + 1))
      if (at + 1 < chunk.length && chunk[at + 1] !== LF) return true
    endsWithCr = chunk.at(-1) === CR
  }
  return endsWithCr
}

/** Writes LF for every line end. */
async function writeNormalized(path: string, target: string, start: number): Promise<void> {
  await using input = await open(path)
  await using output = await open(target, 'wx', (await input.stat()).mode)
  let followsCr = false
  for await (const chunk of input.createReadStream({ start, autoClose: false }) as AsyncIterable<Buffer>) {
    const converted = Buffer.allocUnsafe(chunk.length)
    let length = 0
    for (const byte of chunk) {
      if (byte !== LF || !followsCr) converted[length++] = byte === CR ? LF : byte
      followsCr = byte === CR
    }
    await output.writeFile(converted.subarray(0, length))
  }
  await output.sync()
}
