import {
  NOTIFICATION_RULES_MAX,
  type NotificationPreview,
  type NotificationRule,
  type NotificationRuleChange,
  PREVIEW_EVENTS_MAX,
} from '@guardimesh/contracts'
import { GuardError, parseUuid } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../../platform/audit/audit.repository.js'
import type { ChangedBy } from '../../../platform/audit/changed-by.js'
import { auditActorOf } from '../../../platform/audit/request-origin.js'
import { ConsoleDatabase } from '../../../platform/database/console-database.js'
import { Database, type Queryable } from '../../../platform/database/database.js'
import { EventRepository } from './event.repository.js'
import { previewRule } from './preview-rule.js'
import { RuleRepository } from './rule.repository.js'

/** Manages notification rules. Methods throw NOTIFICATION_RULE_NOT_FOUND and DATABASE_UNAVAILABLE. */
@Injectable()
export class RulesService {
  constructor(
    private readonly database: Database,
    private readonly consoleDatabase: ConsoleDatabase,
    private readonly rules: RuleRepository,
    private readonly events: EventRepository,
    private readonly audit: AuditRepository,
  ) {}

  list(): Promise<NotificationRule[]> {
    return this.rules.list(this.database)
  }

  /** @throws GuardError NOTIFICATION_RULE_LIMIT_REACHED, BODY_INVALID for an unknown channel. */
  create(change: NotificationRuleChange, by: ChangedBy): Promise<NotificationRule> {
    return this.database.transaction(async (tx) => {
      if ((await this.rules.lockAndCount(tx)) >= NOTIFICATION_RULES_MAX)
        throw new GuardError(
          'NOTIFICATION_RULE_LIMIT_REACHED',
          `the limit of ${NOTIFICATION_RULES_MAX} rules is reached; delete an unused rule`,
        )
      await this.#checkChannels(tx, change)
      const rule = await this.rules.save(tx, change, auditActorOf(by.actor).name)
      await this.#record(tx, { verb: 'create', ruleId: rule.ruleId, details: { after: change } }, by)
      return rule
    })
  }

  /** @throws GuardError BODY_INVALID for an unknown channel. */
  replace(ruleId: string, change: NotificationRuleChange, by: ChangedBy): Promise<NotificationRule> {
    return this.database.transaction(async (tx) => {
      const before = await this.#lock(tx, ruleId)
      await this.#checkChannels(tx, change)
      const after = await this.rules.save(tx, change, auditActorOf(by.actor).name, ruleId)
      await this.#record(tx, { verb: 'change', ruleId, details: { before, after: change } }, by)
      return after
    })
  }

  delete(ruleId: string, by: ChangedBy): Promise<void> {
    return this.database.transaction(async (tx) => {
      const before = await this.#lock(tx, ruleId)
      await this.rules.delete(tx, ruleId)
      await this.#record(tx, { verb: 'delete', ruleId, details: { before } }, by)
    })
  }

  /** Returns how many messages a rule would have sent for the events of the last days. */
  async preview(change: NotificationRuleChange): Promise<NotificationPreview> {
    const events = await this.events.recent(this.consoleDatabase)
    const examined = events.slice(-PREVIEW_EVENTS_MAX)
    return { ...previewRule(change, examined), isComplete: examined.length === events.length }
  }

  async #checkChannels(tx: Queryable, { channelId, escalation }: NotificationRuleChange): Promise<void> {
    if (escalation?.channelId === channelId)
      throw new GuardError('BODY_INVALID', 'invalid body: escalation.channelId: must be another channel than that of the rule')
    const existing = await this.rules.existingChannels(tx, escalation ? [channelId, escalation.channelId] : [channelId])
    const field = !existing.has(channelId) ? 'channelId' : escalation && !existing.has(escalation.channelId) ? 'escalation.channelId' : ''
    if (field !== '') throw new GuardError('BODY_INVALID', `invalid body: ${field}: the channel does not exist; it may have been deleted`)
  }

  async #lock(tx: Queryable, ruleId: string): Promise<NotificationRule> {
    const rule = parseUuid(ruleId) && (await this.rules.lock(tx, ruleId))
    if (!rule) throw new GuardError('NOTIFICATION_RULE_NOT_FOUND', 'notification rule not found; it may have been deleted')
    return rule
  }

  #record(tx: Queryable, change: { verb: string; ruleId: string; details: Record<string, unknown> }, by: ChangedBy): Promise<void> {
    const { verb, ruleId, details } = change
    return this.audit.record(tx, {
      actor: auditActorOf(by.actor),
      action: `notification-rule.${verb}`,
      target: ruleId,
      details,
      ...by.origin,
    })
  }
}
