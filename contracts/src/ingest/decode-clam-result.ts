import { COVERAGE_REASONS } from '../detection/coverage-reason.js'
import { SCAN_SOURCES, SCAN_TRIGGERS } from '../detection/scan-source.js'
import { SEVERITIES } from '../detection/severity.js'
import {
  type ClamResultMessage,
  type CoverageMessage,
  type FileSightingMessage,
  type FindingMessage,
  type GapMessage,
  messages,
  type ProcessMessage,
} from '../messages.js'
import { checkCounts, type ListBound } from './check-counts.js'
import { checkBytes, checkEnum, checkFileTime, checkString, checkTimestamp, checkUnsigned, checkUuid } from './check-field.js'
import { type Decoded, decodeBody, refuse } from './decoded.js'
import { BATCH_FIELDS_FROM, firstFieldNumber } from './first-field.js'
import { INGEST_LIMITS as LIMITS } from './limits.js'
import { partsOf, runSteps, type Steps } from './steps.js'

/** Results, gaps and sightings of one request. */
export interface DecodedResults {
  readonly results: readonly ClamResultMessage[]
  readonly gaps: readonly GapMessage[]
  readonly sightings: readonly FileSightingMessage[]
}

/** Field numbers from clam_result.proto. */
const FINDING_LISTS: readonly ListBound[] = [{ name: 'process', field: 13, max: 1 }]
const RESULT_LISTS: readonly ListBound[] = [
  { name: 'findings', field: 19, max: LIMITS.findingsPerResult, inside: FINDING_LISTS },
  { name: 'coverage', field: 20, max: LIMITS.coveragePerResult },
]
const BATCH_LISTS: readonly ListBound[] = [
  { name: 'results', field: 101, max: LIMITS.resultsPerBatch, inside: RESULT_LISTS },
  { name: 'gaps', field: 102, max: LIMITS.gapsPerBatch },
  { name: 'sightings', field: 103, max: LIMITS.sightingsPerBatch },
]

/**
 * Decodes a body of `POST /api/v1/scan/results`: one ClamResult or a ClamResultBatch, distinguished by the first field's number.
 * Checks every field against INGEST_LIMITS; nothing is truncated or repaired.
 *
 * @param body decompressed bytes.
 * @returns a failure with PROTOBUF_INVALID for malformed bytes, RESULT_INVALID for a field out of bounds.
 */
export function decodeClamResults(body: Uint8Array): Decoded<DecodedResults> {
  return runSteps(decodeClamResultsInSteps(body))
}

/** Like `decodeClamResults`, in steps: a large body takes tens of milliseconds. */
export function decodeClamResultsInSteps(body: Uint8Array): Steps<Decoded<DecodedResults>> {
  return decodeBody(function* () {
    const first = firstFieldNumber(body)
    if (first === undefined) refuse('PROTOBUF_INVALID', 'the body is empty; send a ClamResult or a ClamResultBatch')
    const isSingle = first < BATCH_FIELDS_FROM
    yield* checkCounts(body, isSingle ? RESULT_LISTS : BATCH_LISTS)
    const decoded = isSingle ? readSingle(body) : yield* readBatch(body)
    yield* checkFields(decoded)
    return decoded
  })
}

function readSingle(body: Uint8Array): DecodedResults {
  return { results: [messages.ClamResult.decode(body) as ClamResultMessage], gaps: [], sightings: [] }
}

function* readBatch(body: Uint8Array): Steps<DecodedResults> {
  const batch = { results: [] as ClamResultMessage[], gaps: [] as GapMessage[], sightings: [] as FileSightingMessage[] }
  for (const bytes of partsOf(body)) {
    const part = messages.ClamResultBatch.decode(bytes)
    batch.results.push(...(part.results as ClamResultMessage[]))
    batch.gaps.push(...(part.gaps as GapMessage[]))
    batch.sightings.push(...(part.sightings as FileSightingMessage[]))
    yield
  }
  return batch
}

function* checkFields({ results, gaps, sightings }: DecodedResults): Steps<void> {
  for (const [index, result] of results.entries()) {
    checkResult(`results[${index}]`, result)
    yield
  }
  for (const [index, gap] of gaps.entries()) checkGap(`gaps[${index}]`, gap)
  for (const [index, sighting] of sightings.entries()) {
    checkSighting(`sightings[${index}]`, sighting)
    yield
  }
}

function checkResult(name: string, result: ClamResultMessage): void {
  checkUuid(`${name}.result_id`, result.resultId)
  checkString(`${name}.cluster_id`, result.clusterId, LIMITS.clusterIdBytes, 1)
  checkString(`${name}.node_name`, result.nodeName, LIMITS.nameBytes, 1)
  checkString(`${name}.namespace`, result.namespace, LIMITS.nameBytes)
  checkString(`${name}.pod_name`, result.podName, LIMITS.nameBytes)
  checkString(`${name}.pod_uid`, result.podUid, LIMITS.shortBytes)
  checkString(`${name}.container_name`, result.containerName, LIMITS.nameBytes)
  checkString(`${name}.container_id`, result.containerId, LIMITS.idBytes, 1)
  checkString(`${name}.image`, result.image, LIMITS.imageBytes)
  checkString(`${name}.image_digest`, result.imageDigest, LIMITS.idBytes)
  checkString(`${name}.pod_ip`, result.podIp, LIMITS.shortBytes)
  checkString(`${name}.host_ip`, result.hostIp, LIMITS.shortBytes)
  checkEnum(`${name}.trigger`, result.trigger, SCAN_TRIGGERS.length)
  checkTimestamp(`${name}.started_at_ms`, result.startedAtMs)
  checkTimestamp(`${name}.finished_at_ms`, result.finishedAtMs)
  checkUnsigned(`${name}.files_scanned`, result.filesScanned)
  checkUnsigned(`${name}.bytes_scanned`, result.bytesScanned)
  checkUnsigned(`${name}.files_cached`, result.filesCached)
  checkString(`${name}.signature_generation`, result.signatureGeneration, LIMITS.idBytes)
  checkString(`${name}.engine_version`, result.engineVersion, LIMITS.idBytes)
  for (const [index, finding] of result.findings.entries()) checkFinding(`${name}.findings[${index}]`, finding)
  for (const [index, entry] of result.coverage.entries()) checkCoverage(`${name}.coverage[${index}]`, entry)
}

function checkFinding(name: string, finding: FindingMessage): void {
  checkUuid(`${name}.finding_id`, finding.findingId)
  checkString(`${name}.signature_name`, finding.signatureName, LIMITS.signatureNameBytes, 1)
  checkBytes(`${name}.path`, finding.path, LIMITS.pathBytes)
  checkEnum(`${name}.scan_source`, finding.scanSource, SCAN_SOURCES.length)
  const hashBytes = finding.sha256.length
  if (hashBytes !== 0 && hashBytes !== LIMITS.sha256Bytes)
    refuse('RESULT_INVALID', `${name}.sha256 has ${hashBytes} bytes, must have 32 or none`)
  checkUnsigned(`${name}.size_bytes`, finding.sizeBytes)
  checkString(`${name}.layer`, finding.layer, LIMITS.sentenceBytes)
  checkFileTime(`${name}.modified_at_ms`, finding.modifiedAtMs)
  checkFileTime(`${name}.changed_at_ms`, finding.changedAtMs)
  checkString(`${name}.engine`, finding.engine, LIMITS.shortBytes)
  checkString(`${name}.engine_version`, finding.engineVersion, LIMITS.idBytes)
  checkString(`${name}.signature_generation`, finding.signatureGeneration, LIMITS.idBytes)
  checkEnum(`${name}.severity`, finding.severity, SEVERITIES.length)
  checkString(`${name}.description`, finding.description, LIMITS.descriptionBytes)
  checkTimestamp(`${name}.detected_at_ms`, finding.detectedAtMs)
  if (finding.process) checkProcess(`${name}.process`, finding.process as ProcessMessage)
}

function checkProcess(name: string, process: ProcessMessage): void {
  checkBytes(`${name}.exe`, process.exe, LIMITS.pathBytes)
  checkBytes(`${name}.command_line`, process.commandLine, LIMITS.commandLineBytes)
  checkString(`${name}.parent_name`, process.parentName, LIMITS.shortBytes)
  checkTimestamp(`${name}.started_at_ms`, process.startedAtMs)
}

function checkCoverage(name: string, entry: CoverageMessage): void {
  checkEnum(`${name}.reason`, entry.reason, COVERAGE_REASONS.length)
  checkBytes(`${name}.path`, entry.path, LIMITS.pathBytes)
  checkUnsigned(`${name}.count`, entry.count)
  checkUnsigned(`${name}.size_bytes`, entry.sizeBytes)
  checkString(`${name}.detail`, entry.detail, LIMITS.sentenceBytes)
}

function checkGap(name: string, gap: GapMessage): void {
  checkUuid(`${name}.gap_id`, gap.gapId)
  checkString(`${name}.cluster_id`, gap.clusterId, LIMITS.clusterIdBytes, 1)
  checkString(`${name}.node_name`, gap.nodeName, LIMITS.nameBytes, 1)
  checkString(`${name}.reason`, gap.reason, LIMITS.shortBytes, 1)
  checkUnsigned(`${name}.clean_results`, gap.cleanResults)
  checkUnsigned(`${name}.finding_results`, gap.findingResults)
  checkUnsigned(`${name}.findings`, gap.findings)
  checkUnsigned(`${name}.sightings`, gap.sightings)
  checkTimestamp(`${name}.from_ms`, gap.fromMs)
  checkTimestamp(`${name}.to_ms`, gap.toMs)
}

function checkSighting(name: string, sighting: FileSightingMessage): void {
  checkString(`${name}.cluster_id`, sighting.clusterId, LIMITS.clusterIdBytes, 1)
  checkString(`${name}.node_name`, sighting.nodeName, LIMITS.nameBytes, 1)
  checkString(`${name}.namespace`, sighting.namespace, LIMITS.nameBytes)
  checkString(`${name}.pod_name`, sighting.podName, LIMITS.nameBytes)
  checkString(`${name}.container_name`, sighting.containerName, LIMITS.nameBytes)
  checkString(`${name}.container_id`, sighting.containerId, LIMITS.idBytes, 1)
  checkString(`${name}.image`, sighting.image, LIMITS.imageBytes)
  const hashBytes = sighting.sha256.length
  if (hashBytes !== LIMITS.sha256Bytes) refuse('RESULT_INVALID', `${name}.sha256 has ${hashBytes} bytes, must have 32`)
  const md5Bytes = sighting.md5.length
  if (md5Bytes !== 0 && md5Bytes !== LIMITS.md5Bytes) refuse('RESULT_INVALID', `${name}.md5 has ${md5Bytes} bytes, must have 16 or none`)
  checkUnsigned(`${name}.size_bytes`, sighting.sizeBytes)
  checkBytes(`${name}.path`, sighting.path, LIMITS.pathBytes)
  checkEnum(`${name}.scan_source`, sighting.scanSource, SCAN_SOURCES.length)
  checkTimestamp(`${name}.first_seen_at_ms`, sighting.firstSeenAtMs)
  checkTimestamp(`${name}.last_seen_at_ms`, sighting.lastSeenAtMs)
  if (sighting.firstSeenAtMs > sighting.lastSeenAtMs) refuse('RESULT_INVALID', `${name}.last_seen_at_ms is before first_seen_at_ms`)
  checkString(`${name}.clean_generation`, sighting.cleanGeneration, LIMITS.idBytes)
}
