import { GuardError, hashSecret } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import type { AccountActor } from './actor.js'
import { CredentialRepository } from './credential.repository.js'

/** A token of a session: 32 random bytes in base64url. */
const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/

/** Finds the session of a cookie. Not cached: a log-out counts at once everywhere. */
@Injectable()
export class SessionVerifier {
  constructor(private readonly repository: CredentialRepository) {}

  /** @throws GuardError SESSION_EXPIRED, DATABASE_UNAVAILABLE. */
  async verify(token: string): Promise<AccountActor> {
    const session = TOKEN_PATTERN.test(token) ? await this.repository.findSession(hashSecret(token)) : undefined
    if (!session) throw new GuardError('SESSION_EXPIRED', 'the session has ended; log in again')
    return { kind: 'account', account: session.account, sessionHash: hashSecret(token).toString('hex'), expiresAt: session.expiresAt }
  }
}
