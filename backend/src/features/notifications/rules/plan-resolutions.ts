import type { ResolutionMessage, ResolutionRecipient, ResolvedAlert } from './plan.repository.js'
import { MESSAGES_MAX, type PlannedRule, scheduleOf } from './plan-deliveries.js'

/** Receivers that keep an alert open until its own resolution arrives; they do not understand a digest. */
const KEEP_ALERTS_OPEN: ReadonlySet<string> = new Set(['pagerduty', 'alertmanager'])

/**
 * Plans messages about resolved alerts with the schedule of their rules: in quiet hours they wait, and after an outage of many nodes most of
 * them are in a digest. Pure.
 *
 * @param recipients channels that may have received the alerts.
 */
export function planResolutions(
  alerts: readonly ResolvedAlert[],
  recipients: readonly ResolutionRecipient[],
  rules: readonly PlannedRule[],
  now: Date,
): ResolutionMessage[] {
  const alertsById = new Map(alerts.map((alert) => [alert.alertId, alert]))
  const immediate = new Map<string, number>()
  return recipients.flatMap(({ channelKind, wasDigested, ...recipient }) => {
    const resolved = alertsById.get(recipient.alertId)
    if (!resolved) return []
    const message = { ...recipient, event: resolved.event, alert: resolved.alert }
    const rule = rules.find(({ ruleId }) => ruleId === recipient.ruleId)
    if (!rule || KEEP_ALERTS_OPEN.has(channelKind)) return [{ ...message, state: 'waiting', dueAt: now }]
    const schedule = scheduleOf(rule, now, { isUrgent: false, settleMinutes: 0 })
    if (schedule.state === 'collected') return [{ ...message, ...schedule }]
    const count = (immediate.get(recipient.channelId) ?? 0) + 1
    immediate.set(recipient.channelId, count)
    return [{ ...message, ...schedule, state: wasDigested || count > MESSAGES_MAX ? 'collected' : 'waiting' }]
  })
}
