import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { CATALOG_PRIVATE_KEY, CATALOG_PUBLIC_KEY, MANAGEMENT_KEY } from '../desired/signature-names.js'

/** 32 url-safe characters: 192 random bits, and nothing that a header could not carry. */
const MANAGEMENT_KEY_FORM = /^[A-Za-z0-9_-]{32,}$/

/**
 * The keys of a signature server: one that signs its catalogue (ed25519, PEM), its public half, and the word that allows changes over HTTP.
 * What is found and good stays, so that nobody loses trust in the server; only what is missing or damaged is made anew.
 *
 * @param found the values that the Secret holds, by key.
 */
export function signatureKeys(found: Readonly<Record<string, string>>): Record<string, string> {
  const catalogKey = privateKeyIn(found[CATALOG_PRIVATE_KEY]) ?? generateKeyPairSync('ed25519').privateKey
  const management = found[MANAGEMENT_KEY] ?? ''
  return {
    [CATALOG_PRIVATE_KEY]: catalogKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    [CATALOG_PUBLIC_KEY]: createPublicKey(catalogKey).export({ type: 'spki', format: 'pem' }).toString(),
    [MANAGEMENT_KEY]: MANAGEMENT_KEY_FORM.test(management) ? management : randomBytes(24).toString('base64url'),
  }
}

function privateKeyIn(pem: string | undefined): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem ?? '')
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    // Whatever is wrong with it, another is made.
    return undefined
  }
}
