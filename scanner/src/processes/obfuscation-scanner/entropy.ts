import { KIB_BYTES } from '@guardimesh/contracts'

/** Part of a content that is judged on its own; small enough to show a packed part in a large file, large enough to be sure. */
export const WINDOW_BYTES = 64 * KIB_BYTES

/** Shannon entropy in bits a byte: 0 for one value repeated, 8 for random bytes. 0 for nothing. Pure. */
export function entropyBits(bytes: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const byte of bytes) counts[byte] = (counts[byte] as number) + 1
  let bits = 0
  for (const count of counts) if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length)
  return bits
}

/** How a content's windows look. */
export interface WindowEntropy {
  /** Of the most random window, bits a byte. */
  readonly maxBits: number
  /** Share of windows that are at or above a limit, 0 to 1. */
  readonly shareAbove: number
}

/** Looks at a content window by window. A last window shorter than a quarter tells nothing, unless it is the only one. Pure. */
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
