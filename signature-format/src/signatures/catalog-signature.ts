import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { GuardError, messageOf } from '@guardimesh/kit'

/** Computes the value of CATALOG_SIGNATURE_HEADER for a body. Pure. */
export function signCatalog(body: Buffer, privateKey: KeyObject): string {
  return sign(null, body, privateKey).toString('base64')
}

/** True when the header is a valid signature of the body by this key. Pure. */
export function isCatalogSignedBy(body: Buffer, header: string | undefined, publicKey: KeyObject): boolean {
  return header !== undefined && verify(null, body, publicKey, Buffer.from(header, 'base64'))
}

/** Reads the ed25519 key in PEM that signs or verifies the catalogue. @throws GuardError CONFIG_INVALID */
export function readCatalogKey(path: string, kind: 'private' | 'public'): KeyObject {
  try {
    const pem = readFileSync(path, 'utf8')
    const key = kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem)
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`key type ${key.asymmetricKeyType} instead of ed25519`)
    return key
  } catch (error) {
    throw new GuardError('CONFIG_INVALID', `invalid catalogue key ${path}: ${messageOf(error)}`, {}, { cause: error })
  }
}
