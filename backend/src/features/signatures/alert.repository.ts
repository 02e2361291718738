import type { SignatureAlert } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import type { ExpectedAlert } from './expected-alerts.js'

/** As in SignatureAlertList. */
const ALERTS_MAX = 200

interface AlertRow extends Omit<SignatureAlert, 'raisedAt' | 'clearedAt'> {
  readonly raisedAt: Date
  readonly clearedAt: Date | null
}

/** How many alerts were made, changed and ended. */
export interface AlertChanges {
  readonly raised: number
  readonly changed: number
  readonly cleared: number
}

/** SQL of the alerts about signatures. */
@Injectable()
export class AlertRepository {
  /** Open ones first, then those that were cleared last. */
  async list(database: Queryable): Promise<SignatureAlert[]> {
    const rows = await database.query<AlertRow>(
      `SELECT alert_id::text AS "alertId", kind, subject, sentence, facts, raised_at AS "raisedAt", cleared_at AS "clearedAt"
       FROM signature_alerts ORDER BY cleared_at DESC NULLS FIRST, signature_alerts.alert_id DESC LIMIT ${ALERTS_MAX}`,
    )
    return rows.map((row) => ({ ...row, raisedAt: row.raisedAt.toISOString(), clearedAt: row.clearedAt?.toISOString() ?? null }))
  }

  /** Makes exactly these alerts open: raises what is new, renews what is open already, clears the rest. */
  async replaceOpen(tx: Queryable, expected: readonly ExpectedAlert[]): Promise<AlertChanges> {
    const rows = await tx.query<AlertChanges>(REPLACE_OPEN, [JSON.stringify(expected)])
    return rows[0] ?? { raised: 0, changed: 0, cleared: 0 }
  }
}

// A row that ON CONFLICT updated has an xmax: the transaction that locked it.
const REPLACE_OPEN = `
WITH expected AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS new (kind text, subject text, sentence text, facts jsonb)
), cleared AS (
  UPDATE signature_alerts open SET cleared_at = now()
  WHERE cleared_at IS NULL AND NOT EXISTS (SELECT FROM expected WHERE expected.kind = open.kind AND expected.subject = open.subject)
  RETURNING alert_id
), stored AS (
  INSERT INTO signature_alerts AS open (kind, subject, sentence, facts) SELECT kind, subject, sentence, facts FROM expected
  ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO UPDATE SET sentence = excluded.sentence, facts = excluded.facts
  WHERE (open.sentence, open.facts) IS DISTINCT FROM (excluded.sentence, excluded.facts)
  RETURNING open.xmax = 0 AS is_new
)
SELECT (SELECT count(*) FROM stored WHERE is_new) AS raised, (SELECT count(*) FROM stored WHERE NOT is_new) AS changed,
       (SELECT count(*) FROM cleared) AS cleared`
