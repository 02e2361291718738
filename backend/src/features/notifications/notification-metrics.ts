import type { Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Counter, Gauge, Registry } from 'prom-client'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { DeliveryQueueRepository } from './delivery-queue.repository.js'

/** Measures of notifications, of the worker. */
@Injectable()
export class NotificationMetrics {
  /** `retried`: an attempt failed, and another follows; `failed`: given up. */
  readonly outcomes: Counter<'kind' | 'outcome'>

  constructor(registry: Registry, queue: DeliveryQueueRepository, @InjectLogger() log: Logger) {
    const registers = [registry]
    this.outcomes = new Counter({
      name: 'guardimesh_notifications_total',
      help: 'Attempts to tell a channel of something, by its kind and what came of it',
      labelNames: ['kind', 'outcome'],
      registers,
    })
    new Gauge({
      name: 'guardimesh_notifications_oldest_waiting_seconds',
      help: 'Age of the oldest message that is still to be told; 0 when there is none',
      registers,
      async collect() {
        try {
          this.set(await queue.oldestWaitingSeconds())
        } catch (error) {
          // Whatever else is measured is still to be read.
          log.debug({ error }, 'waiting notifications cannot be counted')
        }
      },
    })
  }
}
