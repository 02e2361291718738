import { createHash } from 'node:crypto'

/** Beginning of the names of the signatures that detect the canaries of generations. */
export const GENERATION_SIGNATURE = 'Guardimesh.Generation.'

/** A content that only one generation detects. */
export interface GenerationCanary {
  readonly content: Buffer
  readonly signatureName: string
  /** One line of a `.hsb` database: SHA-256, size, name, lowest functionality level. */
  readonly databaseLine: string
}

/**
 * Builds the canary of a signature generation. clamd reports neither which third-party databases it has loaded nor when a reload is done, but
 * it detects this harmless text only after it has loaded the generation. Pure.
 */
export function buildGenerationCanary(generation: string): GenerationCanary {
  const content = Buffer.from(`This text shows that clamd has loaded the signature generation ${generation}.\n`)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const signatureName = `${GENERATION_SIGNATURE}${sha256.slice(0, 16)}`
  // 73: the level of ClamAV 0.98, the first that reads SHA-256 signatures (docs.clamav.net, "File hash signatures").
  return { content, signatureName, databaseLine: `${sha256}:${content.length}:${signatureName}:73\n` }
}
