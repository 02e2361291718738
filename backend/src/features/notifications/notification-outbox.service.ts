import { NOTIFICATION_SEVERITY, type SignatureAlert } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { OutboxRepository, type OutgoingAlert } from './outbox.repository.js'

/** What other features reach notifications by: what they note in their transaction is told, once for each channel, whatever is killed after the commit. */
@Injectable()
export class NotificationOutboxService {
  constructor(private readonly outbox: OutboxRepository) {}

  /** Notes that alerts were raised or cleared. @throws GuardError DATABASE_UNAVAILABLE. */
  async queue(
    tx: Queryable,
    { raised, cleared }: { raised: readonly SignatureAlert[]; cleared: readonly SignatureAlert[] },
  ): Promise<void> {
    // In this order: what is over frees the kind and subject for what is new.
    if (cleared.length > 0) await this.outbox.queueCleared(tx, cleared.map(outgoing))
    if (raised.length > 0) await this.outbox.queueRaised(tx, raised.map(outgoing))
  }
}

function outgoing({ alertId, ...alert }: SignatureAlert): OutgoingAlert {
  return { alertId, alert: { ...alert, severity: NOTIFICATION_SEVERITY[alert.kind] } }
}
