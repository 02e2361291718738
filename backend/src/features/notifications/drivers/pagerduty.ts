import type { ChannelSettings } from './channel-driver.js'
import { describeMessage, type MessageText } from './describe-message.js'
import { httpDriver, pathBelow } from './http-driver.js'

/** Severities of PagerDuty. */
const SEVERITY: Readonly<Record<MessageText['severity'], string>> = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  warning: 'warning',
  low: 'info',
  info: 'info',
}
const SUMMARY_MAX_LENGTH = 1024

/** Triggers and resolves alerts through the Events API v2. A repeated message has the same `dedup_key`, so it changes nothing. */
export const pagerdutyDriver = httpDriver<ChannelSettings<'pagerduty'>>(({ message, settings, secrets }) => {
  const { title, text, severity, facts, isResolved, correlationId } = describeMessage(message)
  return {
    url: pathBelow(settings.url, 'v2/enqueue'),
    body: {
      routing_key: secrets.secret,
      event_action: isResolved ? 'resolve' : 'trigger',
      dedup_key: correlationId === '' ? message.deliveryId : correlationId,
      client: 'Guardimesh',
      payload: {
        summary: title.slice(0, SUMMARY_MAX_LENGTH),
        source: message.alert.incident?.clusterId ?? 'guardimesh',
        severity: SEVERITY[severity],
        timestamp: message.createdAt.toISOString(),
        component: message.alert.incident?.podName ?? message.alert.subject,
        class: message.alert.kind,
        custom_details: { message: text, delivery_id: message.deliveryId, ...Object.fromEntries(facts) },
      },
    },
  }
})
