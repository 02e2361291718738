import { Injectable } from '@nestjs/common'
import { OncePerMinute } from '../../platform/audit/once-per-minute.js'

/**
 * Decides which failed logins are recorded in the audit log. Every wrong password is: checking it takes time, which limits their number. Of the
 * attempts that are rejected without a check, one per source and minute is.
 */
@Injectable()
export class FailedLogins {
  readonly #throttled = new OncePerMinute()

  /** @param source address and account. */
  isReported(code: string, source: string): boolean {
    return code === 'LOGIN_FAILED' || (code === 'LOGIN_THROTTLED' && this.#throttled.isFirst(source))
  }
}
