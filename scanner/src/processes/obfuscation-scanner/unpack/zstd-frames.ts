/** RFC 8878, 3.1.1. */
const MAGIC_BYTES = 4
const CHECKSUM_BYTES = 4
const BLOCK_HEADER_BYTES = 3
const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const
const RLE_BLOCK = 1

/**
 * Returns the length of the first Zstandard frame: Node ends at the end of a frame and ignores what follows, while programs continue with the
 * next one. A damaged frame lasts until the end, so that the decoder reports it. Pure.
 */
export function zstdFrameBytes(content: Buffer): number {
  const descriptor = content[MAGIC_BYTES] ?? 0
  const isSingleSegment = (descriptor & 0x20) !== 0
  const sizeBytes = CONTENT_SIZE_BYTES[(descriptor >> 6) as 0 | 1 | 2 | 3] || (isSingleSegment ? 1 : 0)
  let at = MAGIC_BYTES + 1 + (isSingleSegment ? 0 : 1) + DICTIONARY_ID_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3] + sizeBytes
  while (at + BLOCK_HEADER_BYTES <= content.length) {
    const header = content.readUIntLE(at, BLOCK_HEADER_BYTES)
    at += BLOCK_HEADER_BYTES + (((header >> 1) & 3) === RLE_BLOCK ? 1 : header >> 3)
    const isLast = (header & 1) !== 0
    if (isLast) return Math.min(content.length, at + ((descriptor & 4) === 0 ? 0 : CHECKSUM_BYTES))
  }
  return content.length
}
