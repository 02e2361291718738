import { DAY_MS } from '@guardimesh/contracts'
import type { ChannelSettings } from './channel-driver.js'
import { describeMessage } from './describe-message.js'
import { httpDriver, pathBelow } from './http-driver.js'
import type { Message } from './message.js'

/** Alertmanager resolves an alert at its end, by default after five minutes; Guardimesh sends each alert once. */
const LASTS_MS = 7 * DAY_MS

const ALERT_NAMES: Readonly<Record<Message['event'], string>> = {
  malware_detected: 'GuardimeshMalwareDetected',
  signature_alert: 'GuardimeshSignatureAlert',
  signature_alert_cleared: 'GuardimeshSignatureAlert',
  platform_alert: 'GuardimeshPlatformAlert',
  platform_alert_cleared: 'GuardimeshPlatformAlert',
  audit_event: 'GuardimeshAuditEvent',
  digest: 'GuardimeshDigest',
  test: 'GuardimeshTest',
}

/** Posts to the API v2 of Alertmanager, which identifies an alert by its labels: a repeated message changes nothing. */
export const alertmanagerDriver = httpDriver<ChannelSettings<'alertmanager'>>(({ message, settings }) => {
  const { title, text, severity, correlationId } = describeMessage(message)
  const { alert } = message
  const { incident } = alert
  const labels = {
    alertname: ALERT_NAMES[message.event],
    severity,
    kind: incident ? 'incident' : alert.kind,
    subject: alert.subject,
    cluster: incident?.clusterId ?? '',
    namespace: incident?.namespace ?? '',
    pod: incident?.podName ?? '',
    node: incident?.nodeName ?? '',
    guardimesh_id: correlationId,
  }
  return {
    url: pathBelow(settings.url, 'api/v2/alerts'),
    body: [
      {
        // Alertmanager rejects empty values of labels.
        labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')),
        annotations: { summary: title, description: text, delivery_id: message.deliveryId },
        startsAt: alert.raisedAt,
        endsAt: alert.clearedAt ?? new Date(message.createdAt.getTime() + (incident ? DAY_MS : LASTS_MS)).toISOString(),
      },
    ],
  }
})
