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

/** The alert of a message, as stored. */
export interface NotifiedAlert extends Omit<SignatureAlert, 'alertId' | 'kind'> {
  /** SignatureAlertKind or "test". */
  readonly kind: string
  readonly severity: NotificationSeverity
}

/** One message, independent of the kind of channel. */
export interface Message {
  readonly deliveryId: string
  readonly event: NotificationEvent
  readonly createdAt: Date
  /** Empty for a test. */
  readonly alertId: string
  readonly alert: NotifiedAlert
}

/** Builds the JSON body of a webhook; the same bytes for the same message. Pure. */
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

/** Builds the headers of a message, except framing headers. Pure. */
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

/** Returns "t=1795168800,v1=9f86…". The signed time lets receivers detect replayed messages. Pure. */
function signatureOf(body: string, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / SECOND_MS)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}
