import { SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { Database, type Queryable } from '../../platform/database/database.js'

/** How long a decision may take: more than the timeout of a request to the signature server. */
const DECISION_MAX_MS = 60 * SECOND_MS

/**
 * SQL of the counter of checks, which lets one worker at a time act on the signature server's status.
 *
 * A worker reads the number, then the status, and then claims the next number. The claim fails if another worker applied a check in between,
 * because the status may be outdated then; so alerts never go back to an older state. The row lock of the UPDATE serializes claims.
 */
@Injectable()
export class CheckRepository {
  constructor(private readonly database: Database) {}

  /** Returns the number of the last applied check. Read it before the status. */
  async lastNumber(): Promise<number> {
    const rows = await this.database.query<{ number: number }>('SELECT check_number AS number FROM signature_checks')
    return rows[0]?.number ?? 0
  }

  /**
   * Claims the check after `lastNumber`.
   *
   * @returns the number of this check; undefined if another worker applied a check meanwhile, or is sending a decision.
   */
  async claim(tx: Queryable, lastNumber: number): Promise<number | undefined> {
    const rows = await tx.query<{ number: number }>(
      `UPDATE signature_checks SET check_number = check_number + 1 WHERE check_number = $1 AND busy_until <= now()
       RETURNING check_number AS number`,
      [lastNumber],
    )
    return rows[0]?.number
  }

  /** Keeps other workers from claiming a check while this one sends a decision. A worker that is killed blocks the others for a minute. */
  async startDecision(tx: Queryable): Promise<void> {
    await tx.execute('UPDATE signature_checks SET busy_until = clock_timestamp() + make_interval(secs => $1)', [
      DECISION_MAX_MS / SECOND_MS,
    ])
  }

  /**
   * Ends the decision of a check; the next claim needs a status that was read after it.
   *
   * @returns false if another worker claimed a check after this one, because the decision took too long.
   */
  async endDecision(tx: Queryable, number: number): Promise<boolean> {
    const changed = await tx.execute(
      `UPDATE signature_checks SET check_number = check_number + 1, busy_until = '-infinity' WHERE check_number = $1`,
      [number],
    )
    return changed > 0
  }
}
