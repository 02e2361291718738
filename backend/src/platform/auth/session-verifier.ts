import { MINUTE_MS } from '@guardimesh/contracts'
import { background, GuardError, hashSecret, type Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { InjectLogger } from '../log/logger-token.js'
import type { AccountActor } from './actor.js'
import { CredentialRepository } from './credential.repository.js'
import { SessionSettings } from './session-settings.js'

/** Format of a session token: 32 random bytes in base64url. */
const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/
/** Minimum interval between writes of `last_seen_at` per session. */
const LAST_USED_MS = MINUTE_MS

/** Verifies session cookies. Without a cache, so that a logout takes effect immediately in all processes. */
@Injectable()
export class SessionVerifier {
  constructor(
    private readonly repository: CredentialRepository,
    private readonly settings: SessionSettings,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** @throws GuardError SESSION_EXPIRED, DATABASE_UNAVAILABLE. */
  async verify(token: string): Promise<AccountActor> {
    const session = TOKEN_PATTERN.test(token)
      ? await this.repository.findSession(hashSecret(token), this.settings.idleMs / 1000)
      : undefined
    if (!session) throw new GuardError('SESSION_EXPIRED', 'the session has expired; log in again')
    const { account, expiresAt, lastSeenAt } = session
    return { kind: 'account', account, sessionHash: hashSecret(token).toString('hex'), expiresAt, lastSeenAt }
  }

  /** Records that a request used the session. An open event stream alone does not, so that an unused console ends. */
  noteUse({ sessionHash, lastSeenAt }: AccountActor, clientIp: string): void {
    if (Date.now() - lastSeenAt.getTime() < LAST_USED_MS) return
    background(this.log, 'last use of a session', this.repository.touchSession(sessionHash, clientIp))
  }
}
