import { GuardError, hashSecret } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import type { AccountActor } from './actor.js'
import { CredentialRepository } from './credential.repository.js'

/** Format of a session token: 32 random bytes in base64url. */
const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/

/** Verifies session cookies. Without a cache, so that a logout takes effect immediately in all processes. */
@Injectable()
export class SessionVerifier {
  constructor(private readonly repository: CredentialRepository) {}

  /** @throws GuardError SESSION_EXPIRED, DATABASE_UNAVAILABLE. */
  async verify(token: string): Promise<AccountActor> {
    const session = TOKEN_PATTERN.test(token) ? await this.repository.findSession(hashSecret(token)) : undefined
    if (!session) throw new GuardError('SESSION_EXPIRED', 'the session has expired; log in again')
    return { kind: 'account', account: session.account, sessionHash: hashSecret(token).toString('hex'), expiresAt: session.expiresAt }
  }
}
