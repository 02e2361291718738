import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { GuardError, messageOf } from '@guardimesh/kit'

/** Value of CATALOG_SIGNATURE_HEADER for a body. Pure. */
export function signCatalog(body: Buffer, privateKey: KeyObject): string {
  return sign(null, body, privateKey).toString('base64')
}

/** True when the header holds this key's signature over the body. Pure. */
export function isCatalogSignedBy(body: Buffer, header: string | undefined, publicKey: KeyObject): boolean {
  return header !== undefined && verify(null, body, publicKey, Buffer.from(header, 'base64'))
}

/** Reads the key that signs the catalogue, or the one that proves it: PEM, ed25519. @throws GuardError CONFIG_INVALID */
export function readCatalogKey(path: string, kind: 'private' | 'public'): KeyObject {
  try {
    const pem = readFileSync(path, 'utf8')
    const key = kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem)
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`it is a key of type ${key.asymmetricKeyType}, not ed25519`)
    return key
  } catch (error) {
    throw new GuardError('CONFIG_INVALID', `the key of the catalogue in ${path} cannot be used: ${messageOf(error)}`, {}, { cause: error })
  }
}
