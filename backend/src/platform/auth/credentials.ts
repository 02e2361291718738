// Adds `cookies` to requests and `setCookie` to replies, including their types.
import '@fastify/cookie'
import { SECURE_SESSION_COOKIE, SESSION_COOKIE } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import type { FastifyRequest } from 'fastify'

/** Credentials of a request. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly key: string }
  | { readonly kind: 'cookie'; readonly token: string }

/**
 * Reads the credentials of a request. A header takes precedence over a cookie, which browsers send automatically. Pure.
 *
 * @throws GuardError UNAUTHENTICATED for an Authorization header of another scheme.
 */
export function credentialsOf(request: FastifyRequest): Credentials {
  const header = request.headers.authorization
  if (header !== undefined) {
    const match = /^Bearer +(\S+)$/i.exec(header)
    if (!match?.[1]) throw new GuardError('UNAUTHENTICATED', 'invalid Authorization header; the format is: Bearer <API key>')
    return { kind: 'bearer', key: match[1] }
  }
  const token = sessionTokenOf(request)
  return token ? { kind: 'cookie', token } : { kind: 'none' }
}

/** Returns the token of the session cookie. Sessions of earlier versions have the cookie without the prefix also with HTTPS. */
export function sessionTokenOf({ cookies }: FastifyRequest): string | undefined {
  return cookies[SECURE_SESSION_COOKIE] || cookies[SESSION_COOKIE]
}
