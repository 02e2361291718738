import { expect, test } from 'vitest'
import { expectedPlatformAlerts, type NodeFacts } from './expected-platform-alerts.js'

const aNode = (changes: Partial<NodeFacts>): NodeFacts => ({
  ...{ clusterId: 'prod', nodeName: 'web-1', lastSeenAt: new Date('2026-01-10T12:00:00Z'), isSilent: false },
  ...{ containersWatched: 4, containersTotal: 4 },
  ...changes,
})

test.each([
  { name: 'nothing', facts: {}, expected: [] },
  { name: 'a silent node', facts: { nodes: [aNode({ isSilent: true })] }, expected: ['node-silent prod/web-1'] },
  { name: 'unwatched containers', facts: { nodes: [aNode({ containersWatched: 3 })] }, expected: ['containers-not-watched prod/web-1'] },
  {
    name: 'unwatched containers of a node that has become silent',
    facts: { nodes: [aNode({ isSilent: true, containersWatched: 3 })] },
    expected: ['node-silent prod/web-1', 'containers-not-watched prod/web-1'],
  },
  {
    name: 'each reason of a coverage gap',
    facts: { gaps: [{ clusterId: 'prod', reason: 'timeout' as const, entries: 3, containers: 1 }] },
    expected: ['coverage-gap prod/timeout'],
  },
])('raises alerts about $name', ({ facts, expected }) => {
  const alerts = expectedPlatformAlerts({ nodes: [], gaps: [], ...facts })
  expect(alerts.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(expected)
  for (const alert of alerts) expect(alert.facts['cluster']).toBe('prod')
})
