import { VERSION } from '@guardimesh/kit'
import type { ChannelSettings } from './channel-driver.js'
import { describeMessage, type MessageText } from './describe-message.js'
import { httpDriver, pathBelow } from './http-driver.js'
import { logRecord } from './log-record.js'

/** Numbers and names of severities. Source: OpenTelemetry, "Logs Data Model", SeverityNumber. */
const SEVERITY: Readonly<Record<MessageText['severity'], readonly [number, string]>> = {
  critical: [21, 'FATAL'],
  high: [17, 'ERROR'],
  medium: [13, 'WARN'],
  warning: [13, 'WARN'],
  low: [10, 'INFO2'],
  info: [9, 'INFO'],
}
const NANOSECONDS_PER_MILLISECOND = 1_000_000n

/** Sends one log record per message, as JSON over HTTP. */
export const otlpDriver = httpDriver<ChannelSettings<'otlp'>>(({ message, settings }) => {
  const { severity, title } = describeMessage(message)
  const [severityNumber, severityText] = SEVERITY[severity]
  const nanoseconds = String(BigInt(message.createdAt.getTime()) * NANOSECONDS_PER_MILLISECOND)
  const record = {
    timeUnixNano: nanoseconds,
    observedTimeUnixNano: nanoseconds,
    ...{ severityNumber, severityText, eventName: `guardimesh.${message.event}` },
    body: { stringValue: title },
    attributes: [
      attribute('guardimesh.delivery_id', message.deliveryId),
      attribute('guardimesh.event', message.event),
      attribute('guardimesh.record', JSON.stringify(logRecord(message))),
      ...incidentAttributes(message.alert.incident),
    ],
  }
  const resource = { attributes: [attribute('service.name', 'guardimesh'), attribute('service.version', VERSION)] }
  return {
    url: pathBelow(settings.url, 'v1/logs'),
    body: { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'guardimesh.notifications' }, logRecords: [record] }] }] },
  }
})

/** Names of OpenTelemetry's semantic conventions. */
function incidentAttributes(incident: Parameters<typeof describeMessage>[0]['alert']['incident']) {
  if (!incident) return []
  return [
    attribute('k8s.cluster.name', incident.clusterId),
    attribute('k8s.namespace.name', incident.namespace),
    attribute('k8s.pod.name', incident.podName),
    attribute('k8s.node.name', incident.nodeName),
    attribute('container.id', incident.containerId),
    attribute('file.path', incident.findings[0]?.path ?? ''),
  ]
}

function attribute(key: string, value: string) {
  return { key, value: { stringValue: value } }
}
