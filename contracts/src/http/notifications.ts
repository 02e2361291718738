import { z } from 'zod'
import { SIGNATURE_ALERT_KINDS, type SignatureAlertKind } from './signatures.js'

/** Maximum number of channels per installation. */
export const NOTIFICATION_CHANNELS_MAX = 50
/** Maximum number of deliveries in a list, latest first. */
export const NOTIFICATION_DELIVERIES_MAX = 100

/** `critical`: malware may remain undetected, or signatures are not active. `warning`: may become critical. */
export const NOTIFICATION_SEVERITIES = ['warning', 'critical'] as const
export type NotificationSeverity = (typeof NOTIFICATION_SEVERITIES)[number]
export const NOTIFICATION_SEVERITY: Readonly<Record<SignatureAlertKind, NotificationSeverity>> = {
  'stale-warning': 'warning',
  'stale-critical': 'critical',
  'roll-out-held': 'critical',
  'roll-out-stalled': 'warning',
  'import-refused': 'warning',
  'node-refused': 'critical',
  'node-clock': 'warning',
  'node-self-test': 'critical',
}

const HEADERS_MAX = 20
/** A token (RFC 9110, section 5.6.2). */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Printable ASCII, which excludes header injection. */
const HEADER_VALUE = /^[ -~]*$/
/** Headers that the sender sets, or that delimit the message. */
const RESERVED_HEADER = /^(host|content-.*|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|proxy-.*|guardimesh-.*)$/i

/** Excludes credentials in the authority, and whitespace and backslashes, which URL parsers treat inconsistently. */
const WEB_ADDRESS = /^https?:\/\/[^\s\\/?#@]+([/?#][^\s\\]*)?$/i

/** URL of a webhook. Credentials belong in headers and `secret`. */
const WebhookUrl = z
  .url({ protocol: /^https?$/, error: 'must begin with https:// or http://' })
  .max(2048)
  .regex(WEB_ADDRESS, 'must not contain a user or password; use a header instead')

const HeaderName = z
  .string()
  .max(128)
  .regex(HEADER_NAME, 'header names contain letters, digits and hyphens only')
  .refine((name) => !RESERVED_HEADER.test(name), 'Guardimesh sets this header itself')
const HeaderValue = z.string().min(1).max(4096).regex(HEADER_VALUE, 'header values contain printable ASCII characters only')

/** Headers in a request. A header without a value keeps its stored value. */
const WebhookHeaders = z
  .array(z.object({ name: HeaderName, value: HeaderValue.optional() }))
  .max(HEADERS_MAX)
  .refine((headers) => new Set(headers.map(({ name }) => name.toLowerCase())).size === headers.length, 'list each header once')

/** Fields of a webhook that are not secret. */
const WebhookFields = {
  url: WebhookUrl,
  method: z.enum(['POST', 'PUT']).default('POST'),
  isTlsVerified: z.boolean().default(true).describe('false: accept any certificate'),
  timeoutSeconds: z.number().int().min(1).max(60).default(30).describe('Timeout of one attempt, including name resolution'),
}

const WebhookChange = z.object({
  ...WebhookFields,
  headers: WebhookHeaders.optional().describe('Replaces all headers; keeps them if omitted'),
  secret: z.string().min(16).max(256).nullable().optional().describe('Key of the HMAC signature; null removes it, omitted keeps it'),
})

const WebhookView = z.object({
  ...WebhookFields,
  url: z.string(),
  /** Values are never returned. */
  headers: z.array(z.object({ name: z.string(), isSet: z.literal(true) })),
  hasSecret: z.boolean(),
  hasUnreadableSecrets: z
    .boolean()
    .describe("true: stored secrets cannot be decrypted with this installation's key, and nothing is sent until they are entered again"),
})

/** Fields of a channel of any kind. */
const ChannelFields = {
  name: z.string().trim().min(1).max(100),
  isEnabled: z.boolean().default(true),
  events: z
    .array(z.enum(SIGNATURE_ALERT_KINDS))
    .min(1)
    .max(SIGNATURE_ALERT_KINDS.length)
    .refine((events) => new Set(events).size === events.length, 'list each event once')
    .describe('Kinds of alerts to send'),
  sendResolved: z.boolean().default(true).describe('Also send a message when an alert is resolved'),
}

/** Body of `POST /api/notifications/channels` and `PUT /api/notifications/channels/{channelId}`; omitted secrets keep their values. */
export const NotificationChannelChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), ...ChannelFields, webhook: WebhookChange }),
])
export type NotificationChannelChange = z.infer<typeof NotificationChannelChange>

/** `waiting`: pending. `failed`: no further attempt. `superseded`: the alert was resolved before delivery. */
export const NOTIFICATION_STATES = ['waiting', 'delivered', 'failed', 'superseded'] as const
export type NotificationState = (typeof NOTIFICATION_STATES)[number]

export const NOTIFICATION_EVENTS = ['signature_alert', 'signature_alert_cleared', 'test'] as const
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number]

/** One message to one channel. */
export const NotificationDelivery = z.object({
  deliveryId: z.string().describe('Value of the header guardimesh-delivery; the same in each attempt'),
  event: z.enum(NOTIFICATION_EVENTS),
  alertKind: z.string().describe('Empty for a test'),
  subject: z.string(),
  message: z.string(),
  state: z.enum(NOTIFICATION_STATES),
  attempts: z.number().int(),
  createdAt: z.iso.datetime(),
  lastAttemptAt: z.iso.datetime().nullable(),
  nextAttemptAt: z.iso.datetime().nullable().describe('null if no attempt follows'),
  statusCode: z.number().int().nullable().describe('HTTP status of the last attempt; null without a response'),
  durationMs: z.number().int().nullable(),
  error: z.string().describe('Reason why the last attempt failed; empty if it succeeded'),
})
export type NotificationDelivery = z.infer<typeof NotificationDelivery>
/** `GET /api/notifications/channels/{channelId}/deliveries`. */
export const NotificationDeliveryList = z.object({ items: z.array(NotificationDelivery).max(NOTIFICATION_DELIVERIES_MAX) })
export type NotificationDeliveryList = z.infer<typeof NotificationDeliveryList>

const ChannelView = {
  channelId: z.string(),
  name: z.string(),
  isEnabled: z.boolean(),
  events: z.array(z.enum(SIGNATURE_ALERT_KINDS)),
  sendResolved: z.boolean(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
  /** The last attempted delivery, including tests; null before the first attempt. */
  lastDelivery: NotificationDelivery.pick({ state: true, statusCode: true, error: true }).extend({ at: z.iso.datetime() }).nullable(),
}

/** A destination for alerts, without its secrets. `kind` allows other destinations than webhooks later. */
export const NotificationChannel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), ...ChannelView, webhook: WebhookView }),
])
export type NotificationChannel = z.infer<typeof NotificationChannel>
/** `GET /api/notifications/channels`, sorted by name. */
export const NotificationChannelList = z.object({ items: z.array(NotificationChannel).max(NOTIFICATION_CHANNELS_MAX) })
export type NotificationChannelList = z.infer<typeof NotificationChannelList>

/** Response of `POST /api/notifications/channels/{channelId}/test`. */
export const NotificationTestResult = z.object({
  isDelivered: z.boolean(),
  statusCode: z.number().int().nullable().describe('HTTP status; null without a response'),
  durationMs: z.number().int().nullable(),
  message: z.string().describe('Result and, after a failure, what to do'),
})
export type NotificationTestResult = z.infer<typeof NotificationTestResult>

/** Body of a webhook; keys are written in this order. Receivers must ignore unknown keys. */
export const WebhookBody = z.object({
  event_type: z.enum(NOTIFICATION_EVENTS),
  /** Time at which the message was queued; the same in each attempt. */
  timestamp: z.iso.datetime(),
  alert: z.object({
    /** Empty for a test. */
    alert_id: z.string(),
    /** SignatureAlertKind or `test`. */
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
/** Contains `t=<Unix seconds>,v1=<HMAC-SHA256 of "<t>.<body>", hexadecimal>`; sent if the channel has a secret. */
export const WEBHOOK_SIGNATURE_HEADER = 'guardimesh-signature'
/** Contains the id of the delivery, so that receivers can recognize a repeated message. */
export const WEBHOOK_DELIVERY_HEADER = 'guardimesh-delivery'
