import {
  INCIDENT_ALERT_KINDS,
  type NotificationRule,
  NotificationRuleChange,
  PLATFORM_ALERT_KINDS,
  SIGNATURE_ALERT_KINDS,
} from '@guardimesh/contracts'
import type { Control, FieldErrors, Resolver } from 'react-hook-form'
import { type InvalidKey, issueMessage } from '../../forms/form-text.js'
import { listed, splitList } from './name-list.js'

/** Events of the editor, by group. */
export const EVENT_GROUPS = {
  malware: INCIDENT_ALERT_KINDS,
  platform: [...PLATFORM_ALERT_KINDS, 'results-lost'],
  signatures: SIGNATURE_ALERT_KINDS,
  audit: ['audit-event'],
} as const

/** Form values: flat. */
export interface RuleForm {
  name: string
  isEnabled: boolean
  channelId: string
  events: string[]
  minSeverity: string
  /** Patterns, separated by commas, whitespace or lines. */
  clusters: string
  namespaces: string
  signatures: string
  actions: string
  sources: string[]
  sendResolved: boolean
  digestMinutes: string
  /** '' while the field is empty. */
  coolDownMinutes: number | string
  hasQuietHours: boolean
  from: string
  to: string
  timeZone: string
  passCritical: boolean
  /** Empty: no escalation. */
  escalationChannelId: string
  escalationMinutes: number | string
}

export type RuleControl = Control<RuleForm, unknown, NotificationRuleChange>

const NIGHT = { from: '22:00', to: '06:00', passCritical: true }

/** @param rule undefined for a new one. @param timeZone default for quiet hours. Pure. */
export function toRuleForm(rule: NotificationRule | undefined, timeZone: string): RuleForm {
  const selection = rule?.selection
  return {
    name: rule?.name ?? '',
    isEnabled: rule?.isEnabled ?? true,
    channelId: rule?.channelId ?? '',
    events: [...(selection?.events ?? [...EVENT_GROUPS.malware, ...EVENT_GROUPS.platform, ...EVENT_GROUPS.signatures])],
    minSeverity: selection?.minSeverity ?? 'low',
    clusters: listed(selection?.clusters),
    namespaces: listed(selection?.namespaces),
    signatures: listed(selection?.signatures),
    actions: listed(selection?.actions ?? ['*fail*', 'account.*']),
    sources: [...(selection?.sources ?? [])],
    sendResolved: rule?.sendResolved ?? true,
    digestMinutes: String(rule?.digestMinutes ?? 0),
    coolDownMinutes: rule?.coolDownMinutes ?? 0,
    hasQuietHours: rule !== undefined && rule.quietHours !== null,
    ...(rule?.quietHours ?? { ...NIGHT, timeZone }),
    escalationChannelId: rule?.escalation?.channelId ?? '',
    escalationMinutes: rule?.escalation?.afterMinutes ?? 15,
  }
}

/** Builds the request body, not validated yet. Pure. */
export function toRuleChange(form: RuleForm): unknown {
  const { name, isEnabled, channelId, events, minSeverity, sources, sendResolved, hasQuietHours, escalationChannelId } = form
  const { from, to, timeZone, passCritical } = form
  return {
    ...{ name, isEnabled, channelId, sendResolved },
    selection: {
      ...{ events, minSeverity, sources },
      clusters: splitList(form.clusters),
      namespaces: splitList(form.namespaces),
      signatures: splitList(form.signatures),
      actions: events.includes('audit-event') ? splitList(form.actions) : [],
    },
    digestMinutes: Number(form.digestMinutes),
    coolDownMinutes: numberOf(form.coolDownMinutes),
    quietHours: hasQuietHours ? { from, to, timeZone, passCritical } : null,
    escalation: escalationChannelId === '' ? null : { afterMinutes: numberOf(form.escalationMinutes), channelId: escalationChannelId },
  }
}

function numberOf(value: number | string): number {
  return value === '' ? Number.NaN : Number(value)
}

const MESSAGES: Readonly<Record<string, InvalidKey>> = {
  name: 'channelName',
  channelId: 'channel',
  events: 'scopes',
  clusters: 'patterns',
  namespaces: 'patterns',
  signatures: 'patterns',
  actions: 'patterns',
  from: 'clockTime',
  to: 'clockTime',
  timeZone: 'timeZone',
}

/** Returns the field of the form that a path of the request body belongs to. */
function fieldOf([first, second]: readonly PropertyKey[]): string {
  if (first === 'selection' || first === 'quietHours') return String(second)
  if (first === 'escalation') return second === 'channelId' ? 'escalationChannelId' : 'escalationMinutes'
  return String(first)
}

/** Validates the form with the API's schema. */
export const resolveRule: Resolver<RuleForm, unknown, NotificationRuleChange> = (form) => {
  const parsed = NotificationRuleChange.safeParse(toRuleChange(form))
  if (parsed.success) return { values: parsed.data, errors: {} }
  const errors: Record<string, { type: string; message: string }> = {}
  for (const issue of parsed.error.issues) {
    const field = fieldOf(issue.path)
    errors[field] ??= { type: issue.code, message: MESSAGES[field] ?? issueMessage(issue) }
  }
  return { values: {}, errors: errors as FieldErrors<RuleForm> }
}
