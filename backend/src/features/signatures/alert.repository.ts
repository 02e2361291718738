import { SIGNATURE_ALERT_KINDS, type SignatureAlert } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import type { OutgoingAlert } from '../notifications/notification-outbox.service.js'

/** Maximum of SignatureAlertList. */
const ALERTS_MAX = 200

type Row<Alert> = Omit<Alert, 'raisedAt' | 'clearedAt'> & {
  readonly raisedAt: Date
  readonly clearedAt: Date | null
}

/** Raised and cleared alerts, and the number of changed ones. */
export interface AlertChanges {
  readonly raised: readonly OutgoingAlert[]
  readonly changed: number
  readonly cleared: readonly OutgoingAlert[]
}

/** SQL of alerts about signatures, nodes and coverage. */
@Injectable()
export class AlertRepository {
  /** Returns alerts about signatures: open ones first, then the most recently cleared. */
  async list(database: Queryable): Promise<SignatureAlert[]> {
    const rows = await database.query<Row<SignatureAlert>>(
      `SELECT ${COLUMNS} FROM signature_alerts WHERE kind = ANY ($1::text[])
       ORDER BY cleared_at DESC NULLS FIRST, signature_alerts.alert_id DESC LIMIT ${ALERTS_MAX}`,
      [SIGNATURE_ALERT_KINDS],
    )
    return rows.map((row) => ({ ...row, ...times(row) }))
  }

  /** Makes exactly these alerts of the kinds open: raises new ones, updates open ones, clears the rest. */
  async replaceOpen(
    tx: Queryable,
    kinds: readonly string[],
    expected: readonly Pick<OutgoingAlert, 'kind' | 'subject' | 'message' | 'facts'>[],
  ): Promise<AlertChanges> {
    const rows = await tx.query<Row<OutgoingAlert> & { change: 'raised' | 'changed' | 'cleared' }>(REPLACE_OPEN, [
      JSON.stringify(expected),
      kinds,
    ])
    const changes = (kind: string) =>
      rows.filter(({ change }) => change === kind).map(({ change: _, ...row }) => ({ ...row, ...times(row) }))
    return { raised: changes('raised'), changed: changes('changed').length, cleared: changes('cleared') }
  }
}

function times({ raisedAt, clearedAt }: { readonly raisedAt: Date; readonly clearedAt: Date | null }) {
  return { raisedAt: raisedAt.toISOString(), clearedAt: clearedAt?.toISOString() ?? null }
}

const COLUMNS = 'alert_id::text AS "alertId", kind, subject, message, facts, raised_at AS "raisedAt", cleared_at AS "clearedAt"'

// xmax is not 0 for a row that ON CONFLICT updated.
const REPLACE_OPEN = `
WITH expected AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS new (kind text, subject text, message text, facts jsonb)
), cleared AS (
  UPDATE signature_alerts open SET cleared_at = now()
  WHERE cleared_at IS NULL AND kind = ANY ($2::text[]) AND NOT EXISTS (SELECT FROM expected WHERE expected.kind = open.kind AND expected.subject = open.subject)
  RETURNING ${COLUMNS}, 'cleared' AS change
), stored AS (
  INSERT INTO signature_alerts AS open (kind, subject, message, facts) SELECT kind, subject, message, facts FROM expected
  ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO UPDATE SET message = excluded.message, facts = excluded.facts
  WHERE (open.message, open.facts) IS DISTINCT FROM (excluded.message, excluded.facts)
  RETURNING ${COLUMNS}, CASE WHEN open.xmax = 0 THEN 'raised' ELSE 'changed' END AS change
)
SELECT * FROM cleared UNION ALL SELECT * FROM stored`
