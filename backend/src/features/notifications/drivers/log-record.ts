import type { Message } from './message.js'
import { webhookBody } from './webhook.js'

/** The message as one record for log systems: the key of the message, and the body of a webhook. Pure. */
export function logRecord(message: Message): Readonly<Record<string, unknown>> {
  const { severity, message: text } = message.alert
  return { delivery_id: message.deliveryId, severity, message: text, ...(JSON.parse(webhookBody(message)) as object) }
}
