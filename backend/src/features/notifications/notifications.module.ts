import { type DynamicModule, Module } from '@nestjs/common'
import { ChannelRepository } from './channel.repository.js'
import { ChannelEncryptionService } from './channel-encryption.service.js'
import { DeliveryRepository } from './delivery.repository.js'
import { DeliveryQueueRepository } from './delivery-queue.repository.js'
import { ReceiverAddresses } from './drivers/receiver-addresses.js'
import { FindingIncidents } from './finding-incidents.js'
import { NotificationMetrics } from './notification-metrics.js'
import { NotificationOutboxService } from './notification-outbox.service.js'
import { NotificationSenderService } from './notification-sender.service.js'
import { NotificationsController } from './notifications.controller.js'
import { NotificationsService } from './notifications.service.js'
import { OutboxRepository } from './outbox.repository.js'
import { NOTIFICATION_CA_FILE, TrustedAuthorities } from './trusted-authorities.js'

/** Notification channels, for the API. */
@Module({
  controllers: [NotificationsController],
  providers: [ChannelRepository, DeliveryRepository, DeliveryQueueRepository, NotificationsService],
})
export class NotificationsModule {}

/** Outbox for features that send notifications. */
@Module({ providers: [OutboxRepository, FindingIncidents, NotificationOutboxService], exports: [NotificationOutboxService] })
export class NotificationOutboxModule {}

@Module({})
class NotificationSenderModule {}

/** Sender of notifications, for the worker. @param caFile certificate authorities in addition to the system's; undefined: none. */
export function notificationSenderModule(caFile: string | undefined, addresses: ReceiverAddresses): DynamicModule {
  return {
    module: NotificationSenderModule,
    providers: [
      DeliveryQueueRepository,
      NotificationMetrics,
      TrustedAuthorities,
      NotificationSenderService,
      ChannelEncryptionService,
      { provide: NOTIFICATION_CA_FILE, useValue: caFile },
      { provide: ReceiverAddresses, useValue: addresses },
    ],
    exports: [NotificationSenderService, ChannelEncryptionService],
  }
}
