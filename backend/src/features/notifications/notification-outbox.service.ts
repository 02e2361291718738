import { NOTIFICATION_SEVERITY, type SignatureAlert } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { OutboxRepository, type OutgoingAlert } from './outbox.repository.js'

/** Transactional outbox for other features: messages are queued in the transaction that causes them and delivered once per channel. */
@Injectable()
export class NotificationOutboxService {
  constructor(private readonly outbox: OutboxRepository) {}

  /** Queues messages for raised and cleared alerts. @throws GuardError DATABASE_UNAVAILABLE. */
  async queue(
    tx: Queryable,
    { raised, cleared }: { raised: readonly SignatureAlert[]; cleared: readonly SignatureAlert[] },
  ): Promise<void> {
    // Cleared alerts first, because they free their kind and subject for new ones.
    if (cleared.length > 0) await this.outbox.queueCleared(tx, cleared.map(outgoing))
    if (raised.length > 0) await this.outbox.queueRaised(tx, raised.map(outgoing))
  }
}

function outgoing({ alertId, ...alert }: SignatureAlert): OutgoingAlert {
  return { alertId, alert: { ...alert, severity: NOTIFICATION_SEVERITY[alert.kind] } }
}
