import { expect, test } from 'vitest'
import { NotificationRuleChange } from './notification-rules.js'
import { NOTIFICATION_CHANNEL_KINDS, type NotificationChannelKind } from './notification-targets.js'
import { NotificationChannelChange } from './notifications.js'

const channel = (webhook: object, rest: object = {}) => ({
  kind: 'webhook',
  name: 'On call',
  webhook: { url: 'https://hooks.site.example/a?b=c', ...webhook },
  ...rest,
})
const parse = (value: unknown) => NotificationChannelChange.safeParse(value)

test('applies defaults', () => {
  expect(parse(channel({})).data).toEqual({
    kind: 'webhook',
    name: 'On call',
    isEnabled: true,
    webhook: {
      ...{ url: 'https://hooks.site.example/a?b=c', method: 'POST', customer: '' },
      ...{ isTlsVerified: true, caCertificate: '', timeoutSeconds: 30 },
    },
  })
})

test.each([
  'https://user:pw@hooks.example/',
  'https://user@hooks.example',
  'https:///user:pw@hooks.example/',
  'https:\\\\user:pw@hooks.example/',
  'https://hooks.example\\@elsewhere.example/',
  'ftp://hooks.example/',
  'file:///etc/passwd',
  'hooks.example',
  'https://a b/',
  `https://hooks.example/${'a'.repeat(2048)}`,
])('rejects the address %s', (url) => expect(parse(channel({ url })).success).toBe(false))

test.each(['http://10.0.0.7:8080/hook', 'https://[fd00::7]:8443/x', 'https://hooks.example/@me?to=a@b#c'])(
  'accepts the address %s',
  (url) => expect(parse(channel({ url })).error).toBeUndefined(),
)

test.each([
  { name: 'host', value: 'x' },
  { name: 'Content-Length', value: '1' },
  { name: 'guardimesh-signature', value: 'x' },
  { name: 'x y', value: 'x' },
  { name: 'x-a', value: 'a\r\nx-b: c' },
  { name: 'x-a', value: 'ü' },
  { name: 'x-a', value: '' },
])('rejects the header $name $value', (header) => expect(parse(channel({ headers: [header] })).success).toBe(false))

test.each([
  {
    name: 'the same header twice',
    value: channel({
      headers: [
        { name: 'x-a', value: '1' },
        { name: 'X-A', value: '2' },
      ],
    }),
  },
  { name: 'more than 20 headers', value: channel({ headers: Array.from({ length: 21 }, (_, n) => ({ name: `x-${n}`, value: '1' })) }) },
  { name: 'a short secret', value: channel({ secret: 'a'.repeat(15) }) },
  { name: 'a long secret', value: channel({ secret: 'a'.repeat(257) }) },
  { name: 'a timeout of 0', value: channel({ timeoutSeconds: 0 }) },
  { name: 'a timeout that is too long', value: channel({ timeoutSeconds: 61 }) },
  { name: 'an unknown kind', value: channel({}, { kind: 'pigeon' }) },
  { name: 'a blank name', value: channel({}, { name: '  ' }) },
])('rejects $name', ({ value }) => expect(parse(value).success).toBe(false))

const CHAT = { secret: 'https://hooks.example/services/a' }
const TARGETS: Readonly<Record<NotificationChannelKind, object>> = {
  webhook: { url: 'https://hooks.example/' },
  email: { host: 'mail.example', from: 'guardimesh@site.example', to: ['soc@site.example'] },
  syslog: { host: 'fd00::7' },
  slack: CHAT,
  teams: CHAT,
  pagerduty: { secret: 'key' },
  alertmanager: { url: 'http://alertmanager:9093' },
  jira: { url: 'https://jira.example', project: 'SEC', secret: 'token' },
  servicenow: { url: 'https://site.service-now.example', username: 'guardimesh', secret: 'password' },
  splunk: { url: 'https://splunk.example:8088', secret: 'token' },
  elasticsearch: { url: 'https://elastic.example:9200' },
  otlp: { url: 'http://collector:4318' },
}
const ofKind = (kind: NotificationChannelKind, changes: object = {}) => ({
  ...{ kind, name: 'SOC' },
  [kind]: { ...TARGETS[kind], ...changes },
})

test.each(NOTIFICATION_CHANNEL_KINDS)('accepts a channel of the kind %s', (kind) => expect(parse(ofKind(kind)).error).toBeUndefined())

test('rejects a missing receiver and one of another kind', () => {
  const { webhook: _, ...without } = channel({})
  const messages = (value: unknown) => parse(value).error?.issues.map(({ path, message }) => [path.join('.'), message])
  expect(messages(without)).toEqual([['webhook', 'required for this kind']])
  expect(messages({ ...channel({}), otlp: TARGETS.otlp })).toEqual([['otlp', 'does not belong to the kind webhook']])
})

test.each([
  { kind: 'email', change: { host: 'https://mail.example' } },
  { kind: 'email', change: { host: 'mail.example:25' } },
  { kind: 'email', change: { port: 0 } },
  { kind: 'email', change: { to: [] } },
  { kind: 'email', change: { to: ['a@b.example\r\nBcc: c@d.example'] } },
  { kind: 'email', change: { from: 'nobody' } },
  { kind: 'syslog', change: { format: 'leef' } },
  { kind: 'syslog', change: { caCertificate: '-----BEGIN PRIVATE KEY-----' } },
  { kind: 'slack', change: { secret: 'ftp://hooks.example/' } },
  { kind: 'pagerduty', change: { secret: 'a\r\nb' } },
  { kind: 'jira', change: { project: ' ' } },
  { kind: 'servicenow', change: { table: 'incident/../user' } },
  { kind: 'elasticsearch', change: { index: '../_all' } },
  { kind: 'otlp', change: { headers: [{ name: 'Content-Type', value: 'x' }] } },
] as const)('rejects $kind with $change', ({ kind, change }) => expect(parse(ofKind(kind, change)).success).toBe(false))

const CHANNEL = 'a9c1c0de-0000-4000-8000-000000000001'
const rule = (changes: object = {}, selection: object = {}) => ({
  ...{ name: 'Rule', channelId: CHANNEL, selection: { events: ['incident-opened'], ...selection } },
  ...changes,
})
const NIGHT = { from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' }

test('applies the defaults of a rule', () =>
  expect(NotificationRuleChange.parse(rule({ quietHours: NIGHT }))).toEqual({
    ...{ name: 'Rule', isEnabled: true, channelId: CHANNEL, sendResolved: true, digestMinutes: 0, coolDownMinutes: 0, escalation: null },
    selection: { events: ['incident-opened'], minSeverity: 'info', clusters: [], namespaces: [], signatures: [], sources: [], actions: [] },
    quietHours: { ...NIGHT, passCritical: true },
  }))

test.each([
  rule({}, { events: [] }),
  rule({}, { events: ['flood'] }),
  rule({}, { events: ['node-silent', 'node-silent'] }),
  rule({}, { minSeverity: 'terrible' }),
  rule({}, { namespaces: [''] }),
  rule({}, { clusters: Array.from({ length: 51 }, (_, index) => `c${index}`) }),
  rule({}, { sources: ['telepathy'] }),
  rule({ channelId: 'x' }),
  rule({ digestMinutes: 7 }),
  rule({ coolDownMinutes: -1 }),
  rule({ quietHours: { ...NIGHT, from: '24:00' } }),
  rule({ quietHours: { ...NIGHT, to: '22:00' } }),
  rule({ quietHours: { ...NIGHT, timeZone: 'Mars/Olympus' } }),
  rule({ escalation: { afterMinutes: 0, channelId: CHANNEL } }),
])('rejects the rule %o', (value) => expect(NotificationRuleChange.safeParse(value).success).toBe(false))
