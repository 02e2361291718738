import { open } from 'node:fs/promises'
import { CONTAINER_HEADER_BYTES } from './container.js'

/** Header of a .cvd, .cld or .cud. */
export interface ContainerHeader {
  readonly version: number
  readonly signatures: number
  readonly functionalityLevel: number
  /** MD5 of everything after the header; "X" in a .cld that freshclam created from an older one and a delta. */
  readonly md5: string
  readonly builtAt: string
}

const MAX_SECONDS = 4_102_444_800

/**
 * Parses a header: "ClamAV-VDB:<time>:<version>:<signatures>:<level>:<MD5>:<digital signature>:<builder>:<Unix time>". Pure.
 *
 * @returns undefined when the header is invalid.
 * Source: https://docs.clamav.net/manual/Signatures.html, and cl_cvdparse of libclamav/cvd.c
 */
export function parseContainerHeader(bytes: Buffer): ContainerHeader | undefined {
  const text = bytes.subarray(0, CONTAINER_HEADER_BYTES).toString('latin1')
  const match = /^ClamAV-VDB:[^:]+:(\d{1,9}):(\d{1,12}):(\d{1,6}):([0-9a-f]{32}|X):[^:]+:[^:]+:(\d{1,10})\s*$/.exec(text)
  if (!match) return undefined
  const [, version, signatures, level, md5 = '', seconds] = match
  if (Number(seconds) > MAX_SECONDS) return undefined
  return {
    version: Number(version),
    signatures: Number(signatures),
    functionalityLevel: Number(level),
    md5,
    builtAt: new Date(Number(seconds) * 1000).toISOString(),
  }
}

/** Reads the header of a file. @returns undefined when it has no valid header. */
export async function readContainerHeader(path: string): Promise<ContainerHeader | undefined> {
  await using file = await open(path, 'r')
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(CONTAINER_HEADER_BYTES) })
  return parseContainerHeader(buffer.subarray(0, bytesRead))
}
