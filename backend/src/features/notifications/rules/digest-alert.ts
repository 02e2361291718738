import { formatCount } from '@guardimesh/kit'
import type { NotifiedAlert } from '../drivers/message.js'

/** Maximum messages that a digest lists; it states the total as well. */
const ITEMS_MAX = 100
const ITEM_MAX_LENGTH = 300

/** Builds the alert of a digest. @param alerts at least one, oldest first. Pure. */
export function digestAlert(ruleName: string, alerts: readonly NotifiedAlert[]): NotifiedAlert {
  const items = alerts
    .slice(0, ITEMS_MAX)
    .map(({ severity, message, clearedAt }) => `[${clearedAt === null ? severity : 'resolved'}] ${message}`.slice(0, ITEM_MAX_LENGTH))
  const critical = alerts.filter(({ severity, clearedAt }) => severity === 'critical' && clearedAt === null).length
  return {
    kind: 'digest',
    severity: critical > 0 ? 'critical' : 'warning',
    subject: ruleName,
    message: `${formatCount(alerts.length, 'event')} of the rule ${ruleName}${critical > 0 ? `, ${critical} critical` : ''}. See the console.`,
    facts: { events: alerts.length, critical, items },
    raisedAt: alerts[0]?.raisedAt ?? '',
    clearedAt: null,
  }
}
