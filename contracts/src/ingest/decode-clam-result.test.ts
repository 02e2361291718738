import { describe, expect, test } from 'vitest'
import { type Draft, messages } from '../messages.js'
import { aFinding, aGap, aResult, aSighting, aUuid } from './builders.fixture.js'
import { decodeClamResults } from './decode-clam-result.js'
import { INGEST_LIMITS } from './limits.js'

const encodeSingle = (draft: Draft<'ClamResult'>) => messages.ClamResult.encode(draft).finish()
const encodeBatch = (draft: Draft<'ClamResultBatch'>) => messages.ClamResultBatch.encode(draft).finish()

describe('accepts', () => {
  test('a single result with every field', () => {
    const decoded = decodeClamResults(encodeSingle(aResult({ findings: [aFinding({ process: { pid: 7 } })] })))
    expect(decoded).toMatchObject({ ok: true, value: { gaps: [], results: [{ clusterId: 'c1', findings: [{ process: { pid: 7 } }] }] } })
  })

  test('a batch with results and gaps', () => {
    const decoded = decodeClamResults(encodeBatch({ results: [aResult(), aResult()], gaps: [aGap()] }))
    expect(decoded.ok && [decoded.value.results.length, decoded.value.gaps.length]).toEqual([2, 1])
  })

  test('a batch with only gaps', () => {
    const decoded = decodeClamResults(encodeBatch({ gaps: [aGap()] }))
    expect(decoded.ok && decoded.value.results).toEqual([])
  })

  test('a batch with only sightings, with every field', () => {
    const decoded = decodeClamResults(encodeBatch({ sightings: [aSighting({ cleanGeneration: 'g1', path: Uint8Array.of(0xff) })] }))
    expect(decoded).toMatchObject({
      ok: true,
      value: {
        results: [],
        gaps: [],
        sightings: [{ containerId: 'abc', cleanGeneration: 'g1', path: Buffer.of(0xff), lastSeenAtMs: 2 }],
      },
    })
  })

  test('unknown fields of a newer version, and ignores them', () => {
    const unknownField = Uint8Array.of(0xf8, 0x07, 0x01) // field 127, varint 1
    const decoded = decodeClamResults(Buffer.concat([encodeSingle(aResult()), unknownField]))
    expect(decoded.ok).toBe(true)
  })
})

describe('rejects', () => {
  test.each([
    { name: 'nothing', body: new Uint8Array(), code: 'PROTOBUF_INVALID' },
    { name: 'text', body: Buffer.from('hello world'), code: 'PROTOBUF_INVALID' },
    { name: 'an end in the middle', body: encodeSingle(aResult()).subarray(0, 10), code: 'PROTOBUF_INVALID' },
    { name: 'a wrong wire type', body: Uint8Array.of(0x0f), code: 'PROTOBUF_INVALID' },
    { name: 'text that is not UTF-8', body: Uint8Array.of(0x12, 0x01, 0xff), code: 'PROTOBUF_INVALID' },
  ])('$name', ({ body, code }) => expect(decodeClamResults(body)).toMatchObject({ ok: false, code }))

  test.each<{ name: string; draft: Draft<'ClamResult'>; expectedText: string }>([
    { name: 'no result id', draft: aResult({ resultId: new Uint8Array() }), expectedText: 'result_id' },
    { name: 'a UUIDv4', draft: aResult({ resultId: aUuid(0x40) }), expectedText: 'result_id' },
    { name: 'no cluster', draft: aResult({ clusterId: '' }), expectedText: 'cluster_id' },
    { name: 'no node', draft: aResult({ nodeName: '' }), expectedText: 'node_name' },
    { name: 'no container', draft: aResult({ containerId: '' }), expectedText: 'container_id' },
    { name: 'a NUL in a name', draft: aResult({ podName: 'a\0b' }), expectedText: 'NUL' },
    { name: 'a pod name of 254 bytes', draft: aResult({ podName: 'ä'.repeat(127) }), expectedText: 'pod_name' },
    { name: 'no trigger', draft: aResult({ trigger: 0 }), expectedText: 'trigger' },
    { name: 'an unknown trigger', draft: aResult({ trigger: 99 as never }), expectedText: 'trigger' },
    { name: 'a moment after the year 2200', draft: aResult({ startedAtMs: 9e15 }), expectedText: 'started_at_ms' },
    { name: 'a count beyond 2^53', draft: aResult({ filesScanned: 2 ** 60 }), expectedText: 'files_scanned' },
    {
      name: 'a file of the year 10000',
      draft: aResult({ findings: [aFinding({ modifiedAtMs: INGEST_LIMITS.fileTimeMs + 1 })] }),
      expectedText: 'modified_at_ms',
    },
    {
      name: 'a path of 4097 bytes',
      draft: aResult({ findings: [aFinding({ path: new Uint8Array(4097) })] }),
      expectedText: 'findings[0].path',
    },
    { name: 'half a hash', draft: aResult({ findings: [aFinding({ sha256: new Uint8Array(16) })] }), expectedText: 'sha256' },
    { name: 'no severity', draft: aResult({ findings: [aFinding({ severity: 0 })] }), expectedText: 'severity' },
    { name: 'no source', draft: aResult({ findings: [aFinding({ scanSource: 0 })] }), expectedText: 'scan_source' },
    { name: 'no signature', draft: aResult({ findings: [aFinding({ signatureName: '' })] }), expectedText: 'signature_name' },
    {
      name: 'a long command line',
      draft: aResult({ findings: [aFinding({ process: { commandLine: new Uint8Array(1025) } })] }),
      expectedText: 'command_line',
    },
    { name: 'an unknown coverage reason', draft: aResult({ coverage: [{ reason: 77 as never }] }), expectedText: 'coverage[0].reason' },
    {
      name: 'too many findings',
      draft: aResult({ findings: Array.from({ length: INGEST_LIMITS.findingsPerResult + 1 }, () => aFinding()) }),
      expectedText: 'findings',
    },
  ])('$name', ({ draft, expectedText }) => {
    const decoded = decodeClamResults(encodeSingle(draft))
    expect(decoded).toMatchObject({ ok: false, code: 'RESULT_INVALID', message: expect.stringContaining(expectedText) })
  })

  test.each<{ name: string; draft: Draft<'FileSighting'>; expectedText: string }>([
    { name: 'no cluster', draft: aSighting({ clusterId: '' }), expectedText: 'cluster_id is missing' },
    { name: 'no node', draft: aSighting({ nodeName: '' }), expectedText: 'node_name is missing' },
    { name: 'no container', draft: aSighting({ containerId: '' }), expectedText: 'container_id is missing' },
    { name: 'no hash', draft: aSighting({ sha256: new Uint8Array() }), expectedText: 'sha256 has 0 bytes' },
    { name: 'half a hash', draft: aSighting({ sha256: new Uint8Array(16) }), expectedText: 'sha256 has 16 bytes' },
    { name: 'half an MD5', draft: aSighting({ md5: new Uint8Array(8) }), expectedText: 'md5 has 8 bytes, must have 16 or none' },
    { name: 'no source', draft: aSighting({ scanSource: 0 }), expectedText: 'scan_source' },
    { name: 'a path of 4097 bytes', draft: aSighting({ path: new Uint8Array(4097) }), expectedText: 'path' },
    { name: 'an image of 513 bytes', draft: aSighting({ image: 'x'.repeat(513) }), expectedText: 'image' },
    { name: 'a NUL in a generation', draft: aSighting({ cleanGeneration: 'a\0' }), expectedText: 'NUL' },
    { name: 'a size beyond 2^53', draft: aSighting({ sizeBytes: 2 ** 60 }), expectedText: 'size_bytes' },
    { name: 'a moment after the year 2200', draft: aSighting({ lastSeenAtMs: 9e15 }), expectedText: 'last_seen_at_ms' },
    { name: 'an end before its begin', draft: aSighting({ firstSeenAtMs: 3 }), expectedText: 'last_seen_at_ms is before first_seen_at_ms' },
  ])('a sighting with $name', ({ draft, expectedText }) => {
    const decoded = decodeClamResults(encodeBatch({ sightings: [aSighting(), draft] }))
    expect(decoded).toMatchObject({ ok: false, code: 'RESULT_INVALID', message: expect.stringContaining(expectedText) })
    expect(decoded.ok || decoded.message).toContain('sightings[1]')
  })

  test('501 results in a batch', () => {
    const decoded = decodeClamResults(encodeBatch({ results: Array.from({ length: 501 }, () => aResult()) }))
    expect(decoded).toMatchObject({ ok: false, code: 'RESULT_INVALID', message: 'results has 501 entries, the maximum is 500' })
  })

  test('a batch with one invalid result, and names the result', () => {
    const decoded = decodeClamResults(encodeBatch({ results: [aResult(), aResult({ nodeName: '' })] }))
    expect(decoded).toMatchObject({ ok: false, message: 'results[1].node_name is missing' })
  })
})
