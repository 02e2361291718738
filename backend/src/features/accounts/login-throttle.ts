import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** Wrong passwords that cost nothing: typing errors. */
const FREE_FAILURES = 5
/** The pause doubles with every failure after that. */
const FIRST_BLOCK_SECONDS = 30
/** The longest pause: somebody else's guessing shuts an account's owner out for no longer. */
const MAX_BLOCK_SECONDS = 900

/**
 * Slows down guessing, by account and in the database, so that all replicas count together. Unknown addresses count too: the answers
 * must not tell which accounts exist.
 */
@Injectable()
export class LoginThrottle {
  constructor(private readonly database: Database) {}

  /**
   * Counts a try before the password is looked at, so that many tries at the same moment cannot slip through together.
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
    throw new GuardError('LOGIN_THROTTLED', `too many wrong passwords for this account; try again in ${retryAfterSeconds} s`, {
      retryAfterSeconds,
    })
  }

  /** Forgets the failures of an account that the right password was given for. */
  async clear(email: string): Promise<void> {
    await this.database.execute('DELETE FROM login_attempts WHERE email = lower($1)', [email])
  }
}
