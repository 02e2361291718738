import type { NotificationChannelKind } from '@guardimesh/contracts'

/** Fields of receivers, with texts `notifications.form.<name>` and `…Hint`. */
export interface TargetValues {
  url: string
  method: string
  customer: string
  host: string
  /** '' while the field is empty. */
  port: number | string
  encryption: string
  transport: string
  format: string
  username: string
  from: string
  /** Addresses, separated by commas, whitespace or lines. */
  to: string
  project: string
  issueType: string
  table: string
  index: string
}
export type TargetField = keyof TargetValues

/** Choices of fields with a fixed set of values, with texts `notifications.option.<value>`. */
export const FIELD_OPTIONS: Readonly<Partial<Record<TargetField, readonly string[]>>> = {
  method: ['POST', 'PUT'],
  encryption: ['starttls', 'tls', 'none'],
  transport: ['tls', 'tcp'],
  format: ['cef', 'json'],
}

/** Fields of each kind in their order, with the initial values of a new channel. */
export const TARGET_FIELDS: Readonly<Record<NotificationChannelKind, Partial<TargetValues>>> = {
  webhook: { url: '', method: 'POST', customer: '' },
  email: { host: '', port: 587, encryption: 'starttls', username: '', from: '', to: '' },
  syslog: { host: '', port: 6514, transport: 'tls', format: 'cef' },
  slack: {},
  teams: {},
  pagerduty: { url: 'https://events.pagerduty.com' },
  alertmanager: { url: '' },
  jira: { url: '', username: '', project: '', issueType: 'Task' },
  servicenow: { url: '', username: '', table: 'incident' },
  splunk: { url: '', index: '' },
  elasticsearch: { url: '', index: 'guardimesh-notifications' },
  otlp: { url: '' },
}

/** All fields, empty. */
export const NO_VALUES: TargetValues = {
  ...{ url: '', method: 'POST', customer: '', host: '', port: '', encryption: 'starttls', transport: 'tls', format: 'cef' },
  ...{ username: '', from: '', to: '', project: '', issueType: '', table: '', index: '' },
}

/** Kinds with headers. */
export const KINDS_WITH_HEADERS: ReadonlySet<NotificationChannelKind> = new Set(['webhook', 'alertmanager', 'elasticsearch', 'otlp'])
/** Kinds without a secret. */
export const KINDS_WITHOUT_SECRET: ReadonlySet<NotificationChannelKind> = new Set(['syslog', 'alertmanager', 'otlp'])

export function fieldsOf(kind: NotificationChannelKind): TargetField[] {
  return Object.keys(TARGET_FIELDS[kind]) as TargetField[]
}
