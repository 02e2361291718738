import { expect, test } from 'vitest'
import { type Draft, messages } from '../messages.js'
import { decodePodLogs } from './decode-pod-log.js'

const aPod = (changes: Draft<'PodLog'> = {}): Draft<'PodLog'> => ({ clusterId: 'c1', nodeName: 'n1', podName: 'p1', ...changes })
const encodeBatch = (draft: Draft<'PodLogBatch'>) => messages.PodLogBatch.encode(draft).finish()

test('accepts a single pod without a node', () => {
  expect(decodePodLogs(messages.PodLog.encode(aPod()).finish())).toMatchObject({
    ok: true,
    value: { complete: false, node: null, pods: [{ podName: 'p1', containers: [] }] },
  })
})

test('accepts a batch with its node', () => {
  const body = encodeBatch({ pods: [aPod()], node: { clusterId: 'c1', nodeName: 'n1' }, complete: true })
  expect(decodePodLogs(body)).toMatchObject({ ok: true, value: { complete: true, node: { nodeName: 'n1' } } })
})

const aNode = (changes: Draft<'NodeStatus'>): Draft<'PodLogBatch'> => ({ node: { clusterId: 'c1', nodeName: 'n1', ...changes } })

test('accepts the signature facts of a node', () => {
  const facts = {
    signaturesLoadedAtMs: 1_795_000_000_000,
    signaturesLoadMs: 12_000,
    signaturesMemoryBytes: 1_300_000_000,
    signaturesPulledBytes: 250_000,
    signaturesRefusedGeneration: 'g2',
    signaturesRefusal: 'too large',
  }
  expect(decodePodLogs(encodeBatch(aNode(facts)))).toMatchObject({ ok: true, value: { node: facts } })
})

test.each([
  { name: 'a moment after the year 2200', changes: { signaturesLoadedAtMs: 8_000_000_000_000 } },
  { name: 'a name of 129 bytes', changes: { signaturesRefusedGeneration: 'g'.repeat(129) } },
  { name: 'a reason of 513 bytes', changes: { signaturesRefusal: 'x'.repeat(513) } },
])('rejects invalid signature facts of a node: $name', ({ changes }) => {
  expect(decodePodLogs(encodeBatch(aNode(changes)))).toMatchObject({ ok: false, code: 'RESULT_INVALID' })
})

test.each([
  { name: 'an empty body', body: new Uint8Array(), code: 'PROTOBUF_INVALID' },
  { name: 'a pod without a name', body: messages.PodLog.encode(aPod({ podName: '' })).finish(), code: 'RESULT_INVALID' },
  { name: 'a complete inventory without a node', body: encodeBatch({ pods: [aPod()], complete: true }), code: 'RESULT_INVALID' },
  { name: 'a node without a name', body: encodeBatch({ node: { clusterId: 'c1' } }), code: 'RESULT_INVALID' },
  {
    name: 'a pod of 101 containers',
    body: encodeBatch({ pods: [aPod({ containers: Array.from({ length: 101 }, () => ({ name: 'c' })) })] }),
    code: 'RESULT_INVALID',
  },
])('rejects $name', ({ body, code }) => expect(decodePodLogs(body)).toMatchObject({ ok: false, code }))
