import { createPublicKey, type KeyObject } from 'node:crypto'
import { fingerprintOf } from '@guardimesh/kit'

/** Parses a key that signature bundles may be signed with. @returns undefined if it is not a public ed25519 key. Pure. */
export function parseTrustedKey(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

/**
 * Describes a difference between the trusted keys of the spec and those that the signature server has loaded; undefined if there is none. Pure.
 *
 * @param specified PEM; invalid keys are reported as a problem of the spec.
 * @param loaded fingerprints.
 */
export function trustedKeysDifference(specified: readonly string[], loaded: readonly string[]): string | undefined {
  const expected = specified.flatMap((pem) => {
    const key = parseTrustedKey(pem)
    return key ? [fingerprintOf(key)] : []
  })
  const missing = expected.find((fingerprint) => !loaded.includes(fingerprint))
  if (missing !== undefined) return `The signature server has not loaded the trusted key ${missing} yet. ${HINT}`
  const removed = loaded.find((fingerprint) => !expected.includes(fingerprint))
  return removed === undefined ? undefined : `The signature server still trusts the removed key ${removed}. ${HINT}`
}

const HINT = 'If this persists, check its log.'
