import { NOTIFICATION_SEVERITY, type PlatformAlertKind, type SignatureAlert } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'

/** An alert about signatures, nodes or coverage. */
export type OutgoingAlert = Omit<SignatureAlert, 'kind'> & { readonly kind: SignatureAlert['kind'] | PlatformAlertKind }

/** Transactional outbox for other features: alerts are queued in the transaction that raises or resolves them. The worker applies the rules. */
@Injectable()
export class NotificationOutboxService {
  /** Queues raised and cleared alerts. @throws GuardError DATABASE_UNAVAILABLE. */
  async queue(tx: Queryable, { raised, cleared }: { raised: readonly OutgoingAlert[]; cleared: readonly OutgoingAlert[] }): Promise<void> {
    // Cleared alerts first, because they free their kind and subject for new ones.
    const events = [...cleared.map((alert) => eventOf(alert, true)), ...raised.map((alert) => eventOf(alert, false))]
    const rows = events.map((event, position) => ({ ...event, position }))
    await tx.execute(
      `INSERT INTO notification_events (kind, severity, cluster_id, alert_id, is_cleared, alert)
       SELECT kind, severity, cluster_id, alert_id, is_cleared, alert FROM jsonb_to_recordset($1::jsonb)
         AS new (kind text, severity text, cluster_id text, alert_id bigint, is_cleared boolean, alert jsonb, position integer) ORDER BY position`,
      [JSON.stringify(rows)],
    )
  }
}

function eventOf({ alertId, kind, ...alert }: OutgoingAlert, isCleared: boolean) {
  const severity = NOTIFICATION_SEVERITY[kind] === 'critical' ? 'critical' : 'medium'
  return { kind, severity, cluster_id: alert.facts['cluster'] ?? '', alert_id: alertId, is_cleared: isCleared, alert }
}
