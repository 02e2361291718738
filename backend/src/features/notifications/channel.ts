import type { NotificationChannelChange } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'

type Webhook = NotificationChannelChange['webhook']

/** Non-secret settings of a webhook. */
export type WebhookSettings = Pick<Webhook, 'url' | 'method' | 'isTlsVerified' | 'timeoutSeconds'>

/** Secrets of a webhook. They are encrypted in the database and sent to the receiver only. */
export interface WebhookSecrets<Value = string> {
  readonly headers: readonly { readonly name: string; readonly value: Value }[]
  /** HMAC key; null: messages are not signed. */
  readonly secret: Value | null
}

/** A stored value that no key of this installation decrypts. It remains stored until it is entered again. */
export interface UnreadableSecret {
  readonly encrypted: string
}

/** Secrets as read from the database. */
export type StoredSecrets = WebhookSecrets<string | UnreadableSecret>

/** True if all values could be decrypted. Pure. */
export function isReadable(secrets: StoredSecrets): secrets is WebhookSecrets {
  return [secrets.secret, ...secrets.headers.map(({ value }) => value)].every((value) => value === null || typeof value === 'string')
}

/** Returns the non-secret settings of a webhook. Pure. */
export function settingsOf({ url, method, isTlsVerified, timeoutSeconds }: Webhook): WebhookSettings {
  return { url, method, isTlsVerified, timeoutSeconds }
}

/** A stored webhook. */
export interface StoredWebhook {
  readonly settings: Pick<WebhookSettings, 'url'>
  readonly secrets: StoredSecrets
}

/**
 * Applies a change to the secrets; omitted ones keep their values as long as the messages go to the same origin. Pure.
 *
 * @param stored undefined for a new channel.
 * @throws GuardError BODY_INVALID for a new header without a value, or for an omitted secret if the origin changes.
 */
export function mergeSecrets(stored: StoredWebhook | undefined, { url, headers, secret }: Webhook): StoredSecrets {
  const before = stored?.secrets
  if (stored && new URL(stored.settings.url).origin !== new URL(url).origin) checkAllEntered(stored.secrets, { headers, secret })
  return {
    headers: headers?.map(({ name, value }) => ({ name, value: value ?? knownValue(before, name) })) ?? before?.headers ?? [],
    secret: secret === undefined ? (before?.secret ?? null) : secret,
  }
}

/** A secret belongs to the origin that it was entered for: otherwise a changed address would reveal it to another receiver. */
function checkAllEntered(before: StoredSecrets, { headers, secret }: Pick<Webhook, 'headers' | 'secret'>): void {
  const kept = headers === undefined ? before.headers : headers.filter(({ value }) => value === undefined)
  const names = kept.map(({ name }) => `the header ${name}`)
  if (secret === undefined && before.secret !== null) names.push('the secret')
  if (names.length === 0) return
  throw new GuardError(
    'BODY_INVALID',
    `invalid body: webhook.url: the address has another host, port or scheme; enter again or remove: ${names.join(', ')}`,
  )
}

function knownValue(before: StoredSecrets | undefined, name: string): string | UnreadableSecret {
  const found = before?.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())
  if (found) return found.value
  throw new GuardError('BODY_INVALID', `invalid body: webhook.headers: the new header ${name} has no value`)
}

/** Returns the audit details of a channel: names of secrets without values, and the URL without its query, which may contain one. Pure. */
export function auditView(
  channel: Omit<NotificationChannelChange, 'webhook'>,
  settings: WebhookSettings,
  secrets: StoredSecrets,
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
