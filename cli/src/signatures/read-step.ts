import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

const HEAD_BYTES = 64
const HEAD = /^ClamAV-Diff:(\d{1,9}):(\d{1,10}):/
/** Longer than a signature, which has 342 characters. */
const TAIL_BYTES = 1024
const SIGNATURE = /:[A-Za-z0-9+/]{100,}=*\s*$/

/** What a `.cdiff` says of itself. */
export interface StepHeader {
  /** Version that it leads to. */
  readonly version: number
  /** True when its script has the stated length and the signature of ClamAV's authors comes behind it. */
  readonly isWhole: boolean
}

/**
 * Reads a `.cdiff`: "ClamAV-Diff:<version>:<bytes of the script>:", the script as gzip, ":", the signature.
 *
 * @returns undefined when it is none.
 * Source: cdiff_apply of libclamav_rust/src/cdiff.rs of ClamAV, and its own test-2.cdiff
 */
export async function readStepHeader(path: string): Promise<StepHeader | undefined> {
  const { head, tail, sizeBytes } = await readEnds(path)
  const match = HEAD.exec(head)
  if (!match) return undefined
  const signature = SIGNATURE.exec(tail)
  const script = { start: match[0].length, end: sizeBytes - (signature?.[0].length ?? 0) - 1 }
  return { version: Number(match[1]), isWhole: signature !== null && (await hasScript(path, script, Number(match[2]))) }
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

/** True when that part of the file, its last byte included, is a gzip of so many bytes. */
async function hasScript(path: string, part: { readonly start: number; readonly end: number }, expectedBytes: number): Promise<boolean> {
  let sizeBytes = 0
  const count = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length
      if (sizeBytes > expectedBytes) throw new Error('more than its header says')
    }
  }
  try {
    await pipeline(createReadStream(path, part), createGunzip(), count)
  } catch {
    return false
  }
  return sizeBytes === expectedBytes
}
