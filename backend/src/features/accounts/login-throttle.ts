import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** Failures without a delay, for typing errors. */
const FREE_FAILURES = 5
/** Delay after the first failure beyond these; it doubles with every further failure. */
const FIRST_BLOCK_SECONDS = 30
/** Maximum delay, which limits how long an attacker can lock out the owner of an account. */
const MAX_BLOCK_SECONDS = 900

/**
 * Delays password guessing per account. Counts in the database, so all replicas share the count. Counts unknown addresses as well, so responses
 * do not reveal which accounts exist.
 */
@Injectable()
export class LoginThrottle {
  constructor(private readonly database: Database) {}

  /**
   * Counts an attempt before the password is checked, so concurrent attempts cannot bypass the limit.
   *
   * @throws GuardError LOGIN_THROTTLED with `retryAfterSeconds`.
   */
  async count(email: string): Promise<void> {
    const allowed = await this.database.query<object>(
      `INSERT INTO login_attempts AS a (email, failures) VALUES (lower($1), 1)
       ON CONFLICT (email) DO UPDATE SET
         failures = CASE WHEN a.last_failed_at < now() - make_interval(secs => $4) THEN 1 ELSE a.failures + 1 END,
         first_failed_at = CASE WHEN a.last_failed_at < now() - make_interval(secs => $4) THEN now() ELSE a.first_failed_at END,
         last_failed_at = now(),
         blocked_until = CASE WHEN a.last_failed_at >= now() - make_interval(secs => $4) AND a.failures + 1 >= $2
           THEN now() + make_interval(secs => least($4, $3 * 2 ^ least(a.failures + 1 - $2, 20))) END
       WHERE a.blocked_until IS NULL OR a.blocked_until <= now()
       RETURNING failures`,
      [email, FREE_FAILURES, FIRST_BLOCK_SECONDS, MAX_BLOCK_SECONDS],
    )
    if (allowed.length > 0) return
    const rows = await this.database.query<{ seconds: number }>(
      'SELECT ceil(extract(epoch FROM blocked_until - now()))::float8 AS seconds FROM login_attempts WHERE email = lower($1)',
      [email],
    )
    const retryAfterSeconds = Math.max(1, rows[0]?.seconds ?? 1)
    throw new GuardError('LOGIN_THROTTLED', `too many failed logins for this account; retry in ${retryAfterSeconds} s`, {
      retryAfterSeconds,
    })
  }

  /** Resets the count after a successful login. */
  async clear(email: string): Promise<void> {
    await this.database.execute('DELETE FROM login_attempts WHERE email = lower($1)', [email])
  }
}
