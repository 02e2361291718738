import { type NotificationChannelKind, targetViewOf } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { someChannels } from '../../../mock-api/fixtures/notifications.js'
import { type ChannelForm, resolveChannel, toChange, toForm, withEnabled } from './channel-form.js'
import { TARGET_FIELDS } from './target-fields.js'

const [desk] = someChannels(Date.now())
if (!desk) throw new Error('the fixture has no channel')
const aForm = (parts: Partial<ChannelForm>): ChannelForm => ({
  ...toForm(undefined),
  name: 'On call',
  url: 'https://hooks.example/',
  ...parts,
})
const ofKind = (kind: NotificationChannelKind, parts: Partial<ChannelForm>): ChannelForm => ({
  ...toForm(undefined),
  ...TARGET_FIELDS[kind],
  kind,
  name: 'SOC',
  ...parts,
})
const webhookOf = (form: ChannelForm) => (toChange(form) as { webhook: object }).webhook
const errorsOf = async (form: ChannelForm) => {
  const { errors } = await resolveChannel(form, undefined, { fields: {}, shouldUseNativeValidation: false })
  return Object.fromEntries(Object.entries(errors).map(([name, error]) => [name, (error as { message: string }).message]))
}

test('keeps the secrets of a channel that is saved unchanged', () => {
  const webhook = webhookOf(toForm(desk))
  expect(webhook).toMatchObject({ headers: [{ name: 'Authorization' }] })
  expect(webhook).not.toHaveProperty('secret')
  expect(JSON.stringify(webhook)).not.toContain('value')
})

test('replaces or removes a secret', () => {
  expect(webhookOf({ ...toForm(desk), secret: 'a'.repeat(16) })).toMatchObject({ secret: 'a'.repeat(16) })
  expect(webhookOf({ ...toForm(desk), secret: 'typed before', isSecretRemoved: true })).toMatchObject({ secret: null })
})

test('enables and disables a channel without its secrets', () => {
  const change = withEnabled(desk, false)
  expect(change).toMatchObject({ name: 'Incident desk', isEnabled: false })
  expect(Object.keys((change as { webhook: object }).webhook)).toEqual([
    ...['url', 'method', 'customer', 'isTlsVerified', 'caCertificate', 'timeoutSeconds'],
  ])
})

test.each([
  { name: 'accepts a valid form', form: aForm({ headers: [{ name: ' ', value: '', isSet: false }] }), errors: {} },
  { name: 'rejects an empty name', form: aForm({ name: ' ' }), errors: { name: 'channelName' } },
  { name: 'rejects a URL with a password', form: aForm({ url: 'https://a:b@c/' }), errors: { url: 'webhookUrl' } },
  { name: 'rejects a short secret', form: aForm({ secret: 'short' }), errors: { secret: 'webhookSecret' } },
  {
    name: 'rejects a new header without a value',
    form: aForm({ headers: [{ name: 'x', value: '', isSet: false }] }),
    errors: { headers: 'webhookHeaders' },
  },
  {
    name: 'rejects a header without a name',
    form: aForm({ headers: [{ name: '', value: 'x', isSet: false }] }),
    errors: { headers: 'webhookHeaders' },
  },
  {
    name: 'rejects a reserved header',
    form: aForm({ headers: [{ name: 'Host', value: 'x', isSet: false }] }),
    errors: { headers: 'webhookHeaders' },
  },
  { name: 'rejects a timeout of 0', form: aForm({ timeoutSeconds: 0 }), errors: { timeoutSeconds: 'numberLow:1' } },
  { name: 'rejects a timeout above the limit', form: aForm({ timeoutSeconds: 61 }), errors: { timeoutSeconds: 'numberHigh:60' } },
  { name: 'rejects an empty number', form: aForm({ timeoutSeconds: '' }), errors: { timeoutSeconds: 'number' } },
  { name: 'rejects an invalid certificate', form: aForm({ caCertificate: 'x' }), errors: { caCertificate: 'certificates' } },
  {
    name: 'requires host, sender and recipients of mail',
    form: ofKind('email', {}),
    errors: { host: 'host', from: 'emailAddress', to: 'emailAddresses' },
  },
  { name: 'rejects a port of 0', form: ofKind('syslog', { host: 'siem', port: 0 }), errors: { port: 'numberLow:1' } },
  { name: 'requires the address of a new chat', form: ofKind('slack', {}), errors: { secret: 'webhookUrl' } },
  { name: 'requires a token', form: ofKind('splunk', { url: 'https://splunk.example' }), errors: { secret: 'secret' } },
  {
    name: 'rejects invalid names',
    form: ofKind('jira', { url: 'https://jira.example', secret: 'x', project: '' }),
    errors: { project: 'shortText' },
  },
  {
    name: 'rejects an invalid index',
    form: ofKind('elasticsearch', { url: 'https://e.example', index: 'A' }),
    errors: { index: 'indexName' },
  },
])('$name', async ({ form, errors }) => expect(await errorsOf(form)).toEqual(errors))

test('sends only the fields of the kind, and splits lists', () => {
  const form = ofKind('email', {
    host: ' mail.example ',
    from: 'a@b.example',
    to: 'c@d.example,\ne@f.example',
    url: 'https://old',
  })
  expect(toChange(form)).toMatchObject({
    kind: 'email',
    email: { host: 'mail.example', port: 587, encryption: 'starttls', from: 'a@b.example', to: ['c@d.example', 'e@f.example'] },
  })
  expect(JSON.stringify(toChange(form))).not.toContain('https://old')
})

test.each(someChannels(Date.now()))('keeps the channel $name that is saved unchanged', async (channel) => {
  const { values, errors } = await resolveChannel(toForm(channel), undefined, { fields: {}, shouldUseNativeValidation: false })
  const { headers: _, ...change } = (values as unknown as Record<string, Record<string, unknown>>)[channel.kind] ?? {}
  expect(errors).toEqual({})
  expect(targetViewOf(channel)).toMatchObject(change)
  expect(values).toMatchObject({ name: channel.name, isEnabled: channel.isEnabled })
})
