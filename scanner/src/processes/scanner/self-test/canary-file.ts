import { randomBytes } from 'node:crypto'
import { paddingBytes, TAR_END, tarHeader } from '@guardimesh/signature-format'
import { buildGenerationCanary, GENERATION_SIGNATURE } from '../../../engines/clamav/generation-canary.js'
import { SELF_TEST_RULE, selfTestScript } from '../../../engines/obfuscation/self-test-rule.js'

/** A harmless file that every engine must detect. */
export interface CanaryFile {
  readonly content: Buffer
  /** Names of the signatures by engine; ClamAV may append to its own. */
  readonly signatures: { readonly clamav: string; readonly obfuscation: string }
}

/** The rules cover scripts by their name, with any content. */
export const CANARY_NAME = 'guardimesh-self-test.sh'

/** True for a signature that detects nothing but canaries. Pure. */
export function isCanarySignature(name: string): boolean {
  return name.startsWith(GENERATION_SIGNATURE) || name.startsWith(SELF_TEST_RULE.name)
}

/**
 * Builds an archive with the canary of the generation, which ClamAV detects by its hash, and a script with a random number, so that no cache
 * knows the file.
 */
export function buildCanaryFile(generation: string): CanaryFile {
  const canary = buildGenerationCanary(generation)
  const script = Buffer.from(selfTestScript(randomBytes(16).toString('hex')))
  const content = Buffer.concat([...tarMember('generation.txt', canary.content), ...tarMember('script.sh', script), TAR_END])
  return { content, signatures: { clamav: canary.signatureName, obfuscation: SELF_TEST_RULE.name } }
}

function tarMember(path: string, content: Buffer): Buffer[] {
  return [tarHeader({ path, sizeBytes: content.length, mode: 0o644 }), content, Buffer.alloc(paddingBytes(content.length))]
}
