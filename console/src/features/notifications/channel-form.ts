import { type NotificationChannel, NotificationChannelChange, SIGNATURE_ALERT_KINDS } from '@guardimesh/contracts'
import type { Control, FieldErrors, Resolver } from 'react-hook-form'
import { type InvalidKey, numberMessage } from '../../forms/form-text.js'

/** A header as entered. An empty value keeps the stored one if `isSet`. */
export interface HeaderRow {
  name: string
  value: string
  isSet: boolean
}

/** Form values: flat. */
export interface ChannelForm {
  name: string
  isEnabled: boolean
  events: string[]
  sendResolved: boolean
  url: string
  method: string
  isTlsVerified: boolean
  /** '' while the field is empty. */
  timeoutSeconds: number | string
  headers: HeaderRow[]
  /** Empty keeps the stored secret. */
  secret: string
  isSecretRemoved: boolean
}

export type ChannelControl = Control<ChannelForm, unknown, NotificationChannelChange>

/** @param channel undefined for a new one. Pure. */
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

/** Builds a change that only sets `isEnabled`. Pure. */
export function withEnabled(channel: NotificationChannel, isEnabled: boolean): NotificationChannelChange {
  const { kind, name, events, sendResolved, webhook } = channel
  const { url, method, isTlsVerified, timeoutSeconds } = webhook
  return { kind, name, isEnabled, events, sendResolved, webhook: { url, method, isTlsVerified, timeoutSeconds } }
}

/** Builds the request body, not validated yet. Pure. */
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
}

/** Validates the form with the API's schema. */
export const resolveChannel: Resolver<ChannelForm, unknown, NotificationChannelChange> = (form) => {
  const parsed = NotificationChannelChange.safeParse(toChange(form))
  if (parsed.success) return { values: parsed.data, errors: {} }
  const errors: Record<string, { type: string; message: string }> = {}
  for (const issue of parsed.error.issues) {
    // Fields of `webhook` have their own name in the form; errors of list entries belong to the list.
    const field = String(issue.path[0] === 'webhook' ? issue.path[1] : issue.path[0])
    errors[field] ??= { type: issue.code, message: MESSAGES[field] ?? numberMessage(issue) ?? issue.message }
  }
  return { values: {}, errors: errors as FieldErrors<ChannelForm> }
}
