import type { OpenedFile } from '../../node/file-identity.js'
import type { Verdict } from '../engine.js'
import { HEAD_BYTES, readRange } from '../file-content.js'
import { CLEAN } from '../merge-verdicts.js'
import { cpioGap, isCpio } from './cpio-members.js'
import { isStreamFormat, STREAM_LIMIT, STREAM_MAX_BYTES } from './packed-streams.js'
import { isTar, tarGap } from './tar-members.js'
import { unpackedFormatOf } from './unpacked-formats.js'
import { zipGap } from './zip-members.js'

/** A ZIP archive may follow other data, such as an image or a program that extracts it. */
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1')
const ZIP_END_BYTES = 22
const ZIP_LOCAL = Buffer.from('PK\x03\x04', 'latin1')

/**
 * Checks whether a file has content that no engine opens. Reads magic numbers and headers within bounds and unpacks nothing, so hostile
 * archives cannot cost more than that. Call it for packed streams only when they are not unpacked: see `streamFormatOf`.
 *
 * @param head see `readHead`.
 * @returns "clean" when the engines open the whole format, which says nothing about malware.
 * @throws the system's error when the file cannot be read.
 */
export async function checkFormat(file: OpenedFile, head: Buffer): Promise<Verdict> {
  const format = unpackedFormatOf(head)
  const gap = format === undefined ? await gapOfMembers(file, head) : gapOfFile(file, format)
  return gap === undefined ? CLEAN : { kind: 'not-scanned', reason: 'unsupported_format', detail: `${gap}: no engine unpacks it` }
}

function gapOfFile({ sizeBytes }: OpenedFile, format: string): string {
  return isStreamFormat(format) && sizeBytes > STREAM_MAX_BYTES ? `${format} of more than ${STREAM_LIMIT}` : format
}

async function gapOfMembers(file: OpenedFile, head: Buffer): Promise<string | undefined> {
  if (isTar(head)) return tarGap(file)
  if (isCpio(head)) return cpioGap(file)
  return (await mayContainZip(file, head)) ? zipGap(file) : undefined
}

async function mayContainZip({ fd, sizeBytes }: OpenedFile, head: Buffer): Promise<boolean> {
  if (head.includes(ZIP_LOCAL) || head.includes(ZIP_END)) return true
  // After other data, only an archive without a comment is found.
  return sizeBytes > HEAD_BYTES && (await readRange(fd, sizeBytes - ZIP_END_BYTES, ZIP_END_BYTES)).indexOf(ZIP_END) === 0
}
