import type { SeverityName } from '@guardimesh/contracts/detection/severity'
import { KIB_BYTES } from '@guardimesh/contracts/units'
import { WINDOW_BYTES, windowEntropy } from './entropy.js'
import { executableCode } from './executable-code.js'

/** Machine code has an entropy of 5.5 to 6.8 bits per byte, compressed or encrypted data more than 7.9. */
const PACKED_BITS = 7.5
/** Minimum share of packed windows, so that a table of keys in the code causes no false positive. */
const PACKED_SHARE = 0.5
/** Smaller sections are ignored, because the measured entropy of few bytes is too low. */
const MIN_CODE_BYTES = 8 * KIB_BYTES
/** Ordinary programs import more functions; an unpacker needs hardly any. */
const FEW_IMPORTS = 10

export interface EntropyMatch {
  readonly rule: string
  readonly description: string
  readonly severity: SeverityName
}

/**
 * Detects packed executables: their code has the entropy of compressed or encrypted data. Other files, such as archives and images, are
 * ignored. Pure.
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
    description: `The code of this program appears to be compressed or encrypted (windows of ${WINDOW_BYTES / KIB_BYTES} KiB with an entropy of at least ${PACKED_BITS} bits per byte), which hides its behaviour.`,
  }
}
