import { randomInt } from 'node:crypto'
import { PASSWORD_MAX_BYTES } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import bcrypt from 'bcrypt'

/** About 250 ms per attempt on a server of 2026. */
const BCRYPT_COST = 12
/** Excludes similar characters such as l, 1, O and 0. */
const GENERATED_ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GENERATED_LENGTH = 20

/** Hash of a random password; comparing with it takes as long as with the hash of an existing account. */
let unknownHash: Promise<string> | undefined

/** Hashes a password with bcrypt, in its normal form. @throws GuardError PASSWORD_UNACCEPTABLE. */
export function hashPassword(password: string): Promise<string> {
  const normal = password.normalize('NFC')
  checkLength(normal)
  return bcrypt.hash(normal, BCRYPT_COST)
}

/**
 * Compares a password with a hash. Call it inside `withPasswordSlot`.
 *
 * Keyboards and browsers send the same letter in different Unicode forms. Hashes are of the normal form NFC (RFC 8265); earlier versions hashed the
 * text as it was sent, so the text as typed and its decomposed form are compared as well.
 *
 * @param hash undefined for an unknown account: takes the same time and returns false.
 * @throws GuardError PASSWORD_UNACCEPTABLE.
 */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  checkLength(password.normalize('NFC'))
  unknownHash ??= bcrypt.hash(generatePassword(), BCRYPT_COST)
  const compared = hash ?? (await unknownHash)
  const forms = new Set([password.normalize('NFC'), password, password.normalize('NFD')])
  for (const form of forms) {
    if (Buffer.byteLength(form) > PASSWORD_MAX_BYTES) continue
    if (await bcrypt.compare(form, compared)) return hash !== undefined
  }
  return false
}

/** Generates a password with 116 random bits that is easy to type. */
export function generatePassword(): string {
  return Array.from({ length: GENERATED_LENGTH }, () => GENERATED_ALPHABET[randomInt(GENERATED_ALPHABET.length)]).join('')
}

/** bcrypt silently ignores everything beyond 72 bytes, so different passwords could match. */
function checkLength(password: string): void {
  const sizeBytes = Buffer.byteLength(password)
  if (sizeBytes > PASSWORD_MAX_BYTES)
    throw new GuardError('PASSWORD_UNACCEPTABLE', `the password has ${sizeBytes} bytes in UTF-8, the maximum is ${PASSWORD_MAX_BYTES}`)
}
