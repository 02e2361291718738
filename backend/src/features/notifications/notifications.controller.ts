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
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { NotificationsService } from './notifications.service.js'

@Controller('api/notifications/channels')
@RequirePermission('notifications:manage')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Operation({ summary: 'List notification channels', description: 'Returns all channels by name, without their secrets.' })
  @Get()
  @SerializeOptions({ schema: NotificationChannelList })
  async list(): Promise<NotificationChannelList> {
    return { items: await this.notifications.list() }
  }

  @Operation({
    summary: 'Create a notification channel',
    description: 'Creates a channel. An installation has up to 50.',
    errors: ['NOTIFICATION_CHANNEL_LIMIT_REACHED'],
  })
  @Post()
  @SerializeOptions({ schema: NotificationChannel })
  create(
    @Body({ schema: NotificationChannelChange }) body: NotificationChannelChange,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<NotificationChannel> {
    return this.notifications.create(body, { actor: auditActorOf(actor), origin })
  }

  @Operation({
    summary: 'Replace a notification channel',
    description:
      'Replaces a channel. Headers and secret keep their values if the request omits them, unless the address has another origin. Failed deliveries are retried immediately.',
    errors: ['NOTIFICATION_CHANNEL_NOT_FOUND'],
  })
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

  @Operation({
    summary: 'Delete a notification channel',
    description: 'Deletes a channel with its deliveries.',
    errors: ['NOTIFICATION_CHANNEL_NOT_FOUND'],
  })
  @Delete(':channelId')
  @HttpCode(204)
  delete(
    @Param('channelId') channelId: string,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<void> {
    return this.notifications.delete(channelId, { actor: auditActorOf(actor), origin })
  }

  @Operation({
    summary: 'Test a notification channel',
    description: 'Sends a test message through the worker and returns the result. Responds once the attempt has ended.',
    errors: ['NOTIFICATION_CHANNEL_NOT_FOUND', 'NOTIFICATION_TEST_RUNNING'],
  })
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

  @Operation({
    summary: 'List deliveries of a channel',
    description: 'Returns up to 100 deliveries of a channel, latest first.',
    errors: ['NOTIFICATION_CHANNEL_NOT_FOUND'],
  })
  @Get(':channelId/deliveries')
  @SerializeOptions({ schema: NotificationDeliveryList })
  async deliveries(@Param('channelId') channelId: string): Promise<NotificationDeliveryList> {
    return { items: await this.notifications.listDeliveries(channelId) }
  }
}
