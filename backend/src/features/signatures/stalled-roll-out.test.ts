import { RollOut } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { type StallEvidence, stalledRollOut } from './stalled-roll-out.js'

const NOW = new Date('2026-11-21T12:00:00Z')
const at = (minutesAgo: number) => new Date(NOW.getTime() - minutesAgo * 60_000)
const aRollOut = (changes: Partial<RollOut> = {}) =>
  RollOut.parse({ generation: 'g2', state: 'canary', nodes: ['n1', 'n2'], startedAt: at(61).toISOString(), reason: '', ...changes })
const aNode = (nodeName: string, changes: Partial<StallEvidence['nodes'][number]> = {}) => ({
  ...{ nodeName, state: 'reporting' as const, generation: 'g1' },
  ...changes,
})
const messageOf = (changes: Partial<StallEvidence>) =>
  stalledRollOut({ rollOut: aRollOut(), nodes: [aNode('n1'), aNode('n2')], lastLoadedAt: undefined, now: NOW, ...changes })?.message

test.each<{ name: string; evidence: Partial<StallEvidence>; expected: RegExp | undefined }>([
  { name: 'started an hour ago', evidence: { rollOut: aRollOut({ startedAt: at(60).toISOString() }) }, expected: undefined },
  { name: 'is held', evidence: { rollOut: aRollOut({ state: 'held' }) }, expected: undefined },
  { name: 'is loaded', evidence: { lastLoadedAt: NOW }, expected: undefined },
  { name: 'was loaded until a node restarted', evidence: { lastLoadedAt: at(15) }, expected: undefined },
  {
    name: 'was loaded by nodes that became silent',
    evidence: { lastLoadedAt: at(16), nodes: [aNode('n1', { state: 'silent', generation: 'g2' }), aNode('n2')] },
    expected:
      /has had it loaded since 2026-11-21T11:44:00\.000Z\. Silent: n1\. Reporting with another generation: n2 \(g1\)\. Check the puller/,
  },
  {
    name: 'no node has loaded',
    evidence: { nodes: [aNode('n1', { generation: '' }), aNode('n9')] },
    expected:
      /since it started at 2026-11-21T10:59:00\.000Z\. Reporting with another generation: n1 \(none\)\. Unknown, check the name: n2\./,
  },
  { name: 'has nodes that do not exist', evidence: { nodes: [aNode('n9')] }, expected: /canary nodes exists: n1, n2\. Correct the names/ },
  {
    name: 'has a node that is silent in one cluster and reports in another',
    evidence: { nodes: [aNode('n1', { state: 'silent' }), aNode('n1'), aNode('n2')] },
    expected: /generation: n1 \(g1\), n2 \(g1\)\. Check/,
  },
  {
    name: 'has hundreds of nodes',
    evidence: { rollOut: aRollOut({ nodes: Array.from({ length: 500 }, (_, n) => `n${n}`) }), nodes: [] },
    expected: /n8, n9 and 490 more\. Correct/,
  },
])('a rollout that $name', ({ evidence, expected }) => {
  const message = messageOf(evidence)
  if (expected) expect(message).toMatch(expected)
  else expect(message).toBeUndefined()
})
