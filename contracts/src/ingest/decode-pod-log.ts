import { messages, type NodeStatusMessage, type PodContainerMessage, type PodLogMessage } from '../messages.js'
import { checkCounts, type ListBound } from './check-counts.js'
import { checkString, checkTimestamp, checkUnsigned } from './check-field.js'
import { type Decoded, decodeBody, refuse } from './decoded.js'
import { BATCH_FIELDS_FROM, firstFieldNumber } from './first-field.js'
import { INGEST_LIMITS as LIMITS } from './limits.js'
import { partsOf, runSteps, type Steps } from './steps.js'

/** Inventory of one request. If `complete` is true, `pods` contains all pods of the node. */
export interface DecodedPodLogs {
  readonly pods: readonly PodLogMessage[]
  readonly node: NodeStatusMessage | null
  readonly complete: boolean
}

/** Field numbers from pod_log.proto. */
const POD_LISTS: readonly ListBound[] = [{ name: 'containers', field: 9, max: LIMITS.containersPerPod }]
const BATCH_LISTS: readonly ListBound[] = [
  { name: 'pods', field: 101, max: LIMITS.podsPerBatch, inside: POD_LISTS },
  { name: 'node', field: 102, max: 1 },
]

/**
 * Decodes a body of `POST /api/v1/pods/logs`: one PodLog or a PodLogBatch, distinguished by the first field's number.
 *
 * @param body decompressed bytes.
 * @returns a failure with PROTOBUF_INVALID for malformed bytes, RESULT_INVALID for a field out of bounds.
 */
export function decodePodLogs(body: Uint8Array): Decoded<DecodedPodLogs> {
  return runSteps(decodePodLogsInSteps(body))
}

/** Like `decodePodLogs`, in steps: a large body takes tens of milliseconds. */
export function decodePodLogsInSteps(body: Uint8Array): Steps<Decoded<DecodedPodLogs>> {
  return decodeBody(function* () {
    const first = firstFieldNumber(body)
    if (first === undefined) refuse('PROTOBUF_INVALID', 'the body is empty; send a PodLog or a PodLogBatch')
    const isSingle = first < BATCH_FIELDS_FROM
    yield* checkCounts(body, isSingle ? POD_LISTS : BATCH_LISTS)
    const decoded = isSingle ? readSingle(body) : yield* readBatch(body)
    for (const [index, pod] of decoded.pods.entries()) {
      checkPod(`pods[${index}]`, pod)
      yield
    }
    if (decoded.node) checkNode(decoded.node)
    return decoded
  })
}

function readSingle(body: Uint8Array): DecodedPodLogs {
  return { pods: [messages.PodLog.decode(body) as PodLogMessage], node: null, complete: false }
}

function* readBatch(body: Uint8Array): Steps<DecodedPodLogs> {
  const pods: PodLogMessage[] = []
  let node: NodeStatusMessage | null = null
  let complete = false
  for (const bytes of partsOf(body)) {
    const part = messages.PodLogBatch.decode(bytes)
    pods.push(...(part.pods as PodLogMessage[]))
    // checkCounts accepts one node.
    node ??= (part.node ?? null) as NodeStatusMessage | null
    complete ||= part.complete
    yield
  }
  if (complete && !node) refuse('RESULT_INVALID', 'node is missing: a complete inventory must name its node')
  return { pods, node, complete }
}

function checkPod(name: string, pod: PodLogMessage): void {
  checkString(`${name}.cluster_id`, pod.clusterId, LIMITS.clusterIdBytes, 1)
  checkString(`${name}.node_name`, pod.nodeName, LIMITS.nameBytes, 1)
  checkString(`${name}.namespace`, pod.namespace, LIMITS.nameBytes)
  checkString(`${name}.pod_name`, pod.podName, LIMITS.nameBytes, 1)
  checkString(`${name}.pod_uid`, pod.podUid, LIMITS.shortBytes)
  checkString(`${name}.owner`, pod.owner, LIMITS.ownerBytes)
  checkString(`${name}.pod_ip`, pod.podIp, LIMITS.shortBytes)
  checkString(`${name}.host_ip`, pod.hostIp, LIMITS.shortBytes)
  checkTimestamp(`${name}.observed_at_ms`, pod.observedAtMs)
  for (const [index, container] of pod.containers.entries()) checkContainer(`${name}.containers[${index}]`, container)
}

function checkContainer(name: string, container: PodContainerMessage): void {
  checkString(`${name}.name`, container.name, LIMITS.nameBytes)
  checkString(`${name}.container_id`, container.containerId, LIMITS.idBytes)
  checkString(`${name}.image`, container.image, LIMITS.imageBytes)
  checkString(`${name}.image_digest`, container.imageDigest, LIMITS.idBytes)
  checkString(`${name}.snapshotter`, container.snapshotter, LIMITS.shortBytes)
  checkString(`${name}.not_watched_reason`, container.notWatchedReason, LIMITS.reasonBytes)
}

function checkNode(node: NodeStatusMessage): void {
  checkString('node.cluster_id', node.clusterId, LIMITS.clusterIdBytes, 1)
  checkString('node.node_name', node.nodeName, LIMITS.nameBytes, 1)
  checkString('node.agent_version', node.agentVersion, LIMITS.shortBytes)
  checkString('node.runtime_kind', node.runtimeKind, LIMITS.shortBytes)
  checkString('node.runtime_version', node.runtimeVersion, LIMITS.shortBytes)
  checkString('node.runtime_endpoint', node.runtimeEndpoint, LIMITS.sentenceBytes)
  checkString('node.runtime_reason', node.runtimeReason, LIMITS.sentenceBytes)
  checkString('node.signature_generation', node.signatureGeneration, LIMITS.idBytes)
  checkString('node.engine_version', node.engineVersion, LIMITS.idBytes)
  checkString('node.kernel_release', node.kernelRelease, LIMITS.idBytes)
  checkString('node.host_ip', node.hostIp, LIMITS.shortBytes)
  checkString('node.config_error', node.configError, LIMITS.sentenceBytes)
  checkString('node.config_etag', node.configEtag, LIMITS.idBytes)
  checkTimestamp('node.observed_at_ms', node.observedAtMs)
  checkSignatures(node)
  checkTimestamp('node.self_test_at_ms', node.selfTestAtMs)
  checkString('node.self_test_failed', node.selfTestFailed, LIMITS.shortBytes)
  checkString('node.self_test_detail', node.selfTestDetail, LIMITS.sentenceBytes)
  checkUnsigned('node.signature_count', node.signatureCount)
  checkUnsigned('node.spool_results', node.spoolResults)
  checkUnsigned('node.spool_bytes', node.spoolBytes)
  checkUnsigned('node.event_overflows', node.eventOverflows)
}

function checkSignatures(node: NodeStatusMessage): void {
  checkTimestamp('node.signatures_loaded_at_ms', node.signaturesLoadedAtMs)
  checkUnsigned('node.signatures_load_ms', node.signaturesLoadMs)
  checkUnsigned('node.signatures_memory_bytes', node.signaturesMemoryBytes)
  checkUnsigned('node.signatures_pulled_bytes', node.signaturesPulledBytes)
  checkString('node.signatures_refused_generation', node.signaturesRefusedGeneration, LIMITS.idBytes)
  checkString('node.signatures_refusal', node.signaturesRefusal, LIMITS.sentenceBytes)
}
