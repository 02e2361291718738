import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { fingerprintOf, GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'

/** Base64 of a 64-byte ed25519 signature, and a newline. */
export const SIGNATURE_FILE_BYTES = 89

/**
 * Creates a key pair: `<name>.key` (readable by its owner only) and `<name>.pub`.
 *
 * @returns the fingerprint of the public key.
 * @throws GuardError CONFIG_INVALID when one of the files exists: keys are never overwritten.
 */
export async function writeKeyPair(name: string): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  await writeNewFile(`${name}.key`, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
  await writeNewFile(`${name}.pub`, publicKey.export({ type: 'spki', format: 'pem' }).toString(), 0o644)
  return fingerprintOf(publicKey)
}

/** @throws GuardError CONFIG_INVALID when the file is not a private ed25519 key. */
export async function readPrivateKey(path: string): Promise<KeyObject> {
  return readKey(path, (pem) => createPrivateKey(pem), 'a private ed25519 key as created by "guardimesh bundle keygen"')
}

/** @throws GuardError CONFIG_INVALID when the file is not a public ed25519 key. */
export async function readPublicKey(path: string): Promise<KeyObject> {
  const parse = (pem: string) => {
    // Node would accept a private key as well, but using it here suggests that it is about to be shared by mistake.
    if (pem.includes('PRIVATE KEY')) throw new Error('this is the private key; use the .pub file')
    return createPublicKey(pem)
  }
  return readKey(path, parse, 'a public ed25519 key as created by "guardimesh bundle keygen"')
}

/** Signs a list. @returns the content of the signature file. */
export function signList(list: Buffer, privateKey: KeyObject): Buffer {
  return Buffer.from(`${sign(null, list, privateKey).toString('base64')}\n`)
}

/** True when the file is a valid signature of these bytes by this key, in the format of `signList`. */
export function isSignedBy(list: Buffer, signatureFile: Buffer, publicKey: KeyObject): boolean {
  const signature = Buffer.from(signatureFile.toString('latin1'), 'base64')
  return `${signature.toString('base64')}\n` === signatureFile.toString('latin1') && verify(null, list, publicKey, signature)
}

async function readKey(path: string, parse: (pem: string) => KeyObject, wanted: string): Promise<KeyObject> {
  const pem = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new GuardError('CONFIG_INVALID', `The key file ${path} cannot be read: ${messageOf(error)}.`)
  })
  try {
    const key = parse(pem)
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`key type ${key.asymmetricKeyType} instead of ed25519`)
    return key
  } catch (error) {
    throw new GuardError('CONFIG_INVALID', `${path} is not ${wanted}: ${messageOf(error)}.`, {}, { cause: error })
  }
}

/** Writes a file of a key. @throws GuardError CONFIG_INVALID when it exists. */
export async function writeNewFile(path: string, text: string, mode: number): Promise<void> {
  await writeFile(path, text, { mode, flag: 'wx' }).catch((error: unknown) => {
    if (systemCodeOf(error) === 'EEXIST')
      throw new GuardError('CONFIG_INVALID', `${path} already exists; keys are never overwritten. Choose another name.`)
    throw new GuardError('CONFIG_INVALID', `${path} cannot be written: ${messageOf(error)}.`)
  })
}
