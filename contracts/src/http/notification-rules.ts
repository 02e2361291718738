import { z } from 'zod'
import { SCAN_SOURCES } from '../detection/scan-source.js'
import { SEVERITIES } from '../detection/severity.js'
import { SIGNATURE_ALERT_KINDS } from './signatures.js'

/** Maximum number of rules per installation. */
export const NOTIFICATION_RULES_MAX = 200

/** Severity of an alert. `critical`: malware may remain undetected, or signatures are not active. `warning`: may become critical. */
export const NOTIFICATION_SEVERITIES = ['warning', 'critical'] as const
export type NotificationSeverity = (typeof NOTIFICATION_SEVERITIES)[number]

/** Alerts about nodes and coverage. Each stays open until its cause is gone; a node that becomes silent clears none of its alerts. */
export const PLATFORM_ALERT_KINDS = ['node-silent', 'containers-not-watched', 'coverage-gap'] as const
export type PlatformAlertKind = (typeof PLATFORM_ALERT_KINDS)[number]
/** Events of incidents, see IncidentEventKind. */
export const INCIDENT_ALERT_KINDS = ['incident-opened', 'incident-reopened', 'incident-escalated'] as const
export type IncidentAlertKind = (typeof INCIDENT_ALERT_KINDS)[number]
/** Kinds of events that a rule can select. */
export const NOTIFICATION_EVENT_KINDS = [
  ...INCIDENT_ALERT_KINDS,
  ...PLATFORM_ALERT_KINDS,
  'results-lost',
  ...SIGNATURE_ALERT_KINDS,
  'audit-event',
] as const
export type NotificationEventKind = (typeof NOTIFICATION_EVENT_KINDS)[number]

/** Severity of events other than those of incidents, which have the severity of the incident. */
export const NOTIFICATION_SEVERITY: Readonly<Record<Exclude<NotificationEventKind, IncidentAlertKind>, NotificationSeverity>> = {
  'node-silent': 'critical',
  'containers-not-watched': 'critical',
  'coverage-gap': 'warning',
  'results-lost': 'critical',
  'stale-warning': 'warning',
  'stale-critical': 'critical',
  'roll-out-held': 'critical',
  'roll-out-stalled': 'warning',
  'import-refused': 'warning',
  'node-refused': 'critical',
  'node-clock': 'warning',
  'node-self-test': 'critical',
  'audit-event': 'warning',
}

/** Maximum patterns per field of a rule. */
const PATTERNS_MAX = 50
const Patterns = z.array(z.string().trim().min(1).max(253)).max(PATTERNS_MAX).default([])

/** Which events a rule selects. A field that an event does not have, such as the signature of a silent node, does not exclude the event. */
export const NotificationSelection = z.object({
  events: z
    .array(z.enum(NOTIFICATION_EVENT_KINDS))
    .min(1)
    .max(NOTIFICATION_EVENT_KINDS.length)
    .refine((events) => new Set(events).size === events.length, 'list each event once')
    .describe('Kinds of events'),
  minSeverity: z.enum(SEVERITIES).default('info').describe('Excludes events with a lower severity; a warning counts as medium'),
  clusters: Patterns.describe('Names of clusters; `*` matches any characters. Empty: all'),
  namespaces: Patterns.describe('Names of namespaces; `*` matches any characters. Empty: all'),
  signatures: Patterns.describe('Names of signatures; `*` matches any characters. Empty: all'),
  sources: z.array(z.enum(SCAN_SOURCES)).max(SCAN_SOURCES.length).default([]).describe('Detection sources. Empty: all'),
  actions: Patterns.describe('Actions of the audit log, such as `account.*`; `*` matches any characters. Empty: all'),
})
export type NotificationSelection = z.infer<typeof NotificationSelection>

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00')

/** Messages wait until the end of the quiet hours and are sent as one digest then. */
export const QuietHours = z
  .object({
    from: ClockTime,
    to: ClockTime.describe('The next day if it is earlier than `from`'),
    timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Berlin').describe('Name of the IANA database'),
    passCritical: z.boolean().default(true).describe('Critical events are sent immediately'),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'must differ from the start' })
export type QuietHours = z.infer<typeof QuietHours>

export const DIGEST_MINUTES = [0, 5, 60] as const
const WEEK_MINUTES = 10_080
const DAY_MINUTES = 1440

/** Body of `POST /api/notifications/rules`, `PUT /api/notifications/rules/{ruleId}` and `POST /api/notifications/rules/preview`. */
export const NotificationRuleChange = z.object({
  name: z.string().trim().min(1).max(100),
  isEnabled: z.boolean().default(true),
  channelId: z.uuid().describe('Channel that is notified'),
  selection: NotificationSelection,
  sendResolved: z.boolean().default(true).describe('Also send a message when an alert is resolved'),
  digestMinutes: z
    .literal(DIGEST_MINUTES)
    .default(0)
    .describe('Sends the events of each interval as one message; 0 sends each event immediately'),
  quietHours: QuietHours.nullable().default(null),
  coolDownMinutes: z
    .number()
    .int()
    .min(0)
    .max(WEEK_MINUTES)
    .default(0)
    .describe('Minimum time between two messages about one incident or subject, unless the severity is higher; 0 sends all'),
  escalation: z
    .object({
      afterMinutes: z.number().int().min(1).max(DAY_MINUTES),
      channelId: z.uuid().describe('Channel that is notified if the incident is still new and not assigned then'),
    })
    .nullable()
    .default(null),
})
export type NotificationRuleChange = z.infer<typeof NotificationRuleChange>

/** Selects events for a channel, and defines when it is notified. */
export const NotificationRule = z.object({
  ...NotificationRuleChange.shape,
  ruleId: z.string(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
})
export type NotificationRule = z.infer<typeof NotificationRule>
/** `GET /api/notifications/rules`, sorted by name. */
export const NotificationRuleList = z.object({ items: z.array(NotificationRule).max(NOTIFICATION_RULES_MAX) })
export type NotificationRuleList = z.infer<typeof NotificationRuleList>

export const PREVIEW_DAYS = 7
/** Maximum events that a preview examines, latest first. */
export const PREVIEW_EVENTS_MAX = 10_000
/** Response of `POST /api/notifications/rules/preview`. */
export const NotificationPreview = z.object({
  messages: z.number().int().describe(`Messages that the rule would have sent in the last ${PREVIEW_DAYS} days, without escalations`),
  events: z.number().int().describe('Events that the rule selects in this time'),
  isComplete: z.boolean().describe(`false: there were more than ${PREVIEW_EVENTS_MAX} events; only the latest are counted`),
})
export type NotificationPreview = z.infer<typeof NotificationPreview>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
