import { type NotificationChannel, NotificationChannelChange, SIGNATURE_ALERT_KINDS } from '@guardimesh/contracts'
import type { Control, FieldErrors, Resolver } from 'react-hook-form'
import type { InvalidKey } from '../../forms/form-text.js'

/** A header as typed. An empty value of one that is set keeps what it has. */
export interface HeaderRow {
  name: string
  value: string
  isSet: boolean
}

/** The form's shape: flat. */
export interface ChannelForm {
  name: string
  isEnabled: boolean
  events: string[]
  sendResolved: boolean
  url: string
  method: string
  isTlsVerified: boolean
  /** As typed; '' while the field is empty. */
  timeoutSeconds: number | string
  headers: HeaderRow[]
  /** Empty: it stays as it is. */
  secret: string
  isSecretRemoved: boolean
}

/** What fields are bound to. */
export type ChannelControl = Control<ChannelForm, unknown, NotificationChannelChange>

/** @param channel undefined: a new one. Pure. */
export function toForm(channel: NotificationChannel | undefined): ChannelForm {
  return {
    name: channel?.name ?? '',
    isEnabled: channel?.isEnabled ?? true,
    events: [...(channel?.events ?? SIGNATURE_ALERT_KINDS)],
    sendResolved: channel?.sendResolved ?? true,
    url: channel?.webhook.url ?? '',
    method: channel?.webhook.method ?? 'POST',
    isTlsVerified: channel?.webhook.isTlsVerified ?? true,
    timeoutSeconds: channel?.webhook.timeoutSeconds ?? 30,
    headers: channel?.webhook.headers.map(({ name }) => ({ name, value: '', isSet: true })) ?? [],
    secret: '',
    isSecretRemoved: false,
  }
}

/** The change that leaves a channel as it is but for `isEnabled`. Pure. */
export function withEnabled(channel: NotificationChannel, isEnabled: boolean): NotificationChannelChange {
  const { kind, name, events, sendResolved, webhook } = channel
  const { url, method, isTlsVerified, timeoutSeconds } = webhook
  return { kind, name, isEnabled, events, sendResolved, webhook: { url, method, isTlsVerified, timeoutSeconds } }
}

/** The API's shape of what was typed; not yet checked. Pure. */
export function toChange(form: ChannelForm): unknown {
  const { name, isEnabled, events, sendResolved, url, method, isTlsVerified } = form
  const rows = form.headers.map((row) => ({ ...row, name: row.name.trim() })).filter((row) => row.name !== '' || row.value !== '')
  return {
    kind: 'webhook',
    ...{ name, isEnabled, events, sendResolved },
    webhook: {
      ...{ url: url.trim(), method, isTlsVerified },
      timeoutSeconds: form.timeoutSeconds === '' ? Number.NaN : Number(form.timeoutSeconds),
      headers: rows.map((row) => ({ name: row.name, ...(row.isSet && row.value === '' ? {} : { value: row.value }) })),
      ...secretOf(form),
    },
  }
}

function secretOf({ secret, isSecretRemoved }: ChannelForm): { secret?: string | null } {
  if (isSecretRemoved) return { secret: null }
  return secret === '' ? {} : { secret }
}

const MESSAGES: Readonly<Record<string, InvalidKey>> = {
  name: 'channelName',
  url: 'webhookUrl',
  secret: 'webhookSecret',
  headers: 'webhookHeaders',
  events: 'scopes',
  too_small: 'numberLow',
  too_big: 'numberHigh',
  invalid_type: 'number',
}

/** Checks the form with the API's own schema. */
export const resolveChannel: Resolver<ChannelForm, unknown, NotificationChannelChange> = (form) => {
  const parsed = NotificationChannelChange.safeParse(toChange(form))
  if (parsed.success) return { values: parsed.data, errors: {} }
  const errors: Record<string, { type: string; message: string }> = {}
  for (const issue of parsed.error.issues) {
    // Of a part of a webhook its own name; of an entry of a list that of the list.
    const field = String(issue.path[0] === 'webhook' ? issue.path[1] : issue.path[0])
    errors[field] ??= { type: issue.code, message: MESSAGES[field] ?? MESSAGES[issue.code] ?? issue.message }
  }
  return { values: {}, errors: errors as FieldErrors<ChannelForm> }
}
