import { expect, test } from 'vitest'
import { messages } from '../messages.js'
import { aFinding, aGap, aResult, aSighting } from './builders.fixture.js'
import { decodeClamResults, decodeClamResultsInSteps } from './decode-clam-result.js'
import { decodePodLogs, decodePodLogsInSteps } from './decode-pod-log.js'
import { INGEST_LIMITS as LIMITS } from './limits.js'
import { partsOf } from './steps.js'

const times = <Item>(count: number, create: (index: number) => Item): Item[] => Array.from({ length: count }, (_, index) => create(index))

const resultAt = (index: number) => aResult({ podName: `pod-${index}`, findings: times(50, () => aFinding()) })
const RESULTS = messages.ClamResultBatch.encode({
  results: times(100, resultAt),
  gaps: times(3, () => aGap()),
  sightings: times(2000, (index) => aSighting({ podName: `pod-${index}` })),
}).finish()
const podAt = (index: number) => ({
  clusterId: 'c',
  nodeName: 'n',
  podName: `pod-${index}`,
  containers: times(LIMITS.containersPerPod, () => ({ image: 'i' })),
})
const PODS = messages.PodLogBatch.encode({ pods: times(400, podAt), node: { clusterId: 'c', nodeName: 'n' }, complete: true }).finish()

function countSteps(steps: Generator<void, unknown>): number {
  let count = 0
  while (!steps.next().done) count++
  return count
}

test('decodes a batch in steps of a bounded size, with the same value as at once', () => {
  expect(partsOf(RESULTS).length).toBeGreaterThan(5)
  expect(countSteps(decodeClamResultsInSteps(RESULTS))).toBeGreaterThan(2 * 2100)
  const whole = messages.ClamResultBatch.decode(RESULTS)
  expect(decodeClamResults(RESULTS)).toEqual({
    ok: true,
    value: { results: whole.results, gaps: whole.gaps, sightings: whole.sightings },
  })
})

test('decodes an inventory in steps, with its node and whether it is complete', () => {
  expect(partsOf(PODS).length).toBeGreaterThan(2)
  expect(countSteps(decodePodLogsInSteps(PODS))).toBeGreaterThan(2 * 400)
  const whole = messages.PodLogBatch.decode(PODS)
  expect(decodePodLogs(PODS)).toEqual({ ok: true, value: { pods: whole.pods, node: whole.node, complete: true } })
})

test('rejects an entry that ends after the body', () => {
  expect(decodeClamResults(RESULTS.subarray(0, -1))).toMatchObject({ ok: false, code: 'PROTOBUF_INVALID' })
})
