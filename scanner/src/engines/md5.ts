import { createHash } from 'node:crypto'

/** False where OpenSSL does not allow MD5 (FIPS mode), which cannot change while the process runs. Only SHA-256 is computed then. */
export const IS_MD5_ALLOWED = canHash('md5')

function canHash(algorithm: string): boolean {
  try {
    createHash(algorithm).digest()
    return true
  } catch {
    return false
  }
}
