import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

const HEAD_BYTES = 64
const HEAD = /^ClamAV-Diff:(\d{1,9}):(\d{1,10}):/
/** Longer than the signature, which has 342 characters. */
const TAIL_BYTES = 1024
const SIGNATURE = /:[A-Za-z0-9+/]{100,}=*\s*$/

/** Header of a `.cdiff`. */
export interface DeltaHeader {
  /** Version that the delta produces. */
  readonly version: number
  /** True when the script has the stated length and is followed by a signature. */
  readonly isComplete: boolean
}

/**
 * Reads the header of a `.cdiff`: "ClamAV-Diff:<version>:<bytes of the script>:", the script as gzip, ":", the signature.
 *
 * @returns undefined when the file is not a `.cdiff`.
 * Source: cdiff_apply in libclamav_rust/src/cdiff.rs of ClamAV, and its test-2.cdiff
 */
export async function readDeltaHeader(path: string): Promise<DeltaHeader | undefined> {
  const { head, tail, sizeBytes } = await readEnds(path)
  const match = HEAD.exec(head)
  if (!match) return undefined
  const signature = SIGNATURE.exec(tail)
  const script = { start: match[0].length, end: sizeBytes - (signature?.[0].length ?? 0) - 1 }
  return { version: Number(match[1]), isComplete: signature !== null && (await hasScript(path, script, Number(match[2]))) }
}

async function readEnds(path: string): Promise<{ head: string; tail: string; sizeBytes: number }> {
  await using file = await open(path, 'r')
  const { size: sizeBytes } = await file.stat()
  const textAt = async (position: number, length: number) => {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position })
    return buffer.toString('latin1', 0, bytesRead)
  }
  return { head: await textAt(0, HEAD_BYTES), tail: await textAt(Math.max(0, sizeBytes - TAIL_BYTES), TAIL_BYTES), sizeBytes }
}

/** True when that part of the file, including its last byte, is gzip data with the expected unpacked size. */
async function hasScript(path: string, part: { readonly start: number; readonly end: number }, expectedBytes: number): Promise<boolean> {
  let sizeBytes = 0
  const count = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length
      if (sizeBytes > expectedBytes) throw new Error('larger than stated in the header')
    }
  }
  try {
    await pipeline(createReadStream(path, part), createGunzip(), count)
  } catch {
    return false
  }
  return sizeBytes === expectedBytes
}
