import { z } from 'zod'
import { SIGNATURE_ALERT_KINDS, type SignatureAlertKind } from './signatures.js'

/** Channels of one installation. */
export const NOTIFICATION_CHANNELS_MAX = 50
/** Deliveries that a list shows, latest first. */
export const NOTIFICATION_DELIVERIES_MAX = 100

/** How bad it is: `critical` is what lets malware through unseen, or kept signatures from being used; `warning` is what becomes that. */
export const NOTIFICATION_SEVERITIES = ['warning', 'critical'] as const
export type NotificationSeverity = (typeof NOTIFICATION_SEVERITIES)[number]
export const NOTIFICATION_SEVERITY: Readonly<Record<SignatureAlertKind, NotificationSeverity>> = {
  'stale-warning': 'warning',
  'stale-critical': 'critical',
  'roll-out-held': 'critical',
  'roll-out-stalled': 'warning',
  'import-refused': 'warning',
  'node-refused': 'critical',
}

const HEADERS_MAX = 20
/** A token, as RFC 9110 wants names of fields. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Printable ASCII: no line end can be smuggled in. */
const HEADER_VALUE = /^[ -~]*$/
/** What the sender says itself, or what frames the message. */
const RESERVED_HEADER = /^(host|content-.*|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|proxy-.*|guardimesh-.*)$/i

/** Without white space and backslashes, which browsers and servers read in different ways; an authority has no `@`. */
const WEB_ADDRESS = /^https?:\/\/[^\s\\/?#@]+([/?#][^\s\\]*)?$/i

/** Where a webhook goes. What is secret about it belongs into headers and `secret`. */
const WebhookUrl = z
  .url({ protocol: /^https?$/, error: 'give an address that begins with https:// or http://' })
  .max(2048)
  .regex(WEB_ADDRESS, 'give the address of a server, without user and password: put those into a header')

const HeaderName = z
  .string()
  .max(128)
  .regex(HEADER_NAME, 'a name of a header has letters, digits and hyphens')
  .refine((name) => !RESERVED_HEADER.test(name), 'this header is set by Guardimesh itself')
const HeaderValue = z.string().min(1).max(4096).regex(HEADER_VALUE, 'a value of a header has printable ASCII characters only')

/** Headers of a change: one without a value keeps the value that it has. */
const WebhookHeaders = z
  .array(z.object({ name: HeaderName, value: HeaderValue.optional() }))
  .max(HEADERS_MAX)
  .refine((headers) => new Set(headers.map(({ name }) => name.toLowerCase())).size === headers.length, 'name each header once')

/** Fields of a webhook that are no secret. */
const WebhookFields = {
  url: WebhookUrl,
  method: z.enum(['POST', 'PUT']).default('POST'),
  /** False: any certificate is taken. */
  isTlsVerified: z.boolean().default(true),
  /** From the look-up of the name to the end of the answer. */
  timeoutSeconds: z.number().int().min(1).max(60).default(30),
}

const WebhookChange = z.object({
  ...WebhookFields,
  /** Left out: they stay. Else exactly these. */
  headers: WebhookHeaders.optional(),
  /** Key of the HMAC. Left out: it stays; null: there is none any more. */
  secret: z.string().min(16).max(256).nullable().optional(),
})

const WebhookView = z.object({
  ...WebhookFields,
  url: z.string(),
  /** Their values are never shown. */
  headers: z.array(z.object({ name: z.string(), isSet: z.literal(true) })),
  hasSecret: z.boolean(),
})

/** What every channel has, of whichever kind. */
const ChannelFields = {
  name: z.string().trim().min(1).max(100),
  isEnabled: z.boolean().default(true),
  /** Alerts that it is told. */
  events: z
    .array(z.enum(SIGNATURE_ALERT_KINDS))
    .min(1)
    .max(SIGNATURE_ALERT_KINDS.length)
    .refine((events) => new Set(events).size === events.length, 'name each event once'),
  /** True: it is told as well when an alert that it was told is over. */
  sendResolved: z.boolean().default(true),
}

/** `POST /api/notifications/channels`, and `PUT /api/notifications/channels/{channelId}`, which replaces all but what is left out of a secret. */
export const NotificationChannelChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), ...ChannelFields, webhook: WebhookChange }),
])
export type NotificationChannelChange = z.infer<typeof NotificationChannelChange>

/** `waiting`: it is still to be told. `failed`: given up. `superseded`: it was over before it could be told. */
export const NOTIFICATION_STATES = ['waiting', 'delivered', 'failed', 'superseded'] as const
export type NotificationState = (typeof NOTIFICATION_STATES)[number]

export const NOTIFICATION_EVENTS = ['signature_alert', 'signature_alert_cleared', 'test'] as const
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number]

/** One message to one channel. */
export const NotificationDelivery = z.object({
  /** The header `guardimesh-delivery`; the same in each attempt. */
  deliveryId: z.string(),
  event: z.enum(NOTIFICATION_EVENTS),
  /** What it is about; empty in a test. */
  alertKind: z.string(),
  subject: z.string(),
  message: z.string(),
  state: z.enum(NOTIFICATION_STATES),
  attempts: z.number().int(),
  createdAt: z.iso.datetime(),
  lastAttemptAt: z.iso.datetime().nullable(),
  /** Null when there will be none. */
  nextAttemptAt: z.iso.datetime().nullable(),
  /** Of the last attempt; null when there was no answer. */
  statusCode: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  /** What went wrong with the last attempt; empty when nothing did. */
  error: z.string(),
})
export type NotificationDelivery = z.infer<typeof NotificationDelivery>
/** `GET /api/notifications/channels/{channelId}/deliveries`: latest first. */
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
  /** The delivery that was attempted last, tests included; null when none was. */
  lastDelivery: NotificationDelivery.pick({ state: true, statusCode: true, error: true }).extend({ at: z.iso.datetime() }).nullable(),
}

/** Where people are told, without its secrets. Other kinds will stand beside `webhook`. */
export const NotificationChannel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), ...ChannelView, webhook: WebhookView }),
])
export type NotificationChannel = z.infer<typeof NotificationChannel>
/** `GET /api/notifications/channels`: by name. */
export const NotificationChannelList = z.object({ items: z.array(NotificationChannel).max(NOTIFICATION_CHANNELS_MAX) })
export type NotificationChannelList = z.infer<typeof NotificationChannelList>

/** `POST /api/notifications/channels/{channelId}/test`: what came of a message that was sent now. */
export const NotificationTestResult = z.object({
  isDelivered: z.boolean(),
  /** Null when there was no answer. */
  statusCode: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  /** What came of it and, when it failed, what to do. */
  message: z.string(),
})
export type NotificationTestResult = z.infer<typeof NotificationTestResult>

/** Body of a webhook; its keys are written in this order. Whoever takes it ignores keys that they do not know. */
export const WebhookBody = z.object({
  event_type: z.enum(NOTIFICATION_EVENTS),
  /** When the message was made, not when it was sent: the same in each attempt. */
  timestamp: z.iso.datetime(),
  alert: z.object({
    /** Empty in a test. */
    alert_id: z.string(),
    /** A kind of alert, or `test`. */
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
/** Carries `t=<Unix seconds>,v1=<HMAC-SHA256 of "<t>.<body>", hexadecimal>`; there when the channel has a secret. */
export const WEBHOOK_SIGNATURE_HEADER = 'guardimesh-signature'
/** Carries the id of the delivery: by it a repeat is recognised. */
export const WEBHOOK_DELIVERY_HEADER = 'guardimesh-delivery'
