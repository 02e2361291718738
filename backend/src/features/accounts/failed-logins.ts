import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { OncePerMinute } from '../../platform/audit/once-per-minute.js'
import { anonymousActor, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { Database } from '../../platform/database/database.js'

export interface FailedLogin {
  /** As entered; the account may not exist. */
  readonly email: string
  readonly factor: 'password' | 'second-factor'
  /** Error code of the response. */
  readonly reason: string
  readonly origin: RequestOrigin
}

/**
 * Records failed logins in the audit log. Each wrong password is recorded: checking it takes time, which limits their number. Of the attempts
 * that are rejected without a check, one per address, account and minute is.
 */
@Injectable()
export class FailedLogins {
  readonly #throttled = new OncePerMinute()

  constructor(
    private readonly database: Database,
    private readonly audit: AuditRepository,
  ) {}

  async record({ email, factor, reason, origin }: FailedLogin): Promise<void> {
    if (reason !== 'LOGIN_FAILED' && !this.#throttled.isFirst(`${origin.clientIp} ${email.toLowerCase()}`)) return
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actor: anonymousActor(email),
        action: 'session.log-in',
        target: email,
        result: 'failure',
        details: { factor, reason },
        ...origin,
      }),
    )
  }
}
