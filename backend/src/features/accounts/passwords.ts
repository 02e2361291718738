import { randomInt } from 'node:crypto'
import { PASSWORD_MAX_BYTES } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import bcrypt from 'bcrypt'

/** About a quarter of a second for each try on a server of 2026. */
const BCRYPT_COST = 12
/** bcrypt runs on libuv's four threads, which ingest needs as well. */
const CONCURRENT_MAX = 2
/** More people than this do not log in within one second; a machine that guesses does. */
const WAITING_MAX = 40
/** Without letters and digits that look alike. */
const GENERATED_ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GENERATED_LENGTH = 20

let running = 0
const waiting: (() => void)[] = []

/** A hash of a password that nobody has: comparing with it takes as long as with a real one. */
let unknownHash: Promise<string> | undefined

/** Hashes a password with bcrypt. @throws GuardError PASSWORD_UNACCEPTABLE. */
export function hashPassword(password: string): Promise<string> {
  checkLength(password)
  return bcrypt.hash(password, BCRYPT_COST)
}

/**
 * Compares a password with a hash. Call it inside `inTurn`.
 *
 * @param hash undefined when there is no such account: takes the same time, and is false.
 * @throws GuardError PASSWORD_UNACCEPTABLE.
 */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  checkLength(password)
  unknownHash ??= bcrypt.hash(generatePassword(), BCRYPT_COST)
  const isEqual = await bcrypt.compare(password, hash ?? (await unknownHash))
  return isEqual && hash !== undefined
}

/** A password of 116 random bits that a person can type. */
export function generatePassword(): string {
  return Array.from({ length: GENERATED_LENGTH }, () => GENERATED_ALPHABET[randomInt(GENERATED_ALPHABET.length)]).join('')
}

/** bcrypt would silently ignore what is beyond 72 bytes, so that two passwords could be one. */
function checkLength(password: string): void {
  const sizeBytes = Buffer.byteLength(password)
  if (sizeBytes > PASSWORD_MAX_BYTES)
    throw new GuardError('PASSWORD_UNACCEPTABLE', `a password has at most ${PASSWORD_MAX_BYTES} bytes in UTF-8, this one has ${sizeBytes}`)
}

/** Runs a try to log in when it is its turn: a few at a time, and no long queue. @throws GuardError LOGIN_THROTTLED. */
export async function withPasswordSlot<Value>(work: () => Promise<Value>): Promise<Value> {
  if (running >= CONCURRENT_MAX) {
    if (waiting.length >= WAITING_MAX)
      throw new GuardError('LOGIN_THROTTLED', 'too many people log in at once; try again', { retryAfterSeconds: 5 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // The place goes over to the next one without being free in between.
    if (next) next()
    else running--
  }
}
