import { type DynamicModule, Module } from '@nestjs/common'
import { ChannelRepository } from './channel.repository.js'
import { ChannelEncryptionService } from './channel-encryption.service.js'
import { DeliveriesController } from './deliveries.controller.js'
import { DeliveryRepository } from './delivery.repository.js'
import { DeliveryQueueRepository } from './delivery-queue.repository.js'
import { ReceiverAddresses } from './drivers/receiver-addresses.js'
import { NotificationMetrics } from './notification-metrics.js'
import { NotificationOutboxService } from './notification-outbox.service.js'
import { NotificationSenderService } from './notification-sender.service.js'
import { NotificationsController } from './notifications.controller.js'
import { NotificationsService } from './notifications.service.js'
import { DeliveryPlannerService } from './rules/delivery-planner.service.js'
import { EventRepository } from './rules/event.repository.js'
import { IncidentDetailsRepository } from './rules/incident-details.repository.js'
import { PlanRepository } from './rules/plan.repository.js'
import { RuleRepository } from './rules/rule.repository.js'
import { RulesController } from './rules/rules.controller.js'
import { RulesService } from './rules/rules.service.js'
import { NOTIFICATION_CA_FILE, TrustedAuthorities } from './trusted-authorities.js'

/** Notification channels and rules, for the API. */
@Module({
  controllers: [NotificationsController, DeliveriesController, RulesController],
  providers: [
    ...[ChannelRepository, DeliveryRepository, DeliveryQueueRepository, NotificationsService],
    ...[RuleRepository, EventRepository, RulesService],
  ],
})
export class NotificationsModule {}

/** Outbox for features that send notifications. */
@Module({ providers: [NotificationOutboxService], exports: [NotificationOutboxService] })
export class NotificationOutboxModule {}

@Module({})
class NotificationSenderModule {}

/** Sender of notifications, for the worker. @param caFile certificate authorities in addition to the system's; undefined: none. */
export function notificationSenderModule(caFile: string | undefined, addresses: ReceiverAddresses): DynamicModule {
  return {
    module: NotificationSenderModule,
    providers: [
      ...[EventRepository, RuleRepository, PlanRepository, IncidentDetailsRepository, DeliveryPlannerService],
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
