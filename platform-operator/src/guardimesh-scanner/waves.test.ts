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
const updated = (nodeName: string, parts: Partial<WavePod> = {}) => pod(nodeName, { isUpdated: true, ...parts })
const rest = [pod('pool-1'), pod('pool-2'), pod('other')]
const plan = (pods: readonly WavePod[]) => planWave({ waves, nodes, pods, desired: nodes.size, nowMs: NOW_MS })

test.each([
  { name: 'starts the first wave', pods: [pod('canary-1'), ...rest], wave: '1/3', deletes: ['pod-canary-1'] },
  {
    name: 'waits until the pods of a wave are ready',
    pods: [updated('canary-1', { isReady: false, sinceMs: NOW_MS - 1000 }), ...rest],
    wave: '1/3',
    deletes: [],
  },
  {
    name: 'waits for a terminating pod',
    pods: [pod('canary-1', { deletionAtMs: NOW_MS }), ...rest],
    wave: '1/3',
    deletes: [],
  },
  { name: 'waits for a missing pod', pods: rest, wave: '1/3', deletes: [] },
  {
    name: 'does not wait for a node that is down',
    pods: [pod('canary-1', { deletionAtMs: NOW_MS - NOT_READY_TIMEOUT_MS - 1 }), ...rest],
    wave: '2/3',
    deletes: ['pod-pool-1', 'pod-pool-2'],
  },
  { name: 'waits for the last missing pod', pods: [updated('canary-1'), updated('pool-1'), updated('pool-2')], wave: '3/3', deletes: [] },
  {
    name: 'waits for the pause after a wave',
    pods: [updated('canary-1', { sinceMs: NOW_MS - 59_000 }), ...rest],
    wave: '1/3',
    deletes: [],
  },
  {
    name: 'starts the next wave',
    pods: [updated('canary-1', { sinceMs: NOW_MS - 60_000 }), ...rest],
    wave: '2/3',
    deletes: ['pod-pool-1', 'pod-pool-2'],
  },
  {
    name: 'updates nodes that match no wave last',
    pods: [updated('canary-1'), updated('pool-1'), updated('pool-2'), pod('other')],
    wave: '3/3',
    deletes: ['pod-other'],
  },
])('$name', ({ pods, wave, deletes }) => expect(plan(pods)).toMatchObject({ wave, deletes, held: undefined }))

test('holds the update when an updated pod does not become ready', () => {
  const { wave, deletes, held } = plan([updated('canary-1', { isReady: false, sinceMs: NOW_MS - NOT_READY_TIMEOUT_MS - 1 }), ...rest])
  expect([wave, deletes]).toEqual(['1/3', []])
  expect(held).toContain('pod-canary-1 on node canary-1 has not been ready for 10 minutes')
})

test('ends when every pod is updated', () => {
  expect(plan([updated('canary-1'), updated('pool-1'), updated('pool-2'), updated('other')])).toEqual({
    wave: undefined,
    deletes: [],
    held: undefined,
    requeueAfterMs: undefined,
  })
})
