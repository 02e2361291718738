import { randomInt } from 'node:crypto'
import { hashSecret } from '@guardimesh/kit'

/** Codes of one account. */
export const RECOVERY_CODES = 10
const GROUPS = 4
const GROUP_LENGTH = 4
/** 32 characters that are easy to distinguish: 16 of them have 80 bits, so that a fast hash is sufficient. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Creates a recovery code such as "a3kd-9xpe-w2mn-7qrt". */
export function newRecoveryCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** Returns the stored form of a code, regardless of case, spaces and hyphens. Pure. */
export function hashRecoveryCode(code: string): Buffer {
  return hashSecret(code.toLowerCase().replaceAll(/[\s-]/g, ''))
}
