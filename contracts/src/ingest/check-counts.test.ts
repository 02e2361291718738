import { expect, test } from 'vitest'
import { messages } from '../messages.js'
import { decodeClamResults } from './decode-clam-result.js'
import { decodePodLogs } from './decode-pod-log.js'
import { INGEST_LIMITS as LIMITS } from './limits.js'

const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item)
const single = (findings: number, coverage: number) =>
  messages.ClamResult.encode({ findings: times(findings, {}), coverage: times(coverage, {}) }).finish()
const batch = (results: number, gaps: number, sightings = 0) =>
  messages.ClamResultBatch.encode({ results: times(results, {}), gaps: times(gaps, {}), sightings: times(sightings, {}) }).finish()
const pods = (count: number, containers: number) =>
  messages.PodLogBatch.encode({ pods: times(count, { containers: times(containers, {}) }) }).finish()

test.each([
  { name: 'findings of a result', decoded: () => decodeClamResults(single(LIMITS.findingsPerResult + 1, 0)) },
  { name: 'coverage of a result', decoded: () => decodeClamResults(single(0, LIMITS.coveragePerResult + 1)) },
  { name: 'results of a batch', decoded: () => decodeClamResults(batch(LIMITS.resultsPerBatch + 1, 0)) },
  { name: 'gaps of a batch', decoded: () => decodeClamResults(batch(0, LIMITS.gapsPerBatch + 1)) },
  { name: 'sightings of a batch', decoded: () => decodeClamResults(batch(0, 0, LIMITS.sightingsPerBatch + 1)) },
  { name: 'pods of a batch', decoded: () => decodePodLogs(pods(LIMITS.podsPerBatch + 1, 0)) },
  { name: 'containers of a pod', decoded: () => decodePodLogs(pods(1, LIMITS.containersPerPod + 1)) },
])('rejects too many $name', ({ name, decoded }) => {
  const list = name.split(' ', 1)[0]
  expect(decoded()).toMatchObject({
    ok: false,
    code: 'RESULT_INVALID',
    message: expect.stringMatching(new RegExp(`^${list} has \\d+ entries`)),
  })
})

test('accepts the maximum number of entries and checks their fields', () => {
  expect(decodeClamResults(batch(LIMITS.resultsPerBatch, LIMITS.gapsPerBatch))).toMatchObject({
    message: expect.stringContaining('result_id'),
  })
})

test('rejects millions of empty entries in a small body before decoding them', () => {
  const body = Buffer.alloc(LIMITS.bodyBytes)
  for (let at = 0; at < body.length - 3; at += 3) body.set([0xaa, 0x06, 0x00], at)
  const heapBefore = process.memoryUsage().heapUsed
  expect(decodeClamResults(body.subarray(0, body.length - 1))).toMatchObject({ ok: false, code: 'RESULT_INVALID' })
  expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(50_000_000)
})
