import { MINUTE_MS, type RollOut, SignatureSettings } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { judgeRollOut, type NewDetections, type RollOutEvidence } from './judge-roll-out.js'

const CANDIDATE = '20261121T100000Z-aa'
const canary = SignatureSettings.parse({ canary: { soakMinutes: 15, holdAfterDetections: 3 } }).canary
const most = { signatureName: 'Unix.Bad-1', files: 2, path: '/usr/bin/ls', pod: 'shop/shop-1', nodeName: 'node-1' }

const aRollOut = (changes: Partial<RollOut> = {}): RollOut => ({
  ...{ generation: CANDIDATE, state: 'canary', nodes: ['node-1', 'node-2'], startedAt: '2026-11-21T10:00:00Z', reason: '' },
  ...changes,
})
const aNode = (changes: Partial<RollOutEvidence['nodes'][number]> = {}) => ({
  ...{ nodeName: 'node-1', generation: CANDIDATE, refusedGeneration: '', refusal: '' },
  ...changes,
})
const found = (files: number): NewDetections => ({ files, most: files === 0 ? undefined : most })
const anEvidence = (changes: Partial<RollOutEvidence> = {}): RollOutEvidence => ({
  ...{ rollOut: aRollOut(), canary, nodes: [aNode()], loadedForMs: 15 * MINUTE_MS, detections: found(0) },
  ...changes,
})
const refusing = aNode({ generation: 'old', refusedGeneration: CANDIDATE, refusal: 'clamscan crashed' })

test.each<{ name: string; evidence: Partial<RollOutEvidence>; action: string; reason: RegExp }>([
  { name: 'observed for long enough', evidence: {}, action: 'promote', reason: /period of 15 min$/ },
  {
    name: 'just before the end of the observation period',
    evidence: { loadedForMs: 15 * MINUTE_MS - 1 },
    action: 'wait',
    reason: /^observation period of 15 min$/,
  },
  { name: 'no node has loaded it', evidence: { loadedForMs: undefined }, action: 'wait', reason: /no canary node has loaded it/ },
  { name: 'the node that loaded it is silent', evidence: { nodes: [] }, action: 'wait', reason: /silent or have another generation/ },
  {
    name: 'the node that loaded it has another generation',
    evidence: { nodes: [aNode({ generation: 'old' })] },
    action: 'wait',
    reason: /silent or have another generation/,
  },
  { name: 'one detection too few', evidence: { detections: found(2) }, action: 'promote', reason: /no problems/ },
  {
    name: 'detections at the threshold',
    evidence: { detections: found(3) },
    action: 'hold',
    reason: /detected 3 files.*Unix\.Bad-1 detected 2.*\/usr\/bin\/ls.*shop\/shop-1 on node-1/,
  },
  {
    name: 'detections during the observation period',
    evidence: { detections: found(9), loadedForMs: 0 },
    action: 'hold',
    reason: /9 files/,
  },
  {
    name: 'detections before any report of a load',
    evidence: { detections: found(9), loadedForMs: undefined },
    action: 'hold',
    reason: /9 files/,
  },
  {
    name: 'a node that rejected it',
    evidence: { nodes: [aNode(), refusing] },
    action: 'hold',
    reason: /node-1 rejected it: clamscan crashed/,
  },
  { name: 'several nodes that rejected it', evidence: { nodes: [refusing, refusing] }, action: 'hold', reason: /and 1 more/ },
  {
    name: 'a node that rejected another generation',
    evidence: { nodes: [aNode({ refusedGeneration: 'other' })] },
    action: 'promote',
    reason: /./,
  },
  {
    name: 'an already held rollout',
    evidence: { rollOut: aRollOut({ state: 'held' }), detections: found(9) },
    action: 'wait',
    reason: /a user/,
  },
])('$name: $action', ({ evidence, action, reason }) => {
  const verdict = judgeRollOut(anEvidence(evidence))
  expect(verdict.action).toBe(action)
  expect(verdict.reason).toMatch(reason)
})

test('limits the reason to the maximum of the signature server', () => {
  const long = 'x'.repeat(5000)
  const detections = { files: 3, most: { ...most, signatureName: 'N'.repeat(200), path: long, pod: 'p'.repeat(130) } }
  for (const changes of [{ detections }, { nodes: [{ ...refusing, refusal: long }] }])
    expect(judgeRollOut(anEvidence(changes)).reason.length).toBeLessThanOrEqual(1000)
})
