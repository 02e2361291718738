import {
  KINDS_WITH_REQUIRED_SECRET,
  type NotificationChannel,
  NotificationChannelChange,
  type NotificationChannelKind,
  TARGET_CHANGES,
  targetViewOf,
} from '@guardimesh/contracts'
import type { Control, FieldErrors, Resolver } from 'react-hook-form'
import { type InvalidKey, numberMessage } from '../../forms/form-text.js'
import { listed, splitList } from './name-list.js'
import { fieldsOf, KINDS_WITH_HEADERS, KINDS_WITHOUT_SECRET, NO_VALUES, TARGET_FIELDS, type TargetValues } from './target-fields.js'

/** A header as entered. An empty value keeps the stored one if `isSet`. */
export interface HeaderRow {
  name: string
  value: string
  isSet: boolean
}

/** Form values: flat. Fields of other kinds keep their values and are not sent. */
export interface ChannelForm extends TargetValues {
  kind: NotificationChannelKind
  name: string
  isEnabled: boolean
  isTlsVerified: boolean
  caCertificate: string
  /** '' while the field is empty. */
  timeoutSeconds: number | string
  headers: HeaderRow[]
  /** Empty keeps the stored secret. */
  secret: string
  hasSecret: boolean
  isSecretRemoved: boolean
}

export type ChannelControl = Control<ChannelForm, unknown, NotificationChannelChange>

/** @param channel undefined for a new one. Pure. */
export function toForm(channel: NotificationChannel | undefined): ChannelForm {
  const kind = channel?.kind ?? 'webhook'
  const target = channel && targetViewOf(channel)
  return {
    ...NO_VALUES,
    ...TARGET_FIELDS[kind],
    ...{ isTlsVerified: true, caCertificate: '', timeoutSeconds: 30 },
    ...target,
    kind,
    name: channel?.name ?? '',
    isEnabled: channel?.isEnabled ?? true,
    to: listed(channel?.email?.to),
    headers: target?.headers.map(({ name }) => ({ name, value: '', isSet: true })) ?? [],
    secret: '',
    hasSecret: target?.hasSecret ?? false,
    isSecretRemoved: false,
  }
}

/** Builds a change that only sets `isEnabled`. Pure. */
export function withEnabled(channel: NotificationChannel, isEnabled: boolean): NotificationChannelChange {
  const { kind, name } = channel
  const { headers: _, ...target } = targetViewOf(channel)
  // The schema removes what only responses contain.
  return { kind, name, isEnabled, [kind]: TARGET_CHANGES[kind].parse(target) }
}

/** Builds the request body, not validated yet. Pure. */
export function toChange(form: ChannelForm): unknown {
  const { kind, name, isEnabled, isTlsVerified, caCertificate } = form
  const values = Object.fromEntries(fieldsOf(kind).map((field) => [field, fieldValue(form, field)]))
  return {
    ...{ kind, name, isEnabled },
    [kind]: {
      ...values,
      ...{ isTlsVerified, caCertificate: caCertificate.trim(), timeoutSeconds: numberOf(form.timeoutSeconds) },
      ...(KINDS_WITH_HEADERS.has(kind) ? { headers: headersOf(form) } : {}),
      ...(KINDS_WITHOUT_SECRET.has(kind) ? {} : secretOf(form)),
    },
  }
}

function fieldValue(form: ChannelForm, field: keyof TargetValues): unknown {
  if (field === 'to') return splitList(form.to)
  return field === 'port' ? numberOf(form.port) : String(form[field]).trim()
}

function numberOf(value: number | string): number {
  return value === '' ? Number.NaN : Number(value)
}

function headersOf({ headers }: ChannelForm): { name: string; value?: string }[] {
  const rows = headers.map((row) => ({ ...row, name: row.name.trim() })).filter((row) => row.name !== '' || row.value !== '')
  return rows.map(({ name, value, isSet }) => ({ name, ...(isSet && value === '' ? {} : { value }) }))
}

function secretOf({ secret, isSecretRemoved }: ChannelForm): { secret?: string | null } {
  if (isSecretRemoved) return { secret: null }
  return secret === '' ? {} : { secret }
}

const MESSAGES: Readonly<Record<string, InvalidKey>> = {
  name: 'channelName',
  url: 'webhookUrl',
  headers: 'webhookHeaders',
  host: 'host',
  from: 'emailAddress',
  to: 'emailAddresses',
  caCertificate: 'certificates',
  username: 'shortText',
  project: 'shortText',
  issueType: 'shortText',
  customer: 'shortText',
  table: 'tableName',
  index: 'indexName',
}
const SECRET_MESSAGES: Readonly<Partial<Record<NotificationChannelKind, InvalidKey>>> = {
  webhook: 'webhookSecret',
  slack: 'webhookUrl',
  teams: 'webhookUrl',
}

/** Validates the form with the API's schema. */
export const resolveChannel: Resolver<ChannelForm, unknown, NotificationChannelChange> = (form) => {
  const { kind } = form
  const errors: Record<string, { type: string; message: string }> = {}
  const parsed = NotificationChannelChange.safeParse(toChange(form))
  for (const issue of parsed.error?.issues ?? []) {
    // Fields of the receiver have their own name in the form; errors of list entries belong to the list.
    const field = String(issue.path[0] === kind ? issue.path[1] : issue.path[0])
    const message = field === 'secret' ? (SECRET_MESSAGES[kind] ?? 'secret') : MESSAGES[field]
    errors[field] ??= { type: issue.code, message: message ?? numberMessage(issue) ?? issue.message }
  }
  if (KINDS_WITH_REQUIRED_SECRET.has(kind) && !form.hasSecret && form.secret === '')
    errors['secret'] ??= { type: 'required', message: SECRET_MESSAGES[kind] ?? 'secret' }
  if (parsed.success && Object.keys(errors).length === 0) return { values: parsed.data, errors: {} }
  return { values: {}, errors: errors as FieldErrors<ChannelForm> }
}
