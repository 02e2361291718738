import { Injectable } from '@nestjs/common'
import type { Actor } from './actor.js'
import { ApiKeyVerifier } from './api-key-verifier.js'
import type { Credentials } from './credentials.js'
import { SessionVerifier } from './session-verifier.js'

/** Resolves credentials to an actor. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly apiKeys: ApiKeyVerifier,
    private readonly sessions: SessionVerifier,
  ) {}

  /** @throws GuardError API_KEY_UNKNOWN, API_KEY_REVOKED, API_KEY_EXPIRED, SESSION_EXPIRED, DATABASE_UNAVAILABLE. */
  identify(credentials: Exclude<Credentials, { kind: 'none' }>): Promise<Actor> {
    return credentials.kind === 'bearer' ? this.apiKeys.verify(credentials.key) : this.sessions.verify(credentials.token)
  }

  /** Records that a request used its session. The use of API keys is recorded by their verification. */
  noteUse(actor: Actor, clientIp: string): void {
    if (actor.kind === 'account') this.sessions.noteUse(actor, clientIp)
  }
}
