import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { OncePerMinute } from '../../platform/audit/once-per-minute.js'
import { anonymousActor, type RequestOrigin } from '../../platform/audit/request-origin.js'
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
  readonly origin: RequestOrigin
}

/**
 * Records failed logins in the audit log. Each wrong password is recorded: checking it takes time, which limits their number. Of the attempts
 * that are rejected without a check, one per minute, network and account is; while the network is delayed, one for all accounts.
 */
@Injectable()
export class FailedLogins {
  readonly #throttled = new OncePerMinute()

  constructor(
    private readonly database: Database,
    private readonly audit: AuditRepository,
  ) {}

  async record(failure: FailedLogin): Promise<void> {
    const { email, factor, reason, throttled, origin } = failure
    if (throttled !== undefined && !this.#throttled.isFirst(throttledKey(failure))) return
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

function throttledKey({ email, throttled, origin }: FailedLogin): string {
  const network = clientNetwork(origin.clientIp)
  return throttled === 'network' ? network : `${network} ${email.toLowerCase()}`
}
