/**
 * Returns a copy with memory of its own, to be kept for long. Small buffers are parts of blocks of 64 KiB, and one of them keeps its whole block
 * in memory.
 */
export function unpooled(bytes: Buffer): Buffer {
  return Buffer.from(new Uint8Array(bytes).buffer)
}
