import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** Failures of a client for one account without a delay, for typing errors. */
const FREE_FAILURES = 5
/** Failures of a stranger's network for all accounts without a delay: several people who share an address mistype. */
const FREE_FAILURES_OF_NETWORK = 50
/** Delay after the first failure beyond these; it doubles with every further failure. */
const FIRST_BLOCK_SECONDS = 15
/** Maximum delay: about 1,400 guesses per day and address, and at most a minute for a user who shares the address with an attacker. */
const MAX_BLOCK_SECONDS = 60
/** Failures are forgotten after this time without another. */
const FORGET_SECONDS = 900
/** Client of all wrong codes of an account that come from strangers, who could otherwise guess from many addresses. */
export const ALL_STRANGERS_CODE = 'code'
/** Maximum delay of these: about 150 guesses per day. Shorter than FORGET_SECONDS, so that waiting does not reset the count. */
const MAX_BLOCK_SECONDS_OF_CODES = 600

/** An account and the client that logs in to it. */
export interface LoginSource {
  /** Empty: all accounts. */
  readonly email: string
  /** Key of the LoginClient, with a prefix for codes; or ALL_STRANGERS_CODE. */
  readonly client: string
}

/**
 * Delays guessing of passwords and codes per account and client. For clients without an earlier login, passwords are also limited per network and
 * codes per account, so that failures from elsewhere never keep the owner of an account out. Counts in the database, so all replicas share the count. Counts unknown addresses as well, so responses do
 * not reveal which accounts exist.
 */
@Injectable()
export class LoginThrottle {
  constructor(private readonly database: Database) {}

  /**
   * Counts an attempt before the password is checked, so concurrent attempts cannot bypass the limit.
   *
   * @throws GuardError LOGIN_THROTTLED with `retryAfterSeconds`.
   */
  async count({ email, client }: LoginSource): Promise<void> {
    const freeFailures = email === '' ? FREE_FAILURES_OF_NETWORK : FREE_FAILURES
    const maxBlockSeconds = client === ALL_STRANGERS_CODE ? MAX_BLOCK_SECONDS_OF_CODES : MAX_BLOCK_SECONDS
    const allowed = await this.database.query<object>(
      `INSERT INTO login_failures AS f (email, address, failures) VALUES (lower($1), $2, 1)
       ON CONFLICT (email, address) DO UPDATE SET
         failures = CASE WHEN f.last_failed_at < now() - make_interval(secs => $6) THEN 1 ELSE f.failures + 1 END,
         last_failed_at = now(),
         blocked_until = CASE WHEN f.last_failed_at >= now() - make_interval(secs => $6) AND f.failures + 1 >= $3
           THEN now() + make_interval(secs => least($5, $4 * 2 ^ least(f.failures + 1 - $3, 20))) END
       WHERE f.blocked_until IS NULL OR f.blocked_until <= now()
       RETURNING failures`,
      [email, client, freeFailures, FIRST_BLOCK_SECONDS, maxBlockSeconds, FORGET_SECONDS],
    )
    if (allowed.length > 0) return
    const rows = await this.database.query<{ seconds: number }>(
      `SELECT ceil(extract(epoch FROM blocked_until - now()))::float8 AS seconds FROM login_failures
       WHERE (email, address) = (lower($1), $2)`,
      [email, client],
    )
    const retryAfterSeconds = Math.max(1, rows[0]?.seconds ?? 1)
    throw new GuardError('LOGIN_THROTTLED', `too many failed logins ${subjectOf({ email, client })}; retry in ${retryAfterSeconds} s`, {
      retryAfterSeconds,
    })
  }

  /** Resets the count of an account after a successful login; other accounts of the network keep theirs. */
  async clear({ email, client }: LoginSource): Promise<void> {
    if (email === '')
      await this.database.execute(
        `UPDATE login_failures SET failures = greatest(failures - 1, 0), blocked_until = NULL WHERE (email, address) = ('', $1)`,
        [client],
      )
    else await this.database.execute('DELETE FROM login_failures WHERE (email, address) = (lower($1), $2)', [email, client])
  }
}

function subjectOf({ email, client }: LoginSource): string {
  if (client === ALL_STRANGERS_CODE) return 'for this account'
  return email === '' ? 'from this address' : 'for this account from this address'
}
