import { X509Certificate } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { KINDS_WITH_REQUIRED_SECRET, type NotificationChannelChange, type NotificationChannelKind } from '@guardimesh/contracts'
import { GuardError, messageOf } from '@guardimesh/kit'
import type { ChannelSecrets, ChannelSettings } from './drivers/channel-driver.js'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Settings of any kind, as far as they identify the receiver. */
export interface ReceiverSettings {
  readonly url?: string
  readonly host?: string
  readonly port?: number
  readonly encryption?: string
}
/** Settings as stored, with those of any kind. */
export type StoredSettings = ReceiverSettings & Pick<ChannelSettings, 'isTlsVerified' | 'caCertificate' | 'timeoutSeconds'>

/** A stored value that no key of this installation decrypts. It remains stored until it is entered again. */
export interface UnreadableSecret {
  readonly encrypted: string
}

/** Secrets as read from the database. */
export type StoredSecrets = ChannelSecrets<string | UnreadableSecret>

/** The object of a request that describes the receiver, for any kind. */
export type AnyTarget = StoredSettings & {
  readonly headers?: readonly { readonly name: string; readonly value?: string | undefined }[] | undefined
  readonly secret?: string | null | undefined
}

/** A channel without its receiver. */
export type ChannelHead = Pick<NotificationChannelChange, 'kind' | 'name' | 'isEnabled'>

/** Separates a channel from the object that describes its receiver. Pure. */
export function splitChange(change: NotificationChannelChange): { readonly head: ChannelHead; readonly target: AnyTarget } {
  const { kind, name, isEnabled } = change
  const target: AnyTarget | undefined = change[kind]
  if (!target) throw new GuardError('BODY_INVALID', `invalid body: ${kind}: required for this kind`)
  return { head: { kind, name, isEnabled }, target }
}

/** True if all values could be decrypted. Pure. */
export function isReadable(secrets: StoredSecrets): secrets is ChannelSecrets {
  return [secrets.secret, ...secrets.headers.map(({ value }) => value)].every((value) => value === null || typeof value === 'string')
}

/**
 * Returns the non-secret settings of a receiver. Of an address that is a secret, they contain the host. Pure.
 *
 * @throws GuardError BODY_INVALID if a certificate authority is not a certificate.
 */
export function settingsOf(kind: NotificationChannelKind, target: AnyTarget, before: StoredSettings | undefined): StoredSettings {
  const { headers: _, secret, ...settings } = target
  checkAuthorities(kind, settings.caCertificate)
  if (!isAddressSecret(kind)) return settings
  return { ...settings, host: typeof secret === 'string' ? new URL(secret).host : (before?.host ?? '') }
}

function checkAuthorities(kind: NotificationChannelKind, caCertificate: string): void {
  try {
    for (const certificate of caCertificate.match(CERTIFICATE) ?? []) new X509Certificate(certificate)
  } catch (error) {
    throw new GuardError('BODY_INVALID', `invalid body: ${kind}.caCertificate: not a certificate: ${messageOf(error)}`)
  }
}

/** True for kinds whose address is a secret. */
function isAddressSecret(kind: NotificationChannelKind): boolean {
  return kind === 'slack' || kind === 'teams'
}

/**
 * Identifies the receiver that secrets are bound to: origin of the URL, or host, port and encryption of the connection, since a password must
 * not be sent in plain text where it was not before. Constant for kinds whose address is the secret. Pure.
 */
export function receiverOf({ url, host, port, encryption }: ReceiverSettings): string {
  if (url !== undefined) return new URL(url).origin
  return port === undefined ? 'address' : `${host}:${port}/${encryption ?? ''}`
}

/** Schemes of kinds without a URL, for explanations. */
const SCHEMES: Readonly<Partial<Record<NotificationChannelKind, string>>> = { email: 'smtp', syslog: 'syslog' }

/** Returns the address of a receiver, of which explanations show the host. Pure. */
export function addressOf(kind: NotificationChannelKind, { url, host = '', port }: ReceiverSettings): URL {
  if (url !== undefined) return new URL(url)
  const name = isIPv6(host) ? `[${host}]` : host
  return new URL(`${SCHEMES[kind] ?? 'https'}://${name}${port === undefined ? '' : `:${port}`}`)
}

/** A stored receiver. */
export interface StoredTarget {
  readonly settings: ReceiverSettings
  readonly secrets: StoredSecrets
}

/**
 * Applies a change to the secrets; omitted ones keep their values as long as the messages go to the same receiver. Pure.
 *
 * @param stored undefined for a new channel.
 * @throws GuardError BODY_INVALID for a new header without a value, a missing secret, or an omitted one if the receiver changes.
 */
export function mergeSecrets(kind: NotificationChannelKind, stored: StoredTarget | undefined, target: AnyTarget): StoredSecrets {
  const { headers, secret } = target
  const before = stored?.secrets
  if (stored && receiverOf(stored.settings) !== receiverOf(target)) checkAllEntered(kind, stored.secrets, target)
  const merged = secret === undefined ? (before?.secret ?? null) : secret
  if (merged === null && KINDS_WITH_REQUIRED_SECRET.has(kind))
    throw new GuardError('BODY_INVALID', `invalid body: ${kind}.secret: required for a new channel`)
  return {
    headers: headers?.map(({ name, value }) => ({ name, value: value ?? knownValue(kind, before, name) })) ?? before?.headers ?? [],
    secret: merged,
  }
}

/** A secret belongs to the receiver that it was entered for: otherwise a changed address would reveal it to another one. */
function checkAllEntered(kind: NotificationChannelKind, before: StoredSecrets, { url, headers, secret }: AnyTarget): void {
  const kept = headers === undefined ? before.headers : headers.filter(({ value }) => value === undefined)
  const names = kept.map(({ name }) => `the header ${name}`)
  if (secret === undefined && before.secret !== null) names.push('the secret')
  if (names.length === 0) return
  const field = url === undefined ? 'host' : 'url'
  const what = url === undefined ? 'host, port or encryption' : 'host, port or scheme'
  throw new GuardError(
    'BODY_INVALID',
    `invalid body: ${kind}.${field}: the address has another ${what}; enter again or remove: ${names.join(', ')}`,
  )
}

function knownValue(kind: NotificationChannelKind, before: StoredSecrets | undefined, name: string): string | UnreadableSecret {
  const found = before?.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())
  if (found) return found.value
  throw new GuardError('BODY_INVALID', `invalid body: ${kind}.headers: the new header ${name} has no value`)
}

/** Returns the audit details of a channel: names of secrets without values, and the URL without its query, which may contain one. Pure. */
export function auditView(
  head: ChannelHead,
  { url, caCertificate, ...settings }: StoredSettings,
  secrets: StoredSecrets,
): Readonly<Record<string, unknown>> {
  return {
    ...head,
    ...settings,
    ...(url === undefined ? {} : { url: url.replace(/[?#].*$/s, '') }),
    hasCaCertificate: caCertificate !== '',
    headers: secrets.headers.map((header) => header.name),
    hasSecret: secrets.secret !== null,
  }
}
