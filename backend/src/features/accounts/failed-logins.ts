import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { OncePerMinute } from '../../platform/audit/once-per-minute.js'
import { anonymousActor, auditActorOf, type RequestOrigin } from '../../platform/audit/request-origin.js'
import type { AccountActor } from '../../platform/auth/actor.js'
import { Database } from '../../platform/database/database.js'
import { clientNetwork } from './client-network.js'

export interface FailedLogin {
  /** As entered; the account may not exist. */
  readonly email: string
  readonly factor: 'password' | 'second-factor'
  /** Error code of the response. */
  readonly reason: string
  /** What was delayed, so that the attempt was rejected without a check. */
  readonly throttled?: 'network' | 'account'
  /** The user of a session who entered the password or a code again. */
  readonly actor?: AccountActor
  readonly origin: RequestOrigin
}

/**
 * Records failed logins in the audit log, and wrong passwords and codes of users who are logged in. Each wrong one is recorded, because their
 * number is limited. Of the attempts that are rejected without a check, one per minute, network and account is; while the network is delayed, one
 * for all accounts.
 */
@Injectable()
export class FailedLogins {
  readonly #throttled = new OncePerMinute()

  constructor(
    private readonly database: Database,
    private readonly audit: AuditRepository,
  ) {}

  async record(failure: FailedLogin): Promise<void> {
    const { email, factor, reason, throttled, actor, origin } = failure
    if (throttled !== undefined && !this.#throttled.isFirst(throttledKey(failure))) return
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actor: actor ? auditActorOf(actor) : anonymousActor(email),
        action: actor ? 'account.confirm' : 'session.log-in',
        target: email,
        result: 'failure',
        details: { factor, reason },
        ...origin,
      }),
    )
  }
}

function throttledKey({ email, throttled, origin }: FailedLogin): string {
  const network = clientNetwork(origin.clientIp)
  return throttled === 'network' ? network : `${network} ${email.toLowerCase()}`
}
