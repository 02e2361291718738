import type { SignatureAlert } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import type { ExpectedAlert } from './expected-alerts.js'

/** Maximum of SignatureAlertList. */
const ALERTS_MAX = 200

interface AlertRow extends Omit<SignatureAlert, 'raisedAt' | 'clearedAt'> {
  readonly raisedAt: Date
  readonly clearedAt: Date | null
}

/** Raised and cleared alerts, and the number of changed ones. */
export interface AlertChanges {
  readonly raised: readonly SignatureAlert[]
  readonly changed: number
  readonly cleared: readonly SignatureAlert[]
}

/** SQL of alerts about signatures. */
@Injectable()
export class AlertRepository {
  /** Returns open alerts first, then the most recently cleared. */
  async list(database: Queryable): Promise<SignatureAlert[]> {
    const rows = await database.query<AlertRow>(
      `SELECT ${COLUMNS} FROM signature_alerts ORDER BY cleared_at DESC NULLS FIRST, signature_alerts.alert_id DESC LIMIT ${ALERTS_MAX}`,
    )
    return rows.map(viewOf)
  }

  /** Makes exactly these alerts open: raises new ones, updates open ones, clears the rest. */
  async replaceOpen(tx: Queryable, expected: readonly ExpectedAlert[]): Promise<AlertChanges> {
    const rows = await tx.query<AlertRow & { change: 'raised' | 'changed' | 'cleared' }>(REPLACE_OPEN, [JSON.stringify(expected)])
    const changes = (kind: string) => rows.filter(({ change }) => change === kind).map(({ change: _, ...row }) => viewOf(row))
    return { raised: changes('raised'), changed: changes('changed').length, cleared: changes('cleared') }
  }
}

function viewOf(row: AlertRow): SignatureAlert {
  return { ...row, raisedAt: row.raisedAt.toISOString(), clearedAt: row.clearedAt?.toISOString() ?? null }
}

const COLUMNS = 'alert_id::text AS "alertId", kind, subject, message, facts, raised_at AS "raisedAt", cleared_at AS "clearedAt"'

// xmax is not 0 for a row that ON CONFLICT updated.
const REPLACE_OPEN = `
WITH expected AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS new (kind text, subject text, message text, facts jsonb)
), cleared AS (
  UPDATE signature_alerts open SET cleared_at = now()
  WHERE cleared_at IS NULL AND NOT EXISTS (SELECT FROM expected WHERE expected.kind = open.kind AND expected.subject = open.subject)
  RETURNING ${COLUMNS}, 'cleared' AS change
), stored AS (
  INSERT INTO signature_alerts AS open (kind, subject, message, facts) SELECT kind, subject, message, facts FROM expected
  ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO UPDATE SET message = excluded.message, facts = excluded.facts
  WHERE (open.message, open.facts) IS DISTINCT FROM (excluded.message, excluded.facts)
  RETURNING ${COLUMNS}, CASE WHEN open.xmax = 0 THEN 'raised' ELSE 'changed' END AS change
)
SELECT * FROM cleared UNION ALL SELECT * FROM stored`
