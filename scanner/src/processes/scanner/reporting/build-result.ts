import { COVERAGE_REASONS } from '@guardimesh/contracts/detection/coverage-reason'
import { SCAN_SOURCES, SCAN_TRIGGERS } from '@guardimesh/contracts/detection/scan-source'
import { SEVERITIES } from '@guardimesh/contracts/detection/severity'
import { toWireNumber } from '@guardimesh/contracts/detection/wire-number'
import { INGEST_LIMITS as LIMITS } from '@guardimesh/contracts/ingest/limits'
import { type ContainerInfoMessage, type Draft, messages } from '@guardimesh/contracts/messages'
import { KIB_BYTES } from '@guardimesh/contracts/units'
import { uuidV7 } from '@guardimesh/kit'
import type { SpoolRecord } from '../../../report/spool-record.js'
import type { NotScanned, ProcessFacts } from '../../../sources/found-file.js'
import type { FindingFacts, ScanOutcome } from '../results/finding-facts.js'

/** Facts of the node that every result contains. */
export interface NodeFacts {
  readonly clusterId: string
  readonly nodeName: string
  readonly hostIp: string
}

/** Signatures and engine version at the end of a scan. */
export interface EngineFacts {
  readonly signatureGeneration: string
  readonly engineVersion: string
}

/** Far below the maximum request size, so that even an incompressible result can be sent. */
const RESULT_MAX_BYTES = 512 * KIB_BYTES

/**
 * Builds the encoded results of a scan: usually one, several when findings or coverage exceed the limits of a result. Only the first one
 * contains the file counts, so that sums over results are correct. Values that exceed their limit are truncated, and characters that
 * PostgreSQL rejects are removed.
 */
export function buildResults(outcome: ScanOutcome, node: NodeFacts, engine: EngineFacts): SpoolRecord[] {
  const { container } = outcome
  const common: Draft<'ClamResult'> = {
    ...node,
    clusterId: cutText(node.clusterId, LIMITS.clusterIdBytes),
    namespace: cutText(container.namespace, LIMITS.nameBytes),
    ...podIdentity(container),
    containerName: cutText(container.containerName, LIMITS.nameBytes),
    containerId: cutText(container.containerId, LIMITS.idBytes),
    image: cutText(container.image, LIMITS.imageBytes),
    imageDigest: cutText(container.imageDigest, LIMITS.idBytes),
    podIp: cutText(container.podIp, LIMITS.shortBytes),
    trigger: toWireNumber(SCAN_TRIGGERS, outcome.trigger),
    startedAtMs: outcome.startedAtMs,
    finishedAtMs: outcome.finishedAtMs,
    signatureGeneration: cutText(engine.signatureGeneration, LIMITS.idBytes),
    engineVersion: cutText(engine.engineVersion, LIMITS.idBytes),
  }
  const findings = outcome.findings.map((finding) => messages.Finding.create(findingDraft(finding, common.signatureGeneration ?? '')))
  const coverage = outcome.notScanned.map((entry) => messages.Coverage.create(coverageDraft(entry)))
  const { filesScanned, bytesScanned, filesCached } = outcome
  return chunks(findings, coverage).map((chunk, index) => {
    const counts = index === 0 ? { filesScanned, bytesScanned, filesCached } : {}
    const payload = messages.ClamResult.encode({ ...common, ...counts, ...chunk, resultId: uuidV7() }).finish()
    return { payload, findings: chunk.findings.length, atMs: outcome.finishedAtMs }
  })
}

/** Returns the pod of a container. A container outside Kubernetes counts as a pod of its own name, in results and inventory. Pure. */
export function podIdentity({ podName, podUid, containerName, containerId }: ContainerInfoMessage) {
  return {
    podName: cutText(podName || containerName || containerId, LIMITS.nameBytes),
    podUid: cutText(podUid || containerId, LIMITS.shortBytes),
  }
}

type Chunk = { findings: Draft<'Finding'>[]; coverage: Draft<'Coverage'>[] }

/** Splits the lists into parts that fit into a result each; always returns at least one part. */
function chunks(findings: readonly Draft<'Finding'>[], coverage: readonly Draft<'Coverage'>[]): Chunk[] {
  const parts: Chunk[] = [{ findings: [], coverage: [] }]
  let sizeBytes = 0
  const partFor = (bytes: number, list: 'findings' | 'coverage', max: number): Chunk => {
    const last = parts.at(-1) as Chunk
    if (sizeBytes + bytes <= RESULT_MAX_BYTES && last[list].length < max) {
      sizeBytes += bytes
      return last
    }
    sizeBytes = bytes
    parts.push({ findings: [], coverage: [] })
    return parts.at(-1) as Chunk
  }
  for (const finding of findings)
    partFor(messages.Finding.encode(finding).finish().length, 'findings', LIMITS.findingsPerResult).findings.push(finding)
  for (const entry of coverage)
    partFor(messages.Coverage.encode(entry).finish().length, 'coverage', LIMITS.coveragePerResult).coverage.push(entry)
  return parts
}

function findingDraft(finding: FindingFacts, signatureGeneration: string): Draft<'Finding'> {
  return {
    ...finding,
    findingId: uuidV7(),
    signatureName: cutText(finding.signatureName, LIMITS.signatureNameBytes),
    path: finding.path.subarray(0, LIMITS.pathBytes),
    scanSource: toWireNumber(SCAN_SOURCES, finding.scanSource),
    layer: cutText(finding.layer, LIMITS.sentenceBytes),
    modifiedAtMs: knownFileTime(finding.modifiedAtMs),
    changedAtMs: knownFileTime(finding.changedAtMs),
    process: finding.process ? processDraft(finding.process) : null,
    engine: cutText(finding.engine, LIMITS.shortBytes),
    engineVersion: cutText(finding.engineVersion, LIMITS.idBytes),
    signatureGeneration,
    severity: toWireNumber(SEVERITIES, finding.severity),
    description: cutText(finding.description, LIMITS.descriptionBytes),
  }
}

function processDraft(process: ProcessFacts): Draft<'Process'> {
  return {
    ...process,
    exe: process.exe.subarray(0, LIMITS.pathBytes),
    commandLine: process.commandLine.subarray(0, LIMITS.commandLineBytes),
    parentName: cutText(process.parentName, LIMITS.shortBytes),
    startedAtMs: Math.max(0, process.startedAtMs),
  }
}

function coverageDraft(entry: NotScanned): Draft<'Coverage'> {
  return {
    ...entry,
    reason: toWireNumber(COVERAGE_REASONS, entry.reason),
    path: entry.path.subarray(0, LIMITS.pathBytes),
    detail: cutText(entry.detail, LIMITS.sentenceBytes),
  }
}

/** Returns 0, which means unknown, for a time that cannot be reported. Containers can set any time on their files. */
function knownFileTime(ms: number): number {
  return ms >= 0 && ms <= LIMITS.fileTimeMs ? Math.trunc(ms) : 0
}

/** Truncates a text to a number of UTF-8 bytes, at a character boundary, and removes NUL, which PostgreSQL rejects. Pure. */
export function cutText(text: string, maxBytes: number): string {
  const clean = text.replaceAll('\0', '').toWellFormed()
  if (clean.length * 3 <= maxBytes) return clean
  const bytes = Buffer.from(clean)
  if (bytes.length <= maxBytes) return clean
  let end = maxBytes
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end).toString('utf8')
}
