import { randomBytes } from 'node:crypto'
import { buildGenerationCanary } from '../../../engines/clamav/generation-canary.js'
import { SELF_TEST_RULE, selfTestScript } from '../../../engines/obfuscation/self-test-rule.js'

/** A harmless file that every engine must detect. */
export interface CanaryFile {
  readonly content: Buffer
  /** Names of the signatures by engine; ClamAV may append to its own. */
  readonly signatures: { readonly clamav: string; readonly obfuscation: string }
}

/** The rules cover scripts by their name, with any content. */
export const CANARY_NAME = 'guardimesh-self-test.sh'

const TAR_BLOCK_BYTES = 512

/**
 * Builds an archive with the canary of the generation, which ClamAV detects by its hash, and a script with a random number, so that no cache
 * knows the file.
 */
export function buildCanaryFile(generation: string): CanaryFile {
  const canary = buildGenerationCanary(generation)
  const script = Buffer.from(selfTestScript(randomBytes(16).toString('hex')))
  const content = Buffer.concat([
    ...tarMember('generation.txt', canary.content),
    ...tarMember('script.sh', script),
    Buffer.alloc(2 * TAR_BLOCK_BYTES),
  ])
  return { content, signatures: { clamav: canary.signatureName, obfuscation: SELF_TEST_RULE.name } }
}

/** Pure. Source: POSIX.1-2024, pax, "ustar Interchange Format". */
function tarMember(name: string, content: Buffer): Buffer[] {
  const header = Buffer.alloc(TAR_BLOCK_BYTES)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  header.write(name, 0)
  header.write(octal(0o644, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  header.write(octal(content.length, 11), 124)
  header.write(octal(0, 11), 136)
  header.write('        0', 148)
  header.write('ustar\x0000', 257)
  const checksum = header.reduce((sum, byte) => sum + byte, 0)
  header.write(`${octal(checksum, 6)} `, 148)
  return [header, content, Buffer.alloc((TAR_BLOCK_BYTES - (content.length % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES)]
}
