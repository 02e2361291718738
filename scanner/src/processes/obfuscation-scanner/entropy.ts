import { KIB_BYTES } from '@guardimesh/contracts/units'

/** Size of the windows that are measured separately: small enough to show a packed part of a large file, large enough for a reliable value. */
export const WINDOW_BYTES = 64 * KIB_BYTES

/** Returns the Shannon entropy in bits per byte: 0 for one repeated value, 8 for random bytes, 0 for empty input. Pure. */
export function entropyBits(bytes: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const byte of bytes) counts[byte] = (counts[byte] as number) + 1
  let bits = 0
  for (const count of counts) if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length)
  return bits
}

/** Entropy of the windows of a content. */
export interface WindowEntropy {
  /** Highest entropy of a window, in bits per byte. */
  readonly maxBits: number
  /** Share of windows at or above the limit, 0 to 1. */
  readonly shareAbove: number
}

/** Measures a content window by window. Ignores a last window shorter than a quarter, unless it is the only one. Pure. */
export function windowEntropy(bytes: Uint8Array, limitBits: number): WindowEntropy {
  let [windows, above, maxBits] = [0, 0, 0]
  for (let start = 0; start < bytes.length; start += WINDOW_BYTES) {
    const window = bytes.subarray(start, start + WINDOW_BYTES)
    if (windows > 0 && window.length < WINDOW_BYTES / 4) break
    const bits = entropyBits(window)
    windows += 1
    if (bits >= limitBits) above += 1
    maxBits = Math.max(maxBits, bits)
  }
  return { maxBits, shareAbove: windows === 0 ? 0 : above / windows }
}
