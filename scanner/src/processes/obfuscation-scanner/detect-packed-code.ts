import { KIB_BYTES, type SeverityName } from '@guardimesh/contracts'
import { WINDOW_BYTES, windowEntropy } from './entropy.js'
import { executableCode } from './executable-code.js'

/** Machine code has 5.5 to 6.8 bits a byte, compressed or encrypted bytes more than 7.9. */
const PACKED_BITS = 7.5
/** A table of keys in the code must not condemn a program. */
const PACKED_SHARE = 0.5
/** Less code says nothing: a short text of random bytes cannot reach 8 bits. */
const MIN_CODE_BYTES = 8 * KIB_BYTES
/** An ordinary program uses more functions of others; an unpacker needs next to none. */
const FEW_IMPORTS = 10

export interface EntropyMatch {
  readonly rule: string
  readonly description: string
  readonly severity: SeverityName
}

/**
 * Judges by randomness: a program whose code looks compressed or encrypted is packed. Archives and images are compressed too, and stay
 * unjudged, as they are no programs. Pure.
 */
export function detectPackedCode(content: Buffer): EntropyMatch | undefined {
  const code = executableCode(content)
  if (!code) return undefined
  const packed = code.parts.some((part) => {
    if (part.length < MIN_CODE_BYTES) return false
    const { maxBits, shareAbove } = windowEntropy(part, PACKED_BITS)
    return maxBits >= PACKED_BITS && shareAbove >= PACKED_SHARE
  })
  if (!packed) return undefined
  const fewImports = code.importCount !== undefined && code.importCount < FEW_IMPORTS
  return {
    rule: 'Entropy_Packed_Executable',
    severity: fewImports ? 'medium' : 'low',
    description: `The code of this program looks compressed or encrypted (parts of ${WINDOW_BYTES / KIB_BYTES} KiB with ${PACKED_BITS} bits a byte and more), which hides what it does.`,
  }
}
