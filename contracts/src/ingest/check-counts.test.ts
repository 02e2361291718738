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

const unknownFields = (count: number) => Buffer.alloc(3 * count, Buffer.of(0xf8, 0x07, 0x01)) // field 127, varint 1
const nested = (field: number, content: Uint8Array) => {
  const length: number[] = []
  for (let rest = content.length; ; rest >>>= 7) {
    length.push(rest >= 128 ? (rest & 127) | 128 : rest)
    if (rest < 128) break
  }
  const tag = field < 16 ? [(field << 3) | 2] : [((field << 3) & 127) | 128 | 2, field >>> 4]
  return Buffer.concat([Buffer.from([...tag, ...length]), content])
}

test.each([
  { name: 'of a result', body: Buffer.concat([single(0, 0), nested(2, Buffer.from('c')), unknownFields(5_600_000)]) },
  { name: 'inside a finding', body: nested(19, unknownFields(5_000_000)) },
  { name: 'inside the process of a finding', body: nested(19, nested(13, unknownFields(5_000_000))) },
  { name: 'inside coverage', body: nested(20, unknownFields(5_000_000)) },
  { name: 'inside a sighting', body: nested(103, unknownFields(5_000_000)) },
  { name: 'inside a gap', body: nested(102, unknownFields(5_000_000)) },
  { name: 'inside a group', body: Buffer.concat([Buffer.of(0x0b), unknownFields(5_000_000), Buffer.of(0x0c)]) },
])('rejects millions of unknown fields $name after a bounded amount of work', ({ body }) => {
  const startedAtMs = performance.now()
  expect(decodeClamResults(body)).toMatchObject({ ok: false, code: expect.stringMatching(/^(RESULT|PROTOBUF)_INVALID$/) })
  expect(performance.now() - startedAtMs).toBeLessThan(50)
})

test.each([
  { name: 'the node', body: nested(102, unknownFields(5_000_000)) },
  { name: 'a container', body: nested(101, nested(9, unknownFields(5_000_000))) },
])('rejects millions of unknown fields inside $name', ({ body }) => {
  expect(decodePodLogs(body)).toMatchObject({ ok: false, code: 'RESULT_INVALID', message: expect.stringContaining('more than 64 fields') })
})

test('rejects a body whose messages together have too many fields', () => {
  const finding = { signatureName: 'a', path: Buffer.from('a'), ownerUid: 1, ownerGid: 1, mode: 1, sizeBytes: 1 }
  const results = times(100, { findings: times(LIMITS.findingsPerResult, finding) })
  expect(decodeClamResults(messages.ClamResultBatch.encode({ results }).finish())).toMatchObject({ ok: false, code: 'BODY_TOO_LARGE' })
})

test('rejects millions of empty entries in a small body before decoding them', () => {
  const body = Buffer.alloc(LIMITS.bodyBytes)
  for (let at = 0; at < body.length - 3; at += 3) body.set([0xaa, 0x06, 0x00], at)
  const heapBefore = process.memoryUsage().heapUsed
  expect(decodeClamResults(body.subarray(0, body.length - 1))).toMatchObject({ ok: false, code: 'RESULT_INVALID' })
  expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(50_000_000)
})
