import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** Failures without a delay, for typing errors. */
const FREE_FAILURES = 5
/** Delay after the first failure beyond these; it doubles with every further failure. */
const FIRST_BLOCK_SECONDS = 15
/** Maximum delay: about 1,400 guesses per day and address, and at most a minute for a user who shares the address with an attacker. */
const MAX_BLOCK_SECONDS = 60
/** Failures are forgotten after this time without another. */
const FORGET_SECONDS = 900

/** An account and the network of the client that logs in to it. */
export interface LoginSource {
  readonly email: string
  /** Result of `clientNetwork`. */
  readonly network: string
}

/**
 * Delays password guessing per account and client network, so that failures from elsewhere never keep the owner of an account out. Counts in the
 * database, so all replicas share the count. Counts unknown addresses as well, so responses do not reveal which accounts exist.
 */
@Injectable()
export class LoginThrottle {
  constructor(private readonly database: Database) {}

  /**
   * Counts an attempt before the password is checked, so concurrent attempts cannot bypass the limit.
   *
   * @throws GuardError LOGIN_THROTTLED with `retryAfterSeconds`.
   */
  async count({ email, network }: LoginSource): Promise<void> {
    const allowed = await this.database.query<object>(
      `INSERT INTO login_failures AS f (email, address, failures) VALUES (lower($1), $2, 1)
       ON CONFLICT (email, address) DO UPDATE SET
         failures = CASE WHEN f.last_failed_at < now() - make_interval(secs => $6) THEN 1 ELSE f.failures + 1 END,
         last_failed_at = now(),
         blocked_until = CASE WHEN f.last_failed_at >= now() - make_interval(secs => $6) AND f.failures + 1 >= $3
           THEN now() + make_interval(secs => least($5, $4 * 2 ^ least(f.failures + 1 - $3, 20))) END
       WHERE f.blocked_until IS NULL OR f.blocked_until <= now()
       RETURNING failures`,
      [email, network, FREE_FAILURES, FIRST_BLOCK_SECONDS, MAX_BLOCK_SECONDS, FORGET_SECONDS],
    )
    if (allowed.length > 0) return
    const rows = await this.database.query<{ seconds: number }>(
      `SELECT ceil(extract(epoch FROM blocked_until - now()))::float8 AS seconds FROM login_failures
       WHERE (email, address) = (lower($1), $2)`,
      [email, network],
    )
    const retryAfterSeconds = Math.max(1, rows[0]?.seconds ?? 1)
    throw new GuardError('LOGIN_THROTTLED', `too many failed logins for this account from this address; retry in ${retryAfterSeconds} s`, {
      retryAfterSeconds,
    })
  }

  /** Resets the count after a successful login. */
  async clear({ email, network }: LoginSource): Promise<void> {
    await this.database.execute('DELETE FROM login_failures WHERE (email, address) = (lower($1), $2)', [email, network])
  }
}
