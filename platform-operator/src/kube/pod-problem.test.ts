import { expect, test } from 'vitest'
import type { KubeObject } from '../desired/object.js'
import { podProblem } from './pod-problem.js'

const aPod = (status: unknown, metadata = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', ...metadata },
  status,
})
const aContainer = (parts: object) => aPod({ containerStatuses: [{ name: 'c', ready: false, ...parts }] })
const waiting = (reason: string, message?: string) => ({ state: { waiting: { reason, message } } })
const ended = (exitCode: number, reason: string, message?: string) => ({ terminated: { exitCode, reason, message } })

const unscheduled = '0/2 nodes are available: 1 node(s) were unschedulable.'
test.each([
  { name: 'no pod', pods: [], expected: undefined },
  { name: 'a running pod', pods: [aContainer({ ready: true, state: { running: {} } })], expected: undefined },
  { name: 'a starting pod', pods: [aContainer(waiting('ContainerCreating'))], expected: undefined },
  {
    name: 'the message of the scheduler',
    pods: [aPod({ conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: unscheduled }] })],
    expected: `Pod p: Unschedulable: ${unscheduled}`,
  },
  {
    name: 'the message of the registry',
    pods: [aContainer(waiting('ImagePullBackOff', 'Back-off pulling image "r/x": ErrImagePull: 401 Unauthorized'))],
    expected: 'Pod p: container c: ImagePullBackOff: Back-off pulling image "r/x": ErrImagePull: 401 Unauthorized.',
  },
  {
    name: 'the last line of the log of a container that crashes',
    pods: [aContainer({ ...waiting('CrashLoopBackOff', 'back-off 10s'), lastState: ended(78, 'Error', 'first\ninvalid PORT\n') })],
    expected: 'Pod p: container c ended with exit code 78: invalid PORT.',
  },
  {
    name: 'a container that ran out of memory, while it runs again',
    pods: [aContainer({ state: { running: {} }, lastState: ended(137, 'OOMKilled') })],
    expected: 'Pod p: container c ended with exit code 137 (OOMKilled).',
  },
  {
    name: 'a container that recovered from a crash',
    pods: [aContainer({ ready: true, state: { running: {} }, lastState: ended(1, 'Error', 'x') })],
    expected: undefined,
  },
  {
    name: 'a failed init container',
    pods: [aPod({ initContainerStatuses: [{ name: 'i', state: ended(1, 'Error', 'no disk') }] })],
    expected: 'Pod p: container i ended with exit code 1: no disk.',
  },
  {
    name: 'an evicted pod',
    pods: [aPod({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' })],
    expected: 'Pod p: Evicted: The node was low on memory.',
  },
  {
    name: 'the next pod instead of one that is being deleted',
    pods: [
      aPod({ phase: 'Failed', reason: 'Evicted' }, { deletionTimestamp: '2026-01-01T00:00:00Z' }),
      aPod({ phase: 'Failed', reason: 'NodeAffinity' }),
    ],
    expected: 'Pod p: NodeAffinity.',
  },
])('quotes $name', ({ pods, expected }) => expect(podProblem(pods)).toBe(expected))
