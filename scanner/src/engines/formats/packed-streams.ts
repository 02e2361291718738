import { IPC_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { unpackedFormatOf } from './unpacked-formats.js'

/** Formats of `unpackedFormatOf` that the obfuscation scanner unpacks. */
const STREAM_FORMATS: ReadonlySet<string> = new Set(['Zstandard', 'Zstandard or LZ4', 'LZ4'])
/** Limit for the size of a packed stream and of its content. */
export const STREAM_MAX_BYTES = IPC_LIMITS.obfuscationContentBytes
const EXTENSION = /\.(zst|zstd|lz4)$/i

/** STREAM_MAX_BYTES for users. */
export const STREAM_LIMIT = `${STREAM_MAX_BYTES / MIB_BYTES} MiB`

/** True for a format of which the obfuscation scanner unpacks streams up to STREAM_LIMIT. Pure. */
export function isStreamFormat(format: string): boolean {
  return STREAM_FORMATS.has(format)
}

/** Returns the format of a file that is as a whole a stream which the obfuscation scanner unpacks; undefined for all others. Pure. */
export function streamFormatOf(head: Buffer, sizeBytes: number): string | undefined {
  const format = unpackedFormatOf(head)
  return format !== undefined && isStreamFormat(format) && sizeBytes <= STREAM_MAX_BYTES ? format : undefined
}

/** Returns the path that programs give the content of a packed stream: without the extension of the format. Pure. */
export function unpackedPath(path: Buffer): Buffer {
  return Buffer.from(path.toString('latin1').replace(EXTENSION, ''), 'latin1')
}
