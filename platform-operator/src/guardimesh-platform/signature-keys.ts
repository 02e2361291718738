import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { CATALOG_PRIVATE_KEY, CATALOG_PUBLIC_KEY, MANAGEMENT_KEY } from '../desired/signature-names.js'

/** At least 32 URL-safe characters (192 random bits), all of them valid in an HTTP header. */
const MANAGEMENT_KEY_PATTERN = /^[A-Za-z0-9_-]{32,}$/

/**
 * Completes the keys of a signature server: the private key that signs its catalogue (ed25519, PEM), its public key, and the management key
 * that authorizes changes over HTTP. Valid keys are kept, so that scanners keep trusting the server; missing or invalid ones are generated.
 *
 * @param existing values of the Secret, by key.
 */
export function completeSignatureKeys(existing: Readonly<Record<string, string>>): Record<string, string> {
  const catalogKey = parsePrivateKey(existing[CATALOG_PRIVATE_KEY]) ?? generateKeyPairSync('ed25519').privateKey
  const managementKey = existing[MANAGEMENT_KEY] ?? ''
  return {
    [CATALOG_PRIVATE_KEY]: catalogKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    [CATALOG_PUBLIC_KEY]: createPublicKey(catalogKey).export({ type: 'spki', format: 'pem' }).toString(),
    [MANAGEMENT_KEY]: MANAGEMENT_KEY_PATTERN.test(managementKey) ? managementKey : randomBytes(24).toString('base64url'),
  }
}

function parsePrivateKey(pem: string | undefined): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem ?? '')
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}
