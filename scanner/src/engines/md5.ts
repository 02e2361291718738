import { createHash } from 'node:crypto'

/** False where OpenSSL forbids MD5 (FIPS): contents are known by SHA-256 alone then. A process cannot change that. */
export const IS_MD5_ALLOWED = canHash('md5')

function canHash(algorithm: string): boolean {
  try {
    createHash(algorithm).digest()
    return true
  } catch {
    return false
  }
}
