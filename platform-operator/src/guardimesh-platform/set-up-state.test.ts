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
const word = (result: string) => JSON.stringify({ result, message: 'm', administrator: 'unknown', schema: '7' })

test.each([
  { name: 'no Job', job: undefined, pods: [], expected: { kind: 'missing', outcome: undefined } },
  { name: 'a Job that runs', job: aJob(), pods: [], expected: { kind: 'running', outcome: undefined } },
  {
    name: 'a Job that ended well',
    job: aJob('Complete'),
    pods: [aPod(word('done'))],
    expected: { kind: 'done', outcome: { result: 'done' } },
  },
  {
    name: 'the newest pod speaks',
    job: aJob('Failed'),
    pods: [aPod(word('schema-newer'), '2026-01-01T00:01:00Z'), aPod(word('failed'))],
    expected: { kind: 'failed', outcome: { result: 'schema-newer' }, failedAt: new Date(at) },
  },
  {
    name: 'words that are none of ours',
    job: aJob('Failed'),
    pods: [aPod('{"result":"?"}')],
    expected: { kind: 'failed', outcome: undefined },
  },
  { name: 'no JSON', job: aJob('Failed'), pods: [aPod('oops')], expected: { kind: 'failed', outcome: undefined } },
])('$name', ({ job, pods, expected }) => expect(setUpState(job, pods)).toMatchObject(expected))
