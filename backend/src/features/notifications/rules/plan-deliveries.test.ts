import { NotificationSelection, type SeverityName } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { MessageMemory, type PlannedEvent, type PlannedRule, planDeliveries } from './plan-deliveries.js'

const NOON = new Date('2026-01-10T12:02:00Z')
const MIDNIGHT = new Date('2026-01-10T23:30:00Z')
const NIGHT = { from: '22:00', to: '06:00', timeZone: 'UTC', passCritical: true }
const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000)

const aRule = (changes: Partial<PlannedRule> = {}): PlannedRule => ({
  ruleId: 'rule',
  channelId: 'chat',
  selection: NotificationSelection.parse({ events: ['incident-opened', 'incident-reopened', 'incident-escalated', 'stale-critical'] }),
  ...{ digestMinutes: 0, quietHours: null, coolDownMinutes: 0, escalation: null },
  ...changes,
})
const anEvent = (changes: Partial<PlannedEvent> = {}): PlannedEvent => ({
  ...{
    eventKey: 'incident-1',
    topic: 'incident-1',
    incidentId: 1,
    isAlert: false,
    occurredAt: NOON,
    kind: 'incident-opened',
    severity: 'high',
  },
  ...{ clusterId: 'prod', namespaces: ['shop'], signatureName: 'Eicar', sources: [], action: '' },
  ...changes,
})
/** Plans as "channel state minutes", with the minutes after the event. */
function planned(rules: readonly PlannedRule[], ...events: readonly PlannedEvent[]): string[] {
  const plans = planDeliveries(events, rules, new MessageMemory(), ({ occurredAt }) => occurredAt)
  return plans.map(
    ({ channelId, state, dueAt, event }) => `${channelId} ${state} ${(dueAt.getTime() - event.occurredAt.getTime()) / 60_000}`,
  )
}
const other = NotificationSelection.parse({ events: ['node-silent'] })

test.each<{ name: string; rules: PlannedRule[]; at?: Date; severity?: SeverityName; expected: string[] }>([
  { name: 'nothing without a matching rule', rules: [aRule({ selection: other })], expected: [] },
  { name: 'a message immediately', rules: [aRule()], expected: ['chat waiting 0'] },
  {
    name: 'one message to a channel with several rules, the earliest',
    rules: [aRule({ digestMinutes: 60 }), aRule({ ruleId: 'b' }), aRule({ ruleId: 'c', digestMinutes: 5 })],
    expected: ['chat waiting 0'],
  },
  { name: 'a message to each channel', rules: [aRule(), aRule({ channelId: 'mail' })], expected: ['chat waiting 0', 'mail waiting 0'] },
  { name: 'a digest of 5 minutes', rules: [aRule({ digestMinutes: 5 })], expected: ['chat collected 3'] },
  { name: 'a digest of an hour', rules: [aRule({ digestMinutes: 60 })], expected: ['chat collected 58'] },
  { name: 'a message after the quiet hours', rules: [aRule({ quietHours: NIGHT })], at: MIDNIGHT, expected: ['chat collected 390'] },
  { name: 'a message outside of the quiet hours', rules: [aRule({ quietHours: NIGHT })], expected: ['chat waiting 0'] },
  {
    name: 'critical messages in quiet hours',
    ...{ rules: [aRule({ quietHours: NIGHT })], at: MIDNIGHT, severity: 'critical', expected: ['chat waiting 0'] },
  },
  {
    name: 'no critical messages in strict quiet hours',
    rules: [aRule({ quietHours: { ...NIGHT, passCritical: false } })],
    ...{ at: MIDNIGHT, severity: 'critical', expected: ['chat collected 390'] },
  },
  {
    name: 'an escalation to another channel',
    rules: [aRule({ escalation: { afterMinutes: 15, channelId: 'pager' } })],
    expected: ['chat waiting 0', 'pager unacknowledged 15'],
  },
  {
    name: 'no escalation to a channel that gets the message',
    rules: [aRule({ escalation: { afterMinutes: 15, channelId: 'pager' } }), aRule({ channelId: 'pager' })],
    expected: ['chat waiting 0', 'pager waiting 0'],
  },
  {
    name: 'an escalation of a rule whose channel got the message by another rule',
    rules: [aRule(), aRule({ ruleId: 'b', digestMinutes: 60, escalation: { afterMinutes: 15, channelId: 'pager' } })],
    expected: ['chat waiting 0', 'pager unacknowledged 15'],
  },
])('plans $name', ({ rules, at = NOON, severity = 'high', expected }) =>
  expect(planned(rules, anEvent({ occurredAt: at, severity }))).toEqual(expected),
)

test('waits until a container that has just started is watched', () => {
  const selection = NotificationSelection.parse({ events: ['containers-not-watched'] })
  expect(planned([aRule({ selection })], anEvent({ kind: 'containers-not-watched', incidentId: null }))).toEqual(['chat waiting 5'])
})

test('escalates incidents only', () => {
  const rules = [aRule({ escalation: { afterMinutes: 15, channelId: 'pager' } })]
  expect(planned(rules, anEvent({ kind: 'stale-critical', incidentId: null }))).toEqual(['chat waiting 0'])
})

test('suppresses repeated messages about one incident until the cool-down ends or the severity is higher', () => {
  const at = (minutes: number, severity: SeverityName, topic = 'incident-1') =>
    anEvent({ eventKey: `${minutes}`, occurredAt: later(NOON, minutes), severity, topic })
  const events = [at(0, 'high'), at(1, 'high'), at(2, 'high', 'incident-2'), at(3, 'critical'), at(4, 'critical'), at(33, 'low')]
  const states = (rule: PlannedRule) => planned([rule], ...events).map((plan) => plan.split(' ')[1])
  expect(states(aRule({ coolDownMinutes: 30 }))).toEqual(['waiting', 'suppressed', 'waiting', 'waiting', 'suppressed', 'waiting'])
  expect(states(aRule())).toEqual(events.map(() => 'waiting'))
  expect(planned([aRule({ coolDownMinutes: 30 }), aRule({ ruleId: 'b' })], ...events)).toHaveLength(events.length)
})

test('delays an alert until the cool-down ends, because it raises no other event while it is open', () => {
  const at = (minutes: number) =>
    anEvent({ eventKey: `${minutes}`, occurredAt: later(NOON, minutes), kind: 'stale-critical', incidentId: null, isAlert: true })
  expect(planned([aRule({ coolDownMinutes: 30 })], at(0), at(10))).toEqual(['chat waiting 0', 'chat waiting 20'])
  const quietHours = { from: '12:30', to: '13:00', timeZone: 'UTC', passCritical: false }
  expect(planned([aRule({ coolDownMinutes: 30, quietHours })], at(0), at(10))).toEqual(['chat waiting 0', 'chat collected 48'])
})

test('escalates an incident that is reopened during the cool-down', () => {
  const rule = aRule({ coolDownMinutes: 30, escalation: { afterMinutes: 15, channelId: 'pager' } })
  const reopened = anEvent({ eventKey: 'incident-2', kind: 'incident-reopened', occurredAt: later(NOON, 20) })
  expect(planned([rule], anEvent(), reopened).slice(2)).toEqual(['chat suppressed 0', 'pager unacknowledged 15'])
})

test('sends 20 messages about events of one moment, and the others as a digest', () => {
  const events = Array.from({ length: 30 }, (_, index) => anEvent({ eventKey: `${index}`, topic: `${index}` }))
  const plans = planned([aRule(), aRule({ channelId: 'mail' })], ...events)
  expect(plans.filter((plan) => plan === 'chat waiting 0')).toHaveLength(20)
  expect(plans.filter((plan) => plan === 'chat collected 0')).toHaveLength(10)
  expect(plans.filter((plan) => plan.startsWith('mail'))).toHaveLength(30)
  expect(planned([aRule()], ...events.map((event, index) => ({ ...event, occurredAt: later(NOON, index) })))).not.toContain(
    'chat collected 0',
  )
})
