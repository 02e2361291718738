import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { NotificationOutboxService, type OutgoingAlert } from '../notifications/notification-outbox.service.js'
import { AlertRepository } from './alert.repository.js'

/** Numbers of alerts that were raised, changed and cleared. */
export interface AlertCounts {
  readonly raised: number
  readonly changed: number
  readonly cleared: number
}

/** Raises and clears alerts, and queues them for notifications in the same transaction. */
@Injectable()
export class AlertChangesService {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly notifications: NotificationOutboxService,
  ) {}

  /** Makes exactly these alerts of the kinds open. */
  async replaceOpen<Kind extends OutgoingAlert['kind']>(
    tx: Queryable,
    kinds: readonly Kind[],
    expected: readonly (Pick<OutgoingAlert, 'subject' | 'message' | 'facts'> & { readonly kind: Kind })[],
  ): Promise<AlertCounts> {
    const { raised, changed, cleared } = await this.alerts.replaceOpen(tx, kinds, expected)
    if (raised.length + cleared.length > 0) await this.notifications.queue(tx, { raised, cleared })
    return { raised: raised.length, changed, cleared: cleared.length }
  }
}
