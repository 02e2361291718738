import { randomUUID } from 'node:crypto'
import type { NotificationRule, NotificationRuleChange } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../../platform/database/advisory-locks.js'
import type { Queryable } from '../../../platform/database/database.js'

interface RuleRow extends Omit<NotificationRule, 'escalation' | 'updatedAt'> {
  readonly escalationMinutes: number | null
  readonly escalationChannelId: string | null
  readonly updatedAt: Date
}

const COLUMNS = `rule_id AS "ruleId", name, is_enabled AS "isEnabled", channel_id AS "channelId", selection, send_resolved AS "sendResolved",
  digest_minutes AS "digestMinutes", quiet_hours AS "quietHours", cool_down_minutes AS "coolDownMinutes", escalation_minutes AS "escalationMinutes",
  escalation_channel_id AS "escalationChannelId", updated_at AS "updatedAt", updated_by AS "updatedBy"`

/** SQL of notification rules. */
@Injectable()
export class RuleRepository {
  /** Returns all rules by name. */
  async list(database: Queryable): Promise<NotificationRule[]> {
    const rows = await database.query<RuleRow>(`SELECT ${COLUMNS} FROM notification_rules ORDER BY lower(name), rule_id`)
    return rows.map(viewOf)
  }

  /** Returns a rule and locks it until the transaction ends. */
  async lock(tx: Queryable, ruleId: string): Promise<NotificationRule | undefined> {
    const [row] = await tx.query<RuleRow>(`SELECT ${COLUMNS} FROM notification_rules WHERE rule_id = $1 FOR UPDATE`, [ruleId])
    return row && viewOf(row)
  }

  /** Counts rules. Other transactions that create a rule wait until this one ends. */
  async lockAndCount(tx: Queryable): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.newRule])
    const rows = await tx.query<{ count: number }>('SELECT count(*) AS count FROM notification_rules')
    return rows[0]?.count ?? 0
  }

  /** Returns which of these channels exist, and keeps them from being deleted until the transaction ends. */
  async existingChannels(tx: Queryable, channelIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ channelId: string }>(
      'SELECT channel_id AS "channelId" FROM notification_channels WHERE channel_id = ANY ($1::uuid[]) FOR KEY SHARE',
      [channelIds],
    )
    return new Set(rows.map(({ channelId }) => channelId))
  }

  /** Inserts a rule, or replaces the one with this id. */
  async save(tx: Queryable, rule: NotificationRuleChange, updatedBy: string, ruleId: string = randomUUID()): Promise<NotificationRule> {
    const { escalation, quietHours } = rule
    const [row] = await tx.query<RuleRow>(
      `INSERT INTO notification_rules AS rule (rule_id, name, is_enabled, channel_id, selection, send_resolved, digest_minutes, quiet_hours, cool_down_minutes,
         escalation_minutes, escalation_channel_id, updated_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (rule_id) DO UPDATE SET name = excluded.name, is_enabled = excluded.is_enabled, channel_id = excluded.channel_id,
         selection = excluded.selection, send_resolved = excluded.send_resolved, digest_minutes = excluded.digest_minutes,
         quiet_hours = excluded.quiet_hours, cool_down_minutes = excluded.cool_down_minutes, escalation_minutes = excluded.escalation_minutes,
         escalation_channel_id = excluded.escalation_channel_id, updated_by = excluded.updated_by, updated_at = now()
       RETURNING ${COLUMNS}`,
      [
        ...[ruleId, rule.name, rule.isEnabled, rule.channelId, JSON.stringify(rule.selection), rule.sendResolved, rule.digestMinutes],
        ...[
          quietHours && JSON.stringify(quietHours),
          rule.coolDownMinutes,
          escalation?.afterMinutes ?? null,
          escalation?.channelId ?? null,
        ],
        updatedBy,
      ],
    )
    if (!row) throw new Error('a rule was not stored')
    return viewOf(row)
  }

  async delete(tx: Queryable, ruleId: string): Promise<void> {
    await tx.execute('DELETE FROM notification_rules WHERE rule_id = $1', [ruleId])
  }
}

function viewOf({ escalationMinutes, escalationChannelId, updatedAt, ...row }: RuleRow): NotificationRule {
  const escalation =
    escalationMinutes === null || escalationChannelId === null ? null : { afterMinutes: escalationMinutes, channelId: escalationChannelId }
  return { ...row, escalation, updatedAt: updatedAt.toISOString() }
}
