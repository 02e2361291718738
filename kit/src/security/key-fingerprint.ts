import { createHash, type KeyObject } from 'node:crypto'

/** Returns the fingerprint "SHA256:…" of a public key. Pure. */
export function fingerprintOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return `SHA256:${createHash('sha256').update(der).digest('base64').replace(/=+$/, '')}`
}
