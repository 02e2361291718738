import { randomBytes } from 'node:crypto'
import { decodeClamResults } from '@guardimesh/contracts/ingest/decode-clam-result'
import { INGEST_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { type Draft, messages } from '@guardimesh/contracts/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FindingFacts, ScanOutcome } from '../results/finding-facts.js'
import { buildResults, cutText } from './build-result.js'

const node = { clusterId: 'c', nodeName: 'n', hostIp: '10.0.0.1' }
const engine = { signatureGeneration: 'g', engineVersion: 'ClamAV' }
const aFinding = (over: Partial<FindingFacts> = {}): FindingFacts => ({
  signatureName: 'Test',
  path: Buffer.from('/tmp/x'),
  scanSource: 'upperdir',
  sha256: Buffer.alloc(32),
  sizeBytes: 1,
  layer: 'upperdir',
  ownerUid: 0,
  ownerGid: 0,
  mode: 0o100644,
  modifiedAtMs: 1,
  changedAtMs: 1,
  engine: 'clamav',
  engineVersion: 'ClamAV',
  severity: 'high',
  description: 'Test.',
  detectedAtMs: 1,
  ...over,
})
const aContainer = (over: Draft<'ContainerInfo'> = {}) =>
  messages.ContainerInfo.decode(messages.ContainerInfo.encode({ containerId: 'id', ...over }).finish()) as ScanOutcome['container']
const anOutcome = (over: Partial<ScanOutcome> = {}): ScanOutcome => ({
  container: aContainer(),
  trigger: 'schedule',
  startedAtMs: 1,
  finishedAtMs: 2,
  filesScanned: 3,
  bytesScanned: 4,
  filesCached: 5,
  findings: [],
  notScanned: [],
  ...over,
})
const decode = (outcome: ScanOutcome) =>
  buildResults(outcome, node, engine).map(({ payload }) => {
    const decoded = decodeClamResults(payload)
    if (!decoded.ok) throw new Error(decoded.message)
    return { sizeBytes: payload.length, ...decoded.value.results[0] }
  })

describe('buildResults', () => {
  test('builds one result with counts for a clean scan', () => {
    expect(decode(anOutcome())).toMatchObject([{ filesScanned: 3, bytesScanned: 4, filesCached: 5, findings: [], trigger: 2 }])
  })

  test.each([
    {
      name: 'a Kubernetes pod',
      container: { podName: 'web-0', podUid: 'u', containerName: 'web' },
      expected: { podName: 'web-0', podUid: 'u' },
    },
    { name: 'a container outside Kubernetes', container: { containerName: 'web' }, expected: { podName: 'web', podUid: 'id' } },
    { name: 'a container without a name', container: {}, expected: { podName: 'id', podUid: 'id' } },
  ])('reports $name as its pod', ({ container, expected }) => {
    expect(decode(anOutcome({ container: aContainer(container) }))).toMatchObject([expected])
  })

  test('truncates values of a hostile container so that the backend accepts them', () => {
    const process = {
      pid: 1,
      parentPid: 0,
      exe: randomBytes(9000),
      commandLine: randomBytes(9000),
      parentName: 'ü'.repeat(99),
      uid: 0,
      startedAtMs: -5,
    }
    const finding = aFinding({ path: randomBytes(9000), description: '\0é'.repeat(2000), modifiedAtMs: 9e18, process })
    const [result] = decode(anOutcome({ findings: [finding] }))
    expect(result?.findings?.[0]?.path).toHaveLength(INGEST_LIMITS.pathBytes)
  })

  test.each([
    { name: 'the year 2445', modifiedAtMs: 15_000_000_000_000, expected: 15_000_000_000_000 },
    { name: 'the year 10000', modifiedAtMs: INGEST_LIMITS.fileTimeMs + 1, expected: 0 },
    { name: 'the year 1811', modifiedAtMs: -5_000_000_000_000, expected: 0 },
  ])('reports a file time, or none when it is out of range: $name', ({ modifiedAtMs, expected }) => {
    const [result] = decode(anOutcome({ findings: [aFinding({ modifiedAtMs })] }))
    expect(result?.findings?.[0]?.modifiedAtMs).toBe(expected)
  })

  test('splits many findings into results that can be sent even when they are incompressible', () => {
    const findings = Array.from({ length: 1500 }, () => aFinding({ path: randomBytes(4096) }))
    const notScanned = Array.from({ length: 1200 }, (_, n) => ({
      reason: 'not_regular' as const,
      path: Buffer.from(`/${n}`),
      count: 1,
      sizeBytes: 0,
      detail: 'fifo',
    }))
    const results = decode(anOutcome({ findings, notScanned }))
    expect(results.length).toBeGreaterThan(10)
    expect(Math.max(...results.map(({ sizeBytes }) => sizeBytes))).toBeLessThan(600 * 1024)
    expect(results.flatMap((result) => result.findings ?? [])).toHaveLength(1500)
    expect(results.flatMap((result) => result.coverage ?? [])).toHaveLength(1200)
    expect(results.map(({ filesScanned }) => filesScanned).filter(Boolean)).toEqual([3])
  })
})

/** Any code points of 1 to 4 bytes in UTF-8, with NUL and lone surrogates. The unit 'binary' of fast-check takes almost a second to build. */
const codePoint = fc
  .oneof(...[0x7f, 0x7ff, 0xffff, 0x10ffff].map((max) => fc.integer({ min: 0, max })))
  .map((code) => String.fromCodePoint(code))

test('cutText respects the limit, cuts at a character boundary, and keeps a text that fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint, maxLength: 60 }), fc.integer({ min: 4, max: 80 }), (text, maxBytes) => {
      const cut = cutText(text, maxBytes)
      const whole = text.replaceAll('\0', '').toWellFormed()
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxBytes)
      expect(whole.startsWith(cut)).toBe(true)
      if (Buffer.byteLength(whole) <= maxBytes) expect(cut).toBe(whole)
    }),
  )
})
