import { NotificationPreview, NotificationRule, NotificationRuleChange, NotificationRuleList } from '@guardimesh/contracts'
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common'
import { type ChangedBy, CurrentChange } from '../../../platform/audit/changed-by.js'
import { RequirePermission } from '../../../platform/auth/require-scope.js'
import { Operation } from '../../../platform/http/operation.js'
import { RulesService } from './rules.service.js'

@Controller('api/notifications/rules')
@RequirePermission('notifications:manage')
export class RulesController {
  constructor(private readonly rules: RulesService) {}

  @Operation({ summary: 'List notification rules', description: 'Returns all rules by name.' })
  @Get()
  @SerializeOptions({ schema: NotificationRuleList })
  async list(): Promise<NotificationRuleList> {
    return { items: await this.rules.list() }
  }

  @Operation({
    summary: 'Create a notification rule',
    description: 'Creates a rule, which selects events for a channel. An installation has up to 200.',
    errors: ['NOTIFICATION_RULE_LIMIT_REACHED'],
  })
  @Post()
  @SerializeOptions({ schema: NotificationRule })
  create(
    @Body({ schema: NotificationRuleChange }) body: NotificationRuleChange,
    @CurrentChange() by: ChangedBy,
  ): Promise<NotificationRule> {
    return this.rules.create(body, by)
  }

  @Operation({
    summary: 'Preview a notification rule',
    description: 'Returns how many messages the rule would have sent in the last 7 days. Stores and sends nothing.',
  })
  @Post('preview')
  @HttpCode(200)
  @SerializeOptions({ schema: NotificationPreview })
  preview(@Body({ schema: NotificationRuleChange }) body: NotificationRuleChange): Promise<NotificationPreview> {
    return this.rules.preview(body)
  }

  @Operation({ summary: 'Replace a notification rule', description: 'Replaces a rule.', errors: ['NOTIFICATION_RULE_NOT_FOUND'] })
  @Put(':ruleId')
  @SerializeOptions({ schema: NotificationRule })
  replace(
    @Param('ruleId') ruleId: string,
    @Body({ schema: NotificationRuleChange }) body: NotificationRuleChange,
    @CurrentChange() by: ChangedBy,
  ): Promise<NotificationRule> {
    return this.rules.replace(ruleId, body, by)
  }

  @Operation({
    summary: 'Delete a notification rule',
    description: 'Deletes a rule. Messages that it has queued are still sent.',
    errors: ['NOTIFICATION_RULE_NOT_FOUND'],
  })
  @Delete(':ruleId')
  @HttpCode(204)
  delete(@Param('ruleId') ruleId: string, @CurrentChange() by: ChangedBy): Promise<void> {
    return this.rules.delete(ruleId, by)
  }
}
