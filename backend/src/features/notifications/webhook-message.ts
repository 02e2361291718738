import { createHmac } from 'node:crypto'
import {
  type NotificationEvent,
  type NotificationSeverity,
  SECOND_MS,
  type SignatureAlert,
  WEBHOOK_DELIVERY_HEADER,
  WEBHOOK_SIGNATURE_HEADER,
  type WebhookBody,
} from '@guardimesh/contracts'
import type { WebhookSecrets } from './channel.js'

/** What a message tells; as the database holds it. */
export interface NotifiedAlert extends Omit<SignatureAlert, 'alertId' | 'kind'> {
  /** A kind of alert, or "test". */
  readonly kind: string
  readonly severity: NotificationSeverity
}

/** One message, whatever the kind of its channel. */
export interface Message {
  readonly deliveryId: string
  readonly event: NotificationEvent
  readonly createdAt: Date
  /** Empty in a test. */
  readonly alertId: string
  readonly alert: NotifiedAlert
}

/** The JSON that a webhook gets; the same bytes for the same message. Pure. */
export function webhookBody({ event, createdAt, alertId, alert }: Message): string {
  const { kind, severity, subject, message, facts, raisedAt, clearedAt } = alert
  const body: WebhookBody = {
    event_type: event,
    timestamp: createdAt.toISOString(),
    alert: { alert_id: alertId, kind, severity, subject, message, facts, raised_at: raisedAt, cleared_at: clearedAt },
    api_version: '1.0',
  }
  return JSON.stringify(body)
}

/** All headers of a message but those that frame it. Pure. */
export function webhookHeaders(deliveryId: string, body: string, secrets: WebhookSecrets, now: Date): Record<string, string> {
  const own = Object.fromEntries(secrets.headers.map(({ name, value }) => [name.toLowerCase(), value]))
  return {
    'user-agent': 'guardimesh',
    accept: '*/*',
    ...own,
    'content-type': 'application/json',
    [WEBHOOK_DELIVERY_HEADER]: deliveryId,
    ...(secrets.secret === null ? {} : { [WEBHOOK_SIGNATURE_HEADER]: signatureOf(body, secrets.secret, now) }),
  }
}

/** "t=1795168800,v1=9f86…": the moment is signed as well, so that a message that somebody recorded is recognised as old. Pure. */
function signatureOf(body: string, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / SECOND_MS)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}
