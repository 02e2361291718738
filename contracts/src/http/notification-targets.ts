import { z } from 'zod'

export const NOTIFICATION_CHANNEL_KINDS = [
  ...(['webhook', 'email', 'syslog', 'slack', 'teams', 'pagerduty'] as const),
  ...(['alertmanager', 'jira', 'servicenow', 'splunk', 'elasticsearch', 'otlp'] as const),
] as const
export type NotificationChannelKind = (typeof NOTIFICATION_CHANNEL_KINDS)[number]

const HEADERS_MAX = 20
const RECIPIENTS_MAX = 20
const PORT_MAX = 65_535
/** Fits an authority with several intermediate certificates. */
const CA_MAX_LENGTH = 65_536
/** A token (RFC 9110, section 5.6.2). */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Printable ASCII, which excludes header injection. */
const PRINTABLE_ASCII = /^[ -~]*$/
/** Headers that the sender sets, or that delimit the message. */
const RESERVED_HEADER = /^(host|content-.*|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|proxy-.*|guardimesh-.*)$/i
/** Excludes credentials in the authority, and whitespace and backslashes, which URL parsers treat inconsistently. */
const WEB_ADDRESS = /^https?:\/\/[^\s\\/?#@]+([/?#][^\s\\]*)?$/i
/** A host name, an IPv4 address, or an IPv6 address without brackets. */
const HOST = /^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/
/** Certificates in PEM, or nothing. */
const CERTIFICATES = /^\s*(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)*$/
const ELASTICSEARCH_INDEX = /^[a-z0-9][a-z0-9._-]*$/
const TABLE_NAME = /^[a-z0-9_]+$/

/** URL of a receiver. Credentials belong in headers and `secret`. */
const WebUrl = z
  .url({ protocol: /^https?$/, error: 'must begin with https:// or http://' })
  .max(2048)
  .regex(WEB_ADDRESS, 'must not contain a user or password; use a header or the secret instead')
const Host = z.string().max(253).regex(HOST, 'must be a host name or an IP address, without scheme and port')
const Port = z.number().int().min(1).max(PORT_MAX)
const Text = z.string().trim().max(200).regex(PRINTABLE_ASCII, 'must contain printable ASCII characters only')
const RequiredText = Text.min(1)
/** Printable ASCII, because it becomes a header. */
const Token = z.string().min(1).max(4096).regex(PRINTABLE_ASCII, 'must contain printable ASCII characters only')

const HeaderName = z
  .string()
  .max(128)
  .regex(HEADER_NAME, 'header names contain letters, digits and hyphens only')
  .refine((name) => !RESERVED_HEADER.test(name), 'Guardimesh sets this header itself')
/** Headers in a request. A header without a value keeps its stored value. */
const Headers = z
  .array(z.object({ name: HeaderName, value: Token.optional() }))
  .max(HEADERS_MAX)
  .refine((headers) => new Set(headers.map(({ name }) => name.toLowerCase())).size === headers.length, 'list each header once')
  .optional()
  .describe('Replaces all headers; keeps them if omitted')

/** Fields of all kinds. */
const TransportFields = {
  isTlsVerified: z.boolean().default(true).describe('false: accept any certificate'),
  caCertificate: z
    .string()
    .max(CA_MAX_LENGTH)
    .regex(CERTIFICATES, 'must be certificates in PEM format')
    .default('')
    .describe('Certificate authorities of the receiver in PEM format; only these are trusted then. Empty: those of the worker'),
  timeoutSeconds: z.number().int().min(1).max(60).default(30).describe('Timeout of one attempt, including name resolution'),
}

/** Settings by kind, without secrets. */
const WebhookFields = {
  url: WebUrl,
  method: z.enum(['POST', 'PUT']).default('POST'),
  customer: z.string().trim().max(100).default('').describe('Value of `customer` in messages about findings'),
  ...TransportFields,
}
const EmailFields = {
  host: Host,
  port: Port.default(587),
  encryption: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .describe('starttls: required, the message is never sent in plain text'),
  username: Text.default('').describe('Empty: no login'),
  from: z.email().max(254),
  to: z.array(z.email().max(254)).min(1).max(RECIPIENTS_MAX),
  ...TransportFields,
}
const SyslogFields = {
  host: Host,
  port: Port.default(6514),
  transport: z.enum(['tls', 'tcp']).default('tls'),
  format: z.enum(['cef', 'json']).default('cef'),
  ...TransportFields,
}
const PagerdutyFields = { url: WebUrl.default('https://events.pagerduty.com').describe('Address of the Events API v2'), ...TransportFields }
const AlertmanagerFields = { url: WebUrl.describe('Address of Alertmanager, without /api/v2/alerts'), ...TransportFields }
const JiraFields = {
  url: WebUrl.describe('Address of Jira, without /rest'),
  username: Text.default('').describe('Email address of the account for Jira Cloud; empty: the secret is a personal access token'),
  project: RequiredText.describe('Key of the project'),
  issueType: RequiredText.default('Task'),
  ...TransportFields,
}
const ServicenowFields = {
  url: WebUrl.describe('Address of the instance, without /api'),
  username: RequiredText,
  table: z.string().max(80).regex(TABLE_NAME, 'must be the name of a table').default('incident'),
  ...TransportFields,
}
const SplunkFields = {
  url: WebUrl.describe('Address of the HTTP Event Collector, without /services'),
  index: Text.default('').describe("Empty: the token's default index"),
  ...TransportFields,
}
const ElasticsearchFields = {
  url: WebUrl,
  index: z.string().max(200).regex(ELASTICSEARCH_INDEX, 'must be the name of an index').default('guardimesh-notifications'),
  ...TransportFields,
}
const OtlpFields = { url: WebUrl.describe('Address of the OTLP/HTTP receiver, without /v1/logs'), ...TransportFields }

const ChatUrl = WebUrl.describe('Address of the webhook, which is a secret itself; omitted keeps it')
const keepable = <Schema extends z.ZodType>(schema: Schema) => schema.optional().describe('Omitted keeps it')
const removable = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().optional().describe('null removes it, omitted keeps it')

/** The object of each kind in a request. */
export const TARGET_CHANGES = {
  webhook: z.object({
    ...WebhookFields,
    headers: Headers,
    secret: z.string().min(16).max(256).nullable().optional().describe('Key of the HMAC signature; null removes it, omitted keeps it'),
  }),
  email: z.object({
    ...EmailFields,
    secret: removable(z.string().min(1).max(1024)).describe('Password; null removes it, omitted keeps it'),
  }),
  syslog: z.object(SyslogFields),
  slack: z.object({ ...TransportFields, secret: ChatUrl.optional() }),
  teams: z.object({ ...TransportFields, secret: ChatUrl.optional() }),
  pagerduty: z.object({ ...PagerdutyFields, secret: keepable(Token).describe('Integration key; omitted keeps it') }),
  alertmanager: z.object({ ...AlertmanagerFields, headers: Headers }),
  jira: z.object({ ...JiraFields, secret: keepable(Token).describe('API token; omitted keeps it') }),
  servicenow: z.object({ ...ServicenowFields, secret: keepable(Token).describe('Password; omitted keeps it') }),
  splunk: z.object({ ...SplunkFields, secret: keepable(Token).describe('Token of the HTTP Event Collector; omitted keeps it') }),
  elasticsearch: z.object({
    ...ElasticsearchFields,
    headers: Headers,
    secret: removable(Token).describe('API key; null removes it, omitted keeps it'),
  }),
  otlp: z.object({ ...OtlpFields, headers: Headers }),
} as const

/** What a response states about secrets; values are never returned. */
const SecretsView = {
  headers: z.array(z.object({ name: z.string(), isSet: z.literal(true) })).describe('Empty for kinds without headers'),
  hasSecret: z.boolean(),
  hasUnreadableSecrets: z
    .boolean()
    .describe("true: stored secrets cannot be decrypted with this installation's key, and nothing is sent until they are entered again"),
}
/** Only the host is returned, because the address is a secret. */
const ChatView = { ...TransportFields, host: z.string().describe('Host of the address'), ...SecretsView }

/** The object of each kind in a response. */
export const TARGET_VIEWS = {
  webhook: z.object({ ...WebhookFields, url: z.string(), ...SecretsView }),
  email: z.object({ ...EmailFields, ...SecretsView }),
  syslog: z.object({ ...SyslogFields, ...SecretsView }),
  slack: z.object(ChatView),
  teams: z.object(ChatView),
  pagerduty: z.object({ ...PagerdutyFields, ...SecretsView }),
  alertmanager: z.object({ ...AlertmanagerFields, ...SecretsView }),
  jira: z.object({ ...JiraFields, ...SecretsView }),
  servicenow: z.object({ ...ServicenowFields, ...SecretsView }),
  splunk: z.object({ ...SplunkFields, ...SecretsView }),
  elasticsearch: z.object({ ...ElasticsearchFields, ...SecretsView }),
  otlp: z.object({ ...OtlpFields, ...SecretsView }),
} as const

/** Settings and new secrets of a channel of one kind. */
export type TargetChange<Kind extends NotificationChannelKind = NotificationChannelKind> = z.infer<(typeof TARGET_CHANGES)[Kind]>
export type TargetView<Kind extends NotificationChannelKind = NotificationChannelKind> = z.infer<(typeof TARGET_VIEWS)[Kind]>
/** Kinds that cannot send without a secret. */
export const KINDS_WITH_REQUIRED_SECRET: ReadonlySet<NotificationChannelKind> = new Set([
  'slack',
  'teams',
  'pagerduty',
  'jira',
  'servicenow',
  'splunk',
])
