import { gzipSync } from 'node:zlib'
import { messages, PROTOBUF_MEDIA_TYPE } from '@guardimesh/contracts'
import protobuf from 'protobufjs/minimal.js'
import { aFinding, aResult, aSighting, batchBody } from '../ingest-messages.js'
import type { SeededRandom } from './seeded-random.js'

/** Headers of a body of `compress`. */
export const GZIP_HEADERS = { 'content-type': PROTOBUF_MEDIA_TYPE, 'content-encoding': 'gzip' }

/** Changes bytes, cuts, repeats or inserts a part. */
export function mutate(body: Uint8Array, random: SeededRandom): Uint8Array {
  const bytes = Buffer.from(body)
  const at = random.int(bytes.length)
  const kind = random.int(5)
  if (kind === 0) bytes[at] = random.int(256)
  if (kind === 1) return bytes.subarray(0, at)
  if (kind === 2) return Buffer.concat([bytes.subarray(0, at), bytes])
  if (kind === 3) return Buffer.concat([bytes.subarray(0, at), random.bytes(random.int(20, 1)), bytes.subarray(at)])
  for (let changes = 0; changes < 8; changes++) bytes[random.int(bytes.length)] = random.int(256)
  return bytes
}

/** Valid ingest requests with all kinds of messages, to be mutated. */
export const INGEST_REQUESTS = [
  {
    path: '/api/v1/scan/results',
    buildBody: () => batchBody([aResult({ findings: [aFinding()], coverage: [{ reason: 1, count: 1 }] })], [], [aSighting()]),
  },
  {
    path: '/api/v1/pods/logs',
    buildBody: () => {
      const pod = { clusterId: 'c', nodeName: 'n', podName: 'p', containers: [{ name: 'web' }], observedAtMs: Date.now() }
      const node = { clusterId: 'c', nodeName: 'n', observedAtMs: Date.now() }
      return messages.PodLogBatch.encode({ pods: [pod], node, complete: true }).finish()
    },
  },
] as const

/** Fields that no message has: three bytes each, which compress a thousand times. */
export function unknownFields(count: number): Buffer {
  return Buffer.alloc(3 * count, Buffer.of(0xf8, 0x07, 0x01))
}

/**
 * A small body that decodes to as much as the backend accepts, and is invalid at its end: results with the most findings, each with unknown
 * fields up to the maximum, and a result without an id.
 */
export function fieldsAtLimit(): Buffer {
  const finding = Buffer.concat([messages.Finding.encode(aFinding()).finish(), unknownFields(40)])
  const findings = Array.from({ length: 1000 }, () => lengthDelimited(19, finding))
  const result = Buffer.concat([messages.ClamResult.encode(aResult({ findings: [] })).finish(), ...findings])
  const results = Array.from({ length: 6 }, () => lengthDelimited(101, result))
  return Buffer.concat([...results, lengthDelimited(101, new Uint8Array())])
}

/** Encodes a field with bytes. */
function lengthDelimited(field: number, bytes: Uint8Array): Uint8Array {
  return protobuf.Writer.create()
    .uint32((field << 3) | 2)
    .bytes(bytes)
    .finish()
}

/** Compresses a body as much as possible. */
export function compress(body: Uint8Array): Buffer {
  return gzipSync(body, { level: 9 })
}

/** A small body with a valid result and millions of unknown fields, about 16 MB after decompression. */
export function unknownFieldsBomb(): Buffer {
  return compress(Buffer.concat([messages.ClamResult.encode(aResult()).finish(), unknownFields(5_500_000)]))
}
