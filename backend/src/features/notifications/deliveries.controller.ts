import { NotificationDeliveryList, NotificationDeliveryQuery } from '@guardimesh/contracts'
import { Controller, Get, HttpCode, Param, Post, Query, SerializeOptions } from '@nestjs/common'
import { auditActorOf, CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { NotificationsService } from './notifications.service.js'

@Controller('api/notifications/deliveries')
@RequirePermission('notifications:manage')
export class DeliveriesController {
  constructor(private readonly notifications: NotificationsService) {}

  @Operation({
    summary: 'List deliveries',
    description: 'Returns up to 100 deliveries to all channels, latest first. The state `failed` selects those without a further attempt.',
  })
  @Get()
  @SerializeOptions({ schema: NotificationDeliveryList })
  async list(@Query({ schema: NotificationDeliveryQuery }) query: NotificationDeliveryQuery): Promise<NotificationDeliveryList> {
    return { items: await this.notifications.listAllDeliveries(query) }
  }

  @Operation({
    summary: 'Send a failed delivery again',
    description: 'Retries a failed delivery immediately, with the same id.',
    errors: ['NOTIFICATION_DELIVERY_NOT_FOUND'],
  })
  @Post(':deliveryId/send-again')
  @HttpCode(204)
  sendAgain(
    @Param('deliveryId') deliveryId: string,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<void> {
    return this.notifications.sendAgain(deliveryId, { actor: auditActorOf(actor), origin })
  }
}
