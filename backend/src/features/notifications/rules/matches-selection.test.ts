import { NotificationSelection } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { type EventFacts, matchesSelection } from './matches-selection.js'

const INCIDENT: EventFacts = {
  ...{ kind: 'incident-opened', severity: 'high', clusterId: 'prod-1', namespaces: ['shop', 'payments-eu'] },
  ...{ signatureName: 'Unix.Trojan.Mirai-1', sources: ['realtime', 'drift'], action: '' },
}
const ALERT: EventFacts = {
  ...{ kind: 'stale-critical', severity: 'critical', clusterId: '', namespaces: [], signatureName: '', sources: [], action: '' },
}
const SILENT: EventFacts = { ...ALERT, kind: 'node-silent', clusterId: 'prod-1' }
const LOGIN: EventFacts = { ...ALERT, kind: 'audit-event', severity: 'medium', action: 'session.log-in-failed' }

test.each<{ name: string; rule: Partial<NotificationSelection>; event?: EventFacts; expected: boolean }>([
  { name: 'every incident', rule: {}, expected: true },
  { name: 'not another event', rule: { events: ['incident-reopened', 'stale-critical'] }, expected: false },
  { name: 'the minimum severity', rule: { minSeverity: 'high' }, expected: true },
  { name: 'no lower severity', rule: { minSeverity: 'critical' }, expected: false },
  { name: 'a cluster', rule: { clusters: ['test', 'prod-*'] }, expected: true },
  { name: 'not another cluster', rule: { clusters: ['prod'] }, expected: false },
  { name: 'one of several namespaces', rule: { namespaces: ['payments-*'] }, expected: true },
  { name: 'not another namespace', rule: { namespaces: ['pay', '*-us'] }, expected: false },
  { name: 'a signature by its middle', rule: { signatures: ['*Mirai*'] }, expected: true },
  { name: 'a signature with two stars', rule: { signatures: ['Unix.*.Mirai*'] }, expected: true },
  { name: 'not another signature', rule: { signatures: ['*Mirai'] }, expected: false },
  { name: 'names case-sensitively', rule: { signatures: ['*mirai*'] }, expected: false },
  {
    name: 'characters of regular expressions literally',
    rule: { signatures: ['Unix_Trojan.Mirai-1', 'Unix.Trojan.Mirai-.'] },
    expected: false,
  },
  { name: 'no overlapping parts', rule: { clusters: ['prod-*-1'] }, expected: false },
  { name: 'a source', rule: { sources: ['drift', 'memfd'] }, expected: true },
  { name: 'not another source', rule: { sources: ['memfd'] }, expected: false },
  { name: 'only if all fields match', rule: { namespaces: ['shop'], sources: ['memfd'] }, expected: false },
  {
    name: 'alerts of the platform in spite of filters for clusters and namespaces',
    rule: { clusters: ['test'], namespaces: ['shop'], signatures: ['x'], sources: ['memfd'], actions: ['account.*'] },
    event: ALERT,
    expected: true,
  },
  { name: 'a silent node by its cluster', rule: { clusters: ['prod-1'], namespaces: ['shop'] }, event: SILENT, expected: true },
  { name: 'not a silent node of another cluster', rule: { clusters: ['test'] }, event: SILENT, expected: false },
  { name: 'failed logins', rule: { actions: ['*failed*', 'account.*'] }, event: LOGIN, expected: true },
  { name: 'no other action', rule: { actions: ['account.*'] }, event: LOGIN, expected: false },
])('selects $name', ({ rule, event = INCIDENT, expected }) => {
  const events: NotificationSelection['events'] = rule.events ?? ['incident-opened', 'stale-critical', 'node-silent', 'audit-event']
  expect(matchesSelection(NotificationSelection.parse({ ...rule, events }), event)).toBe(expected)
})
