import { createHash } from 'node:crypto'

/** A content that only one generation calls infected. */
export interface GenerationCanary {
  readonly content: Buffer
  readonly signatureName: string
  /** One line of a `.hsb` database: SHA-256, size, name, lowest functionality level. */
  readonly databaseLine: string
}

/**
 * Makes the canary of a signature generation. clamd does not tell which databases of others it has loaded, nor when a reload is done; but it
 * finds this harmless text only with the generation in force. Pure.
 */
export function buildGenerationCanary(generation: string): GenerationCanary {
  const content = Buffer.from(`This text shows that clamd has loaded the signature generation ${generation}.\n`)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const signatureName = `Guardimesh.Generation.${sha256.slice(0, 16)}`
  // 73: the level of ClamAV 0.98, the first that reads SHA-256 signatures (docs.clamav.net, "File hash signatures").
  return { content, signatureName, databaseLine: `${sha256}:${content.length}:${signatureName}:73\n` }
}
