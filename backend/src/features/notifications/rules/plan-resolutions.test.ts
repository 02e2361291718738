import { NotificationSelection } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import type { ResolutionRecipient, ResolvedAlert } from './plan.repository.js'
import type { PlannedRule } from './plan-deliveries.js'
import { planResolutions } from './plan-resolutions.js'

const NOON = new Date('2026-01-10T12:02:00Z')
const ALERT = { kind: 'node-silent', severity: 'critical', subject: 'prod/web-1', message: 'Silent.', facts: {} } as const
const rule: PlannedRule = {
  ...{ ruleId: 'rule', channelId: 'chat', selection: NotificationSelection.parse({ events: ['node-silent'] }) },
  ...{ digestMinutes: 0, quietHours: null, coolDownMinutes: 0, escalation: null },
}
const resolved = (alertId: string): ResolvedAlert => ({
  ...{ alertId, raisedEvent: 'platform_alert', event: 'platform_alert_cleared' },
  alert: { ...ALERT, raisedAt: NOON.toISOString(), clearedAt: NOON.toISOString() },
})

/** Plans as "state minutes" for `count` alerts. */
function planned(changes: Partial<PlannedRule>, recipient: Partial<ResolutionRecipient> = {}, count = 1): string[] {
  const ids = Array.from({ length: count }, (_, index) => `${index}`)
  const recipients = ids.map((alertId) => ({
    alertId,
    channelId: 'chat',
    ruleId: 'rule',
    channelKind: 'email',
    wasDigested: false,
    ...recipient,
  }))
  const plans = planResolutions(ids.map(resolved), recipients, [{ ...rule, ...changes }], NOON)
  return plans.map(({ state, dueAt }) => `${state} ${(dueAt.getTime() - NOON.getTime()) / 60_000}`)
}

test.each([
  { name: 'immediately', expected: ['waiting 0'] },
  { name: 'immediately if the rule was deleted', recipient: { ruleId: null }, expected: ['waiting 0'] },
  { name: 'in the next digest of the rule', changes: { digestMinutes: 60 as const }, expected: ['collected 58'] },
  { name: 'in a digest if the alert was in one', recipient: { wasDigested: true }, expected: ['collected 0'] },
  {
    name: 'immediately to a receiver that keeps alerts open',
    ...{ changes: { digestMinutes: 60 as const }, recipient: { channelKind: 'pagerduty' }, expected: ['waiting 0'] },
  },
  {
    name: 'after the quiet hours, also for critical alerts',
    changes: { quietHours: { from: '12:00', to: '13:00', timeZone: 'UTC', passCritical: true } },
    expected: ['collected 58'],
  },
])('sends a resolution $name', ({ changes = {}, recipient = {}, expected }) => expect(planned(changes, recipient)).toEqual(expected))

test('sends 20 resolutions of one moment, and the others as a digest', () => {
  const plans = planned({}, {}, 30)
  expect(plans.filter((plan) => plan === 'waiting 0')).toHaveLength(20)
  expect(plans.filter((plan) => plan === 'collected 0')).toHaveLength(10)
})
