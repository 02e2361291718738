import { open } from 'node:fs/promises'

const HEAD_BYTES = 64
const HEAD = /^ClamAV-Diff:(\d{1,9}):(\d{1,12}):/

/** What a `.cdiff` says of itself. */
export interface StepHeader {
  /** Version that it leads to. */
  readonly version: number
  /** True when behind its script, which has the stated length, comes the signature of ClamAV's authors. */
  readonly isWhole: boolean
}

/**
 * Reads the head of a `.cdiff`: "ClamAV-Diff:<version>:<bytes>:", the packed script, ":", the signature.
 *
 * @returns undefined when it is none.
 * Source: cdiff_apply of shared/cdiff.c of ClamAV
 */
export async function readStepHeader(path: string): Promise<StepHeader | undefined> {
  await using file = await open(path, 'r')
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 })
  const match = HEAD.exec(buffer.toString('latin1', 0, bytesRead))
  if (!match) return undefined
  const behindScript = match[0].length + Number(match[2])
  const { buffer: colon, bytesRead: found } = await file.read({ buffer: Buffer.alloc(2), position: behindScript })
  return { version: Number(match[1]), isWhole: found === 2 && colon[0] === ':'.charCodeAt(0) }
}
