import { expect, test } from 'vitest'
import type { KubeObject } from '../desired/object.js'
import { setUpState } from './set-up-state.js'

const at = '2026-01-01T00:00:00Z'
const aJob = (type?: string): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'job' },
  status: { conditions: type ? [{ type, status: 'True', lastTransitionTime: at }] : [] },
})
const aPod = (message: string, finishedAt = at): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pod' },
  status: { containerStatuses: [{ state: { terminated: { message, finishedAt } } }] },
})
const outcome = (result: string) => JSON.stringify({ result, message: 'm', administrator: 'unknown', schema: '7' })

test.each([
  { name: 'reports a missing Job', job: undefined, pods: [], expected: { kind: 'missing', outcome: undefined } },
  { name: 'reports a running Job', job: aJob(), pods: [], expected: { kind: 'running', outcome: undefined } },
  {
    name: 'reports a complete Job',
    job: aJob('Complete'),
    pods: [aPod(outcome('done'))],
    expected: { kind: 'done', outcome: { result: 'done' } },
  },
  {
    name: 'uses the outcome of the pod that ended last',
    job: aJob('Failed'),
    pods: [aPod(outcome('schema-newer'), '2026-01-01T00:01:00Z'), aPod(outcome('failed'))],
    expected: { kind: 'failed', outcome: { result: 'schema-newer' }, failedAt: new Date(at) },
  },
  {
    name: 'ignores a termination message of another format',
    job: aJob('Failed'),
    pods: [aPod('{"result":"?"}')],
    expected: { kind: 'failed', outcome: undefined },
  },
  {
    name: 'ignores a termination message that is not JSON',
    job: aJob('Failed'),
    pods: [aPod('oops')],
    expected: { kind: 'failed', outcome: undefined },
  },
])('$name', ({ job, pods, expected }) => expect(setUpState(job, pods)).toMatchObject(expected))
