import { NOTIFICATION_SEVERITY, type SignatureAlert } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { FindingIncidents } from './finding-incidents.js'
import { incidentAlert } from './incident-alert.js'
import { OutboxRepository, type OutgoingAlert } from './outbox.repository.js'

/** Transactional outbox for other features: messages are queued in the transaction that causes them and delivered once per channel. */
@Injectable()
export class NotificationOutboxService {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly incidents: FindingIncidents,
  ) {}

  /** Queues messages for raised and cleared alerts. @throws GuardError DATABASE_UNAVAILABLE. */
  async queue(
    tx: Queryable,
    { raised, cleared }: { raised: readonly SignatureAlert[]; cleared: readonly SignatureAlert[] },
  ): Promise<void> {
    // Cleared alerts first, because they free their kind and subject for new ones.
    if (cleared.length > 0) await this.outbox.queueCleared(tx, cleared.map(outgoing))
    if (raised.length > 0) await this.outbox.queueRaised(tx, raised.map(outgoing))
  }

  /** Queues messages about findings that this transaction has stored. @throws GuardError DATABASE_UNAVAILABLE. */
  async queueFindings(tx: Queryable, findingIds: readonly string[]): Promise<void> {
    if (findingIds.length === 0) return
    const messages = await this.incidents.track(tx, findingIds)
    const outgoing = messages.map(({ channelId, incident }) => ({ channelId, alert: incidentAlert(incident) }))
    if (outgoing.length > 0) await this.outbox.queueIncidents(tx, outgoing)
  }
}

function outgoing({ alertId, ...alert }: SignatureAlert): OutgoingAlert {
  return { alertId, alert: { ...alert, severity: NOTIFICATION_SEVERITY[alert.kind] } }
}
