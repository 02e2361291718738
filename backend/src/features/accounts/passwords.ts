import { randomInt } from 'node:crypto'
import { PASSWORD_MAX_BYTES } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import bcrypt from 'bcrypt'

/** About 250 ms per attempt on a server of 2026. */
const BCRYPT_COST = 12
/** Maximum concurrent hashes: bcrypt shares libuv's four threads with ingest. */
const CONCURRENT_MAX = 2
/** Maximum queued logins; more than that comes from password guessing, not from users. */
const WAITING_MAX = 40
/** Excludes similar characters such as l, 1, O and 0. */
const GENERATED_ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GENERATED_LENGTH = 20

let running = 0
const waiting: (() => void)[] = []

/** Hash of a random password; comparing with it takes as long as with the hash of an existing account. */
let unknownHash: Promise<string> | undefined

/** Hashes a password with bcrypt. @throws GuardError PASSWORD_UNACCEPTABLE. */
export function hashPassword(password: string): Promise<string> {
  checkLength(password)
  return bcrypt.hash(password, BCRYPT_COST)
}

/**
 * Compares a password with a hash. Call it inside `inTurn`.
 *
 * @param hash undefined for an unknown account: takes the same time and returns false.
 * @throws GuardError PASSWORD_UNACCEPTABLE.
 */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  checkLength(password)
  unknownHash ??= bcrypt.hash(generatePassword(), BCRYPT_COST)
  const isEqual = await bcrypt.compare(password, hash ?? (await unknownHash))
  return isEqual && hash !== undefined
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

/** Runs a login attempt with bounded concurrency and a bounded queue. @throws GuardError LOGIN_THROTTLED. */
export async function withPasswordSlot<Value>(work: () => Promise<Value>): Promise<Value> {
  if (running >= CONCURRENT_MAX) {
    if (waiting.length >= WAITING_MAX)
      throw new GuardError('LOGIN_THROTTLED', 'too many concurrent logins; retry later', { retryAfterSeconds: 5 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // The slot passes directly to the next attempt.
    if (next) next()
    else running--
  }
}
