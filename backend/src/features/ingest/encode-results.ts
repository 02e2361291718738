import {
  type ClamResultMessage,
  type CoverageMessage,
  type FindingMessage,
  fromWireNumber,
  type ProcessMessage,
  SCAN_SOURCES,
  SCAN_TRIGGERS,
  SEVERITIES,
} from '@guardimesh/contracts'
import { displayPath } from '@guardimesh/kit'
import { COPY_NULL, COPY_SEPARATOR, copyBytes, copyMoment, copyRow, copyText } from '../../platform/database/copy-text.js'
import type { ExceptionMatcher } from '../exceptions/exception-matching.service.js'
import type { IncidentFinding } from '../incidents/incident-assignment.service.js'
import { type CompletedImage, type CoverageRow, completedImage, coverageRow } from './coverage-rows.js'

/** Columns that a result shares with its findings, in the order of the encoded rows. */
const SHARED_COLUMNS =
  'cluster_id, node_name, namespace, pod_name, pod_uid, pod_ip, host_ip, container_name, container_id, image, image_digest, trigger'
/** Columns of an encoded row of `scan_results`, in order. */
export const RESULT_COLUMNS = `${SHARED_COLUMNS}, result_id, started_at, finished_at, files_scanned, bytes_scanned, files_cached, \
files_not_scanned, finding_count, finding_ids, signature_generation, engine_version`
/** Columns of an encoded row of `findings`, in order. */
export const FINDING_COLUMNS = `${SHARED_COLUMNS}, finding_id, result_id, detected_at, severity, scan_source, signature_name, description, \
path, path_bytes, sha256, size_bytes, layer, owner_uid, owner_gid, mode, modified_at, changed_at, process, engine, engine_version, \
signature_generation, exception_id`

/** Memory of an IncidentFinding without its signature name: an object and a hexadecimal hash. */
const INCIDENT_FINDING_BYTES = 250
const NO_ROWS = Buffer.alloc(0)

/**
 * A result, encoded for COPY. Encoding happens when the request arrives, so the transaction of a group only sends it. Rows are bytes, because
 * concatenated strings take several times their length in memory.
 */
export interface EncodedResult {
  readonly clusterId: string
  /** 32 hexadecimal digits. */
  readonly resultId: string
  /** One row of `scan_results` in COPY's text format (RESULT_COLUMNS). */
  readonly row: Buffer
  /** Rows of `findings` in COPY's text format (FINDING_COLUMNS); empty without findings. */
  readonly findingRows: Buffer
  /** 32 hexadecimal digits each. */
  readonly findingIds: readonly string[]
  /** In the order of `findingIds`. */
  readonly incidentFindings: readonly IncidentFinding[]
  /** In the order of `findingIds`; null for findings without an exception. */
  readonly exceptionIds: readonly (number | null)[]
  readonly coverage: readonly CoverageRow[]
  /** The container whose image layers have all been scanned; its entry about layers that were not is removed. */
  readonly completedImage: CompletedImage | undefined
}

/**
 * Encodes a validated result. Pure.
 *
 * @param exceptions those that the findings are marked with.
 * @param nowMs current time of the backend; limits the times of nodes whose clock is ahead. Times of files are kept: programs can set them.
 */
export function encodeResult(result: ClamResultMessage, exceptions: ExceptionMatcher, nowMs: number): EncodedResult {
  const shared = encodeShared(result)
  const resultId = hex(result.resultId)
  const findingIds = result.findings.map((finding) => hex(finding.findingId))
  const row = copyRow([
    shared,
    resultId,
    copyMoment(Math.min(result.startedAtMs, nowMs)),
    copyMoment(Math.min(result.finishedAtMs, nowMs)),
    result.filesScanned,
    result.bytesScanned,
    result.filesCached,
    filesNotScanned(result.coverage),
    findingIds.length,
    `{${findingIds.join(',')}}`,
    copyText(result.signatureGeneration),
    copyText(result.engineVersion),
  ])
  const incidentFindings = result.findings.map((finding) => incidentFinding(result, finding))
  const exceptionIds: (number | null)[] = []
  let findingRows = ''
  for (const [index, finding] of result.findings.entries()) {
    const path = displayPath(finding.path)
    const matchable = incidentFindings[index]
    const exceptionId = matchable && !exceptions.isEmpty ? exceptions.match({ ...matchable, path, image: result.image }, nowMs) : null
    exceptionIds.push(exceptionId)
    findingRows += encodeFinding(finding, { path, exceptionId, nowMs }, [shared, findingIds[index] ?? '', resultId])
  }
  return {
    clusterId: result.clusterId,
    resultId,
    row: Buffer.from(row),
    findingRows: findingRows === '' ? NO_ROWS : Buffer.from(findingRows),
    findingIds,
    incidentFindings,
    exceptionIds,
    coverage: result.coverage.map((entry) => coverageRow(result, entry, nowMs)),
    completedImage: completedImage(result, nowMs),
  }
}

/** Returns the memory of an encoded result until it is stored. Pure. */
export function encodedBytes(result: EncodedResult): number {
  const findings = result.incidentFindings.reduce((sum, { signatureName }) => sum + signatureName.length + INCIDENT_FINDING_BYTES, 0)
  const coverage = result.coverage.reduce((sum, row) => sum + row.path.length + row.detail.length + 500, 0)
  return result.row.length + result.findingRows.length + findings + coverage
}

/** Other fields are short, or shared by all findings of the result. */
function incidentFinding(result: ClamResultMessage, finding: FindingMessage): IncidentFinding {
  const { clusterId, imageDigest, nodeName, namespace, podName, containerName } = result
  const location = { clusterId, imageDigest, nodeName, namespace, podName, containerName }
  return {
    ...location,
    sha256: finding.sha256.length === 0 ? null : hex(finding.sha256),
    signatureName: finding.signatureName,
    // The decoder accepts only numbers of these lists.
    severity: fromWireNumber(SEVERITIES, finding.severity) ?? 'info',
    scanSource: fromWireNumber(SCAN_SOURCES, finding.scanSource) ?? 'upperdir',
  }
}

/** Fields of SHARED_COLUMNS, without the end of the row. */
function encodeShared(result: ClamResultMessage): string {
  return [
    copyText(result.clusterId),
    copyText(result.nodeName),
    copyText(result.namespace),
    copyText(result.podName),
    copyText(result.podUid),
    copyText(result.podIp),
    copyText(result.hostIp),
    copyText(result.containerName),
    copyText(result.containerId),
    copyText(result.image),
    copyText(result.imageDigest),
    fromWireNumber(SCAN_TRIGGERS, result.trigger),
  ].join(COPY_SEPARATOR)
}

/** Computed facts of a finding. */
interface MarkedFinding {
  /** As shown. */
  readonly path: string
  readonly exceptionId: number | null
  readonly nowMs: number
}

function encodeFinding(finding: FindingMessage, { path, exceptionId, nowMs }: MarkedFinding, firstFields: readonly string[]): string {
  return copyRow([
    ...firstFields,
    copyMoment(Math.min(finding.detectedAtMs, nowMs)),
    fromWireNumber(SEVERITIES, finding.severity) ?? COPY_NULL,
    fromWireNumber(SCAN_SOURCES, finding.scanSource) ?? COPY_NULL,
    copyText(finding.signatureName),
    copyText(finding.description),
    copyText(path),
    isSameText(path, finding.path) ? COPY_NULL : copyBytes(asBuffer(finding.path)),
    finding.sha256.length === 0 ? COPY_NULL : copyBytes(asBuffer(finding.sha256)),
    finding.sizeBytes,
    copyText(finding.layer),
    finding.ownerUid,
    finding.ownerGid,
    finding.mode,
    momentOrNull(finding.modifiedAtMs),
    momentOrNull(finding.changedAtMs),
    finding.process ? copyText(encodeProcess(finding.process as ProcessMessage)) : COPY_NULL,
    copyText(finding.engine),
    copyText(finding.engineVersion),
    copyText(finding.signatureGeneration),
    exceptionId ?? COPY_NULL,
  ])
}

/** Encodes a process with the keys of FindingProcess. */
function encodeProcess(process: ProcessMessage): string {
  return JSON.stringify({
    pid: process.pid,
    parentPid: process.parentPid === 0 ? null : process.parentPid,
    parentName: process.parentName,
    exe: displayPath(process.exe),
    commandLine: displayPath(process.commandLine),
    uid: process.uid,
    startedAt: process.startedAtMs === 0 ? null : new Date(process.startedAtMs).toISOString(),
  })
}

function filesNotScanned(coverage: readonly CoverageMessage[]): number {
  return Math.min(
    coverage.reduce((sum, entry) => sum + entry.count, 0),
    Number.MAX_SAFE_INTEGER,
  )
}

/** True if a path needed no escaping, which would make the text longer. */
export function isSameText(text: string, path: Uint8Array): boolean {
  return Buffer.byteLength(text) === path.length
}

function momentOrNull(ms: number): string {
  return ms === 0 ? COPY_NULL : copyMoment(ms)
}

function hex(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('hex')
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
