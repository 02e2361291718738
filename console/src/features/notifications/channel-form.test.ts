import { expect, test } from 'vitest'
import { someChannels } from '../../../mock-api/fixtures/notifications.js'
import { type ChannelForm, resolveChannel, toChange, toForm, withEnabled } from './channel-form.js'

const [desk] = someChannels(Date.now())
if (!desk) throw new Error('the fixture has no channel')
const typed = (parts: Partial<ChannelForm>): ChannelForm => ({
  ...toForm(undefined),
  name: 'On call',
  url: 'https://hooks.example/',
  ...parts,
})
const webhookOf = (form: ChannelForm) => (toChange(form) as { webhook: object }).webhook
const errorsOf = async (form: ChannelForm) => {
  const { errors } = await resolveChannel(form, undefined, { fields: {}, shouldUseNativeValidation: false })
  return Object.fromEntries(Object.entries(errors).map(([name, error]) => [name, (error as { message: string }).message]))
}

test('a channel that is opened and saved keeps its secrets', () => {
  const webhook = webhookOf(toForm(desk))
  expect(webhook).toMatchObject({ headers: [{ name: 'Authorization' }] })
  expect(webhook).not.toHaveProperty('secret')
  expect(JSON.stringify(webhook)).not.toContain('value')
})

test('what is typed into a secret replaces it, and it can be taken away', () => {
  expect(webhookOf({ ...toForm(desk), secret: 'a'.repeat(16) })).toMatchObject({ secret: 'a'.repeat(16) })
  expect(webhookOf({ ...toForm(desk), secret: 'typed before', isSecretRemoved: true })).toMatchObject({ secret: null })
})

test('switching a channel names none of its secrets', () => {
  const change = withEnabled(desk, false)
  expect(change).toMatchObject({ name: 'Incident desk', isEnabled: false })
  expect(Object.keys(change.webhook)).toEqual(['url', 'method', 'isTlsVerified', 'timeoutSeconds'])
})

test.each([
  { name: 'all is well', form: typed({ headers: [{ name: ' ', value: '', isSet: false }] }), errors: {} },
  { name: 'no name', form: typed({ name: ' ' }), errors: { name: 'channelName' } },
  { name: 'an address with a password', form: typed({ url: 'https://a:b@c/' }), errors: { url: 'webhookUrl' } },
  { name: 'no event', form: typed({ events: [] }), errors: { events: 'scopes' } },
  { name: 'a short secret', form: typed({ secret: 'short' }), errors: { secret: 'webhookSecret' } },
  {
    name: 'a new header without a value',
    form: typed({ headers: [{ name: 'x', value: '', isSet: false }] }),
    errors: { headers: 'webhookHeaders' },
  },
  {
    name: 'a value without a name',
    form: typed({ headers: [{ name: '', value: 'x', isSet: false }] }),
    errors: { headers: 'webhookHeaders' },
  },
  {
    name: 'a header of ours',
    form: typed({ headers: [{ name: 'Host', value: 'x', isSet: false }] }),
    errors: { headers: 'webhookHeaders' },
  },
  { name: 'no patience', form: typed({ timeoutSeconds: 0 }), errors: { timeoutSeconds: 'numberLow' } },
  { name: 'too much patience', form: typed({ timeoutSeconds: 61 }), errors: { timeoutSeconds: 'numberHigh' } },
  { name: 'an empty number', form: typed({ timeoutSeconds: '' }), errors: { timeoutSeconds: 'number' } },
])('$name', async ({ form, errors }) => expect(await errorsOf(form)).toEqual(errors))
