import { z } from 'zod'
import { SEVERITIES } from '../detection/severity.js'
import { INCIDENT_ALERT_KINDS, NOTIFICATION_SEVERITIES } from './notification-rules.js'
import { NOTIFICATION_CHANNEL_KINDS, TARGET_CHANGES, TARGET_VIEWS } from './notification-targets.js'
import { oneOrMany } from './page.js'

/** Maximum number of channels per installation. */
export const NOTIFICATION_CHANNELS_MAX = 50
/** Maximum number of deliveries in a list, latest first. */
export const NOTIFICATION_DELIVERIES_MAX = 100

/** Fields of a channel of any kind. */
const ChannelFields = {
  name: z.string().trim().min(1).max(100),
  isEnabled: z.boolean().default(true),
}

/** Body of `POST /api/notifications/channels` and `PUT /api/notifications/channels/{channelId}`; omitted secrets keep their values. */
export const NotificationChannelChange = z
  .object({ kind: z.enum(NOTIFICATION_CHANNEL_KINDS), ...ChannelFields, ...z.object(TARGET_CHANGES).partial().shape })
  .superRefine((channel, context) => {
    for (const kind of NOTIFICATION_CHANNEL_KINDS) {
      if ((channel[kind] !== undefined) === (kind === channel.kind)) continue
      const message = kind === channel.kind ? 'required for this kind' : `does not belong to the kind ${channel.kind}`
      context.addIssue({ code: 'custom', path: [kind], message })
    }
  })
  .describe('The object named like `kind` describes the receiver; the others are absent')
export type NotificationChannelChange = z.infer<typeof NotificationChannelChange>

/**
 * `collected`: waits for the digest of its rule. `unacknowledged`: sent if nobody works on the incident in time. `waiting`: pending. `failed`: no
 * further attempt. `superseded`: no longer needed, because the alert was resolved or somebody works on the incident. `digested`: sent as part of a
 * digest. `suppressed`: not sent because of the cool-down.
 */
export const NOTIFICATION_STATES = [
  'collected',
  'unacknowledged',
  'waiting',
  'delivered',
  'failed',
  'superseded',
  'digested',
  'suppressed',
] as const
export type NotificationState = (typeof NOTIFICATION_STATES)[number]

/** `malware_detected`: an event of an incident. `digest`: several events. */
export const NOTIFICATION_EVENTS = [
  'signature_alert',
  'signature_alert_cleared',
  'platform_alert',
  'platform_alert_cleared',
  'audit_event',
  'malware_detected',
  'digest',
  'test',
] as const
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number]

/** One message to one channel. */
export const NotificationDelivery = z.object({
  deliveryId: z.string().describe('Idempotency key of the message; the same in each attempt'),
  channelId: z.string(),
  channelName: z.string(),
  event: z.enum(NOTIFICATION_EVENTS),
  alertKind: z.string().describe('Kind of the event; empty for a test'),
  subject: z.string(),
  message: z.string(),
  state: z.enum(NOTIFICATION_STATES),
  attempts: z.number().int(),
  createdAt: z.iso.datetime(),
  lastAttemptAt: z.iso.datetime().nullable(),
  nextAttemptAt: z.iso.datetime().nullable().describe('null if no attempt follows'),
  statusCode: z.number().int().nullable().describe('HTTP or SMTP status of the last attempt; null without a response'),
  durationMs: z.number().int().nullable(),
  error: z.string().describe('Reason why the last attempt failed; empty if it succeeded'),
})
export type NotificationDelivery = z.infer<typeof NotificationDelivery>
/** `GET /api/notifications/deliveries`. */
export const NotificationDeliveryQuery = z.object({
  channel: z.uuid().optional().describe('Id of a channel'),
  state: oneOrMany(NOTIFICATION_STATES),
})
export type NotificationDeliveryQuery = z.infer<typeof NotificationDeliveryQuery>
/** `GET /api/notifications/deliveries`, and `GET /api/notifications/channels/{channelId}/deliveries`: latest first. */
export const NotificationDeliveryList = z.object({ items: z.array(NotificationDelivery).max(NOTIFICATION_DELIVERIES_MAX) })
export type NotificationDeliveryList = z.infer<typeof NotificationDeliveryList>

const ChannelView = {
  channelId: z.string(),
  name: z.string(),
  isEnabled: z.boolean(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
  /** The last attempted delivery, including tests; null before the first attempt. */
  lastDelivery: NotificationDelivery.pick({ state: true, statusCode: true, error: true }).extend({ at: z.iso.datetime() }).nullable(),
}

/** A destination of messages, without its secrets. The object named like `kind` describes the receiver. */
export const NotificationChannel = z.object({
  kind: z.enum(NOTIFICATION_CHANNEL_KINDS),
  ...ChannelView,
  ...z.object(TARGET_VIEWS).partial().shape,
})
export type NotificationChannel = z.infer<typeof NotificationChannel>
/** The receiver of a channel of any kind: its address is a URL, or host and port, or only its host is known. */
export interface AnyTargetView {
  readonly url?: string
  readonly host?: string
  readonly port?: number
  readonly timeoutSeconds: number
  readonly headers: readonly { readonly name: string }[]
  readonly hasSecret: boolean
  readonly hasUnreadableSecrets: boolean
}

/** Returns the object of a channel that describes its receiver. Pure. */
export function targetViewOf(channel: NotificationChannel): AnyTargetView {
  const target: AnyTargetView | undefined = channel[channel.kind]
  if (!target) throw new Error(`the channel ${channel.channelId} has no receiver`)
  return target
}

/** `GET /api/notifications/channels`, sorted by name. */
export const NotificationChannelList = z.object({ items: z.array(NotificationChannel).max(NOTIFICATION_CHANNELS_MAX) })
export type NotificationChannelList = z.infer<typeof NotificationChannelList>

/** Response of `POST /api/notifications/channels/{channelId}/test`. */
export const NotificationTestResult = z.object({
  isDelivered: z.boolean(),
  statusCode: z.number().int().nullable().describe('HTTP or SMTP status; null without a response'),
  durationMs: z.number().int().nullable(),
  message: z.string().describe('Result and, after a failure, what to do'),
})
export type NotificationTestResult = z.infer<typeof NotificationTestResult>

/** Body of a webhook for all messages but those about findings; keys are written in this order. Receivers must ignore unknown keys. */
export const WebhookBody = z.object({
  event_type: z.enum(NOTIFICATION_EVENTS).exclude(['malware_detected']),
  /** Time at which the message was queued; the same in each attempt. */
  timestamp: z.iso.datetime(),
  alert: z.object({
    /** Empty for a test. */
    alert_id: z.string(),
    /** NotificationEventKind, `digest` or `test`. */
    kind: z.string(),
    severity: z.enum(NOTIFICATION_SEVERITIES),
    subject: z.string(),
    message: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
    raised_at: z.iso.datetime(),
    cleared_at: z.iso.datetime().nullable(),
  }),
  api_version: z.literal('1.0'),
})
export type WebhookBody = z.infer<typeof WebhookBody>
/** Maximum findings in a message; `total_findings` counts all. */
export const MESSAGE_FINDINGS_MAX = 100

/** Body of a webhook for findings; keys are written in this order. Keys up to `scan_details` describe the container of the newest finding. */
export const FindingWebhookBody = z.object({
  event_type: z.literal('malware_detected'),
  timestamp: z.iso.datetime(),
  customer: z.string(),
  cluster_id: z.string(),
  namespace: z.string(),
  pod_name: z.string(),
  host_ip: z.string(),
  pod_ip: z.string(),
  total_findings: z.number().int(),
  findings: z.array(z.object({ signature_name: z.string(), file_name: z.string(), description: z.string() })).max(MESSAGE_FINDINGS_MAX),
  scan_details: z.object({ api_version: z.literal('1.0'), node_name: z.string(), container_id: z.string() }),
  incident: z.object({
    /** The same in all messages about an incident. */
    incident_id: z.string(),
    /** `incident-unacknowledged`: nobody works on the incident; sent to the channel of the escalation. */
    kind: z.enum([...INCIDENT_ALERT_KINDS, 'incident-unacknowledged']),
    severity: z.enum(SEVERITIES),
    /** Hexadecimal; empty if the content is unknown. */
    sha256: z.string(),
    container_name: z.string(),
    image: z.string(),
    image_digest: z.string(),
    detection_source: z.string(),
    detected_at: z.iso.datetime(),
  }),
})
export type FindingWebhookBody = z.infer<typeof FindingWebhookBody>

/** Contains `t=<Unix seconds>,v1=<HMAC-SHA256 of "<t>.<body>", hexadecimal>`; sent if the channel has a secret. */
export const WEBHOOK_SIGNATURE_HEADER = 'guardimesh-signature'
/** Contains the id of the delivery, so that receivers can recognize a repeated message. */
export const WEBHOOK_DELIVERY_HEADER = 'guardimesh-delivery'
