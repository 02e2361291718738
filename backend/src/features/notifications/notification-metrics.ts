import type { Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Counter, Gauge, Registry } from 'prom-client'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { DeliveryQueueRepository } from './delivery-queue.repository.js'

/** Notification metrics of the worker. */
@Injectable()
export class NotificationMetrics {
  /** `retried`: the attempt failed and another follows; `failed`: no further attempt. */
  readonly outcomes: Counter<'kind' | 'outcome'>

  constructor(registry: Registry, queue: DeliveryQueueRepository, @InjectLogger() log: Logger) {
    const registers = [registry]
    this.outcomes = new Counter({
      name: 'guardimesh_notifications_total',
      help: 'Delivery attempts of notifications, by kind of channel and outcome',
      labelNames: ['kind', 'outcome'],
      registers,
    })
    new Gauge({
      name: 'guardimesh_notifications_oldest_waiting_seconds',
      help: 'Age of the oldest pending notification; 0 if there is none',
      registers,
      async collect() {
        try {
          this.set(await queue.oldestWaitingSeconds())
        } catch (error) {
          // Other metrics must remain readable.
          log.debug({ error }, 'failed to query pending notifications')
        }
      },
    })
  }
}
