import {
  NotificationChannel,
  NotificationChannelChange,
  NotificationChannelList,
  NotificationDeliveryList,
  NotificationTestResult,
} from '@guardimesh/contracts'
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common'
import { auditActorOf, CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { RequireAdministrator } from '../../platform/auth/require-scope.js'
import { NotificationsService } from './notifications.service.js'

@Controller('api/notifications/channels')
@RequireAdministrator()
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @SerializeOptions({ schema: NotificationChannelList })
  async list(): Promise<NotificationChannelList> {
    return { items: await this.notifications.list() }
  }

  @Post()
  @SerializeOptions({ schema: NotificationChannel })
  create(
    @Body({ schema: NotificationChannelChange }) body: NotificationChannelChange,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<NotificationChannel> {
    return this.notifications.create(body, { actor: auditActorOf(actor), origin })
  }

  @Put(':channelId')
  @SerializeOptions({ schema: NotificationChannel })
  replace(
    @Param('channelId') channelId: string,
    @Body({ schema: NotificationChannelChange }) body: NotificationChannelChange,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<NotificationChannel> {
    return this.notifications.replace(channelId, body, { actor: auditActorOf(actor), origin })
  }

  @Delete(':channelId')
  @HttpCode(204)
  delete(
    @Param('channelId') channelId: string,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<void> {
    return this.notifications.delete(channelId, { actor: auditActorOf(actor), origin })
  }

  @Post(':channelId/test')
  @HttpCode(200)
  @SerializeOptions({ schema: NotificationTestResult })
  test(
    @Param('channelId') channelId: string,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<NotificationTestResult> {
    return this.notifications.test(channelId, { actor: auditActorOf(actor), origin })
  }

  @Get(':channelId/deliveries')
  @SerializeOptions({ schema: NotificationDeliveryList })
  async deliveries(@Param('channelId') channelId: string): Promise<NotificationDeliveryList> {
    return { items: await this.notifications.listDeliveries(channelId) }
  }
}
