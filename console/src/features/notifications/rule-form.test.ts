import { expect, test } from 'vitest'
import { someRules } from '../../../mock-api/fixtures/notification-rules.js'
import { type RuleForm, resolveRule, toRuleChange, toRuleForm } from './rule-form.js'

const CHANNEL = 'a9c1c0de-0000-4000-8000-000000000001'
const aForm = (parts: Partial<RuleForm>): RuleForm => ({ ...toRuleForm(undefined, 'UTC'), name: 'Night', channelId: CHANNEL, ...parts })
const resolved = (form: RuleForm) => resolveRule(form, undefined, { fields: {}, shouldUseNativeValidation: false })
const errorsOf = async (form: RuleForm) => {
  const { errors } = await resolved(form)
  return Object.fromEntries(Object.entries(errors).map(([name, error]) => [name, (error as { message: string }).message]))
}

test.each([
  { name: 'accepts a valid form', form: {}, errors: {} },
  { name: 'requires a name', form: { name: ' ' }, errors: { name: 'channelName' } },
  { name: 'requires a channel', form: { channelId: '' }, errors: { channelId: 'channel' } },
  { name: 'requires an event', form: { events: [] }, errors: { events: 'scopes' } },
  { name: 'rejects a pattern that is too long', form: { namespaces: 'a'.repeat(254) }, errors: { namespaces: 'patterns' } },
  { name: 'rejects a negative cool-down', form: { coolDownMinutes: -1 }, errors: { coolDownMinutes: 'numberLow:0' } },
  { name: 'rejects an empty cool-down', form: { coolDownMinutes: '' }, errors: { coolDownMinutes: 'number' } },
  { name: 'rejects quiet hours without a length', form: { hasQuietHours: true, to: '22:00' }, errors: { to: 'clockTime' } },
  { name: 'rejects an incomplete time', form: { hasQuietHours: true, from: '' }, errors: { from: 'clockTime' } },
  { name: 'rejects an unknown time zone', form: { hasQuietHours: true, timeZone: 'Mars' }, errors: { timeZone: 'timeZone' } },
  { name: 'ignores quiet hours that are disabled', form: { from: '' }, errors: {} },
  {
    name: 'rejects an escalation without a time',
    form: { escalationChannelId: CHANNEL, escalationMinutes: 0 },
    errors: { escalationMinutes: 'numberLow:1' },
  },
])('$name', async ({ form, errors }) => expect(await errorsOf(aForm(form))).toEqual(errors))

test('builds the rule, with filters for actions only for events of the audit log', () => {
  const form = aForm({ namespaces: 'shop, kube-*', hasQuietHours: true, escalationChannelId: CHANNEL })
  expect(toRuleChange(form)).toMatchObject({
    selection: { namespaces: ['shop', 'kube-*'], actions: [], minSeverity: 'low' },
    quietHours: { from: '22:00', to: '06:00', timeZone: 'UTC', passCritical: true },
    escalation: { afterMinutes: 15, channelId: CHANNEL },
  })
  expect(toRuleChange({ ...form, events: ['audit-event'] })).toMatchObject({ selection: { actions: ['*fail*', 'account.*'] } })
})

test.each(someRules())('keeps the rule $name that is saved unchanged', async (rule) => {
  const { values, errors } = await resolved(toRuleForm(rule, 'UTC'))
  expect(errors).toEqual({})
  expect(rule).toMatchObject(values)
})
