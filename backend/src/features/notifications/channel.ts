import type { NotificationChannelChange } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'

type Webhook = NotificationChannelChange['webhook']

/** Non-secret settings of a webhook. */
export type WebhookSettings = Pick<Webhook, 'url' | 'method' | 'isTlsVerified' | 'timeoutSeconds'>

/** Secrets of a webhook, which must be stored in clear text. Sent to the receiver only. */
export interface WebhookSecrets {
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** HMAC key; null: messages are not signed. */
  readonly secret: string | null
}

/** Returns the non-secret settings of a webhook. Pure. */
export function settingsOf({ url, method, isTlsVerified, timeoutSeconds }: Webhook): WebhookSettings {
  return { url, method, isTlsVerified, timeoutSeconds }
}

/**
 * Applies a change to the secrets; omitted ones keep their values. Pure.
 *
 * @param before undefined for a new channel.
 * @throws GuardError BODY_INVALID for a new header without a value.
 */
export function mergeSecrets(before: WebhookSecrets | undefined, { headers, secret }: Webhook): WebhookSecrets {
  return {
    headers: headers?.map(({ name, value }) => ({ name, value: value ?? knownValue(before, name) })) ?? before?.headers ?? [],
    secret: secret === undefined ? (before?.secret ?? null) : secret,
  }
}

function knownValue(before: WebhookSecrets | undefined, name: string): string {
  const found = before?.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())
  if (found) return found.value
  throw new GuardError('BODY_INVALID', `invalid body: webhook.headers: the new header ${name} has no value`)
}

/** Returns the audit details of a channel: names of secrets without values, and the URL without its query, which may contain one. Pure. */
export function auditView(
  channel: Omit<NotificationChannelChange, 'webhook'>,
  settings: WebhookSettings,
  secrets: WebhookSecrets,
): Readonly<Record<string, unknown>> {
  const { name, kind, isEnabled, events, sendResolved } = channel
  return {
    ...{ name, kind, isEnabled, events, sendResolved },
    ...settings,
    url: settings.url.replace(/[?#].*$/s, ''),
    headers: secrets.headers.map((header) => header.name),
    hasSecret: secrets.secret !== null,
  }
}
