import type { NotificationChannelChange } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'

type Webhook = NotificationChannelChange['webhook']

/** Where a webhook goes and how; nothing secret. */
export type WebhookSettings = Pick<Webhook, 'url' | 'method' | 'isTlsVerified' | 'timeoutSeconds'>

/** What must be sent as it is. Never leaves the process but to the receiver. */
export interface WebhookSecrets {
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** Key of the HMAC; null: messages are not signed. */
  readonly secret: string | null
}

/** The part of a webhook that is stored in the open. Pure. */
export function settingsOf({ url, method, isTlsVerified, timeoutSeconds }: Webhook): WebhookSettings {
  return { url, method, isTlsVerified, timeoutSeconds }
}

/**
 * What a change leaves of the secrets: what it does not name stays. Pure.
 *
 * @param before undefined: the channel is new.
 * @throws GuardError BODY_INVALID for a header without a value that has none yet.
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
  throw new GuardError('BODY_INVALID', `the body is not right: webhook.headers: give a value for the header ${name}, which has none yet`)
}

/** What the audit log says of a channel: which secrets there are, not what they hold; of the address no query, which may hold one. Pure. */
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
