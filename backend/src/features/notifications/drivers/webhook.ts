import { createHmac } from 'node:crypto'
import {
  type FindingWebhookBody,
  type NotificationSeverity,
  SECOND_MS,
  WEBHOOK_DELIVERY_HEADER,
  WEBHOOK_SIGNATURE_HEADER,
  type WebhookBody,
} from '@guardimesh/contracts'
import type { ChannelDriver, ChannelSecrets, ChannelSettings } from './channel-driver.js'
import { customHeaders } from './http-driver.js'
import type { Message, NotifiedIncident } from './message.js'
import { sendRequest } from './send-request.js'

/** Sends the documented JSON body, signed if the channel has a secret. */
export const webhookDriver: ChannelDriver<ChannelSettings<'webhook'>> = {
  send: ({ message, settings: { url, method, customer }, secrets, transport }) => {
    const body = webhookBody(message, customer)
    return sendRequest(
      { url: new URL(url), method, headers: webhookHeaders(message.deliveryId, body, secrets, new Date()), body },
      transport,
    )
  },
}

/** Builds the JSON body of a webhook; the same bytes for the same message. Pure. */
export function webhookBody(message: Message, customer = ''): string {
  const { incident } = message.alert
  return JSON.stringify(incident ? findingBody(message, incident, customer) : alertBody(message))
}

function alertBody({ event, createdAt, alertId, alert }: Message): WebhookBody {
  const { kind, severity, subject, message, facts, raisedAt, clearedAt } = alert
  return {
    event_type: event as WebhookBody['event_type'],
    timestamp: createdAt.toISOString(),
    alert: {
      ...{ alert_id: alertId, kind, severity: severity as NotificationSeverity, subject, message, facts },
      ...{ raised_at: raisedAt, cleared_at: clearedAt },
    },
    api_version: '1.0',
  }
}

/** The keys before `incident` and their order are those of the product that this body is compatible with. */
function findingBody({ createdAt }: Message, incident: NotifiedIncident, customer: string): FindingWebhookBody {
  return {
    event_type: 'malware_detected',
    timestamp: createdAt.toISOString(),
    customer,
    cluster_id: incident.clusterId,
    namespace: incident.namespace,
    pod_name: incident.podName,
    host_ip: incident.hostIp,
    pod_ip: incident.podIp,
    total_findings: incident.totalFindings,
    findings: incident.findings.map(({ signatureName, path, description }) => ({
      signature_name: signatureName,
      file_name: path,
      description,
    })),
    scan_details: { api_version: '1.0', node_name: incident.nodeName, container_id: incident.containerId },
    incident: {
      incident_id: incident.incidentId,
      kind: incident.kind,
      severity: incident.severity,
      sha256: incident.sha256,
      container_name: incident.containerName,
      image: incident.image,
      image_digest: incident.imageDigest,
      detection_source: incident.scanSource,
      detected_at: incident.detectedAt,
    },
  }
}

/** Builds the headers of a message, except framing headers. Pure. */
export function webhookHeaders(deliveryId: string, body: string, secrets: ChannelSecrets, now: Date): Record<string, string> {
  return {
    'user-agent': 'guardimesh',
    accept: '*/*',
    ...customHeaders(secrets),
    'content-type': 'application/json',
    [WEBHOOK_DELIVERY_HEADER]: deliveryId,
    ...(secrets.secret === null ? {} : { [WEBHOOK_SIGNATURE_HEADER]: signatureOf(body, secrets.secret, now) }),
  }
}

/** Returns "t=1795168800,v1=9f86…". The signed time lets receivers detect replayed messages. Pure. */
function signatureOf(body: string, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / SECOND_MS)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}
