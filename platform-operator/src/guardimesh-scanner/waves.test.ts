import { expect, test } from 'vitest'
import { NOT_READY_TIMEOUT_MS, planWave, type WavePod } from './waves.js'

const NOW_MS = 10_000_000
const nodes = new Map([
  ['canary-1', { wave: 'canary' }],
  ['pool-1', { pool: 'a' }],
  ['pool-2', { pool: 'a' }],
  ['other', {}],
])
const waves = [
  { nodeSelector: { wave: 'canary' }, pauseSeconds: 60 },
  { nodeSelector: { pool: 'a' }, pauseSeconds: 0 },
]
const pod = (nodeName: string, parts: Partial<WavePod> = {}): WavePod => ({
  name: `pod-${nodeName}`,
  nodeName,
  isUpdated: false,
  isReady: true,
  deletionAtMs: undefined,
  sinceMs: NOW_MS - 3_600_000,
  ...parts,
})
const fresh = (nodeName: string, parts: Partial<WavePod> = {}) => pod(nodeName, { isUpdated: true, ...parts })
const rest = [pod('pool-1'), pod('pool-2'), pod('other')]
const step = (pods: readonly WavePod[]) => planWave({ waves, nodes, pods, desired: nodes.size, nowMs: NOW_MS })

test.each([
  { name: 'the first wave begins', pods: [pod('canary-1'), ...rest], wave: '1/3', deletes: ['pod-canary-1'] },
  {
    name: 'the next wave waits for a pod',
    pods: [fresh('canary-1', { isReady: false, sinceMs: NOW_MS - 1000 }), ...rest],
    wave: '1/3',
    deletes: [],
  },
  {
    name: 'the next wave waits for a pod that is leaving',
    pods: [pod('canary-1', { deletionAtMs: NOW_MS }), ...rest],
    wave: '1/3',
    deletes: [],
  },
  { name: 'the next wave waits for a pod that is not yet there', pods: rest, wave: '1/3', deletes: [] },
  {
    name: 'a node that is down is not waited for',
    pods: [pod('canary-1', { deletionAtMs: NOW_MS - NOT_READY_TIMEOUT_MS - 1 }), ...rest],
    wave: '2/3',
    deletes: ['pod-pool-1', 'pod-pool-2'],
  },
  { name: 'the last pod is not yet there', pods: [fresh('canary-1'), fresh('pool-1'), fresh('pool-2')], wave: '3/3', deletes: [] },
  { name: 'the next wave waits for the pause', pods: [fresh('canary-1', { sinceMs: NOW_MS - 59_000 }), ...rest], wave: '1/3', deletes: [] },
  {
    name: 'the next wave begins',
    pods: [fresh('canary-1', { sinceMs: NOW_MS - 60_000 }), ...rest],
    wave: '2/3',
    deletes: ['pod-pool-1', 'pod-pool-2'],
  },
  {
    name: 'nodes of no wave come last',
    pods: [fresh('canary-1'), fresh('pool-1'), fresh('pool-2'), pod('other')],
    wave: '3/3',
    deletes: ['pod-other'],
  },
])('$name', ({ pods, wave, deletes }) => expect(step(pods)).toMatchObject({ wave, deletes, held: undefined }))

test('a new pod that does not become ready holds the waves', () => {
  const { wave, deletes, held } = step([fresh('canary-1', { isReady: false, sinceMs: NOW_MS - NOT_READY_TIMEOUT_MS - 1 }), ...rest])
  expect([wave, deletes]).toEqual(['1/3', []])
  expect(held).toContain('pod-canary-1 on node canary-1 has not been ready for 10 minutes')
})

test('when every pod is updated there is no wave', () => {
  expect(step([fresh('canary-1'), fresh('pool-1'), fresh('pool-2'), fresh('other')])).toEqual({
    wave: undefined,
    deletes: [],
    held: undefined,
    lookAgainMs: undefined,
  })
})
