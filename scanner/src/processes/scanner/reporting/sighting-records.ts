import { INGEST_LIMITS as LIMITS } from '@guardimesh/contracts/ingest/limits'
import { type ContainerInfoMessage, type Draft, messages } from '@guardimesh/contracts/messages'
import { KIB_BYTES } from '@guardimesh/contracts/units'
import protobuf from 'protobufjs/minimal.js'
import { SIGHTINGS_PER_RECORD } from '../../../report/lanes.js'
import type { SpoolRecord } from '../../../report/spool-record.js'
import { cutText, type NodeFacts, podIdentity } from './build-result.js'

type Sighting = Draft<'FileSighting'>

/** `sightings` of ClamResultBatch in clam_result.proto: field 103, length-delimited. */
const SIGHTINGS_TAG = (103 << 3) | 2
/** Small enough for the smallest spool, and to lose little with one damaged record. */
const RECORD_BYTES = 64 * KIB_BYTES

/** Builds the fields that all sightings of a container share, truncated to the limits of the wire. Pure. */
export function containerFacts(container: ContainerInfoMessage, node: NodeFacts): Sighting {
  return {
    clusterId: cutText(node.clusterId, LIMITS.clusterIdBytes),
    nodeName: cutText(node.nodeName, LIMITS.nameBytes),
    namespace: cutText(container.namespace, LIMITS.nameBytes),
    podName: podIdentity(container).podName,
    containerName: cutText(container.containerName, LIMITS.nameBytes),
    containerId: cutText(container.containerId, LIMITS.idBytes),
    image: cutText(container.image, LIMITS.imageBytes),
  }
}

/** Encodes sightings into spool records immediately, so that memory holds only their bytes. */
export class SightingRecords {
  #full: SpoolRecord[] = []
  #fullBytes = 0
  #writer = protobuf.Writer.create()
  #count = 0

  /** Size of the records that `drain` would return. */
  get sizeBytes(): number {
    return this.#fullBytes + this.#writer.len
  }

  add(sighting: Sighting, nowMs: number): void {
    messages.FileSighting.encode(sighting, this.#writer.uint32(SIGHTINGS_TAG).fork()).ldelim()
    this.#count += 1
    if (this.#count === SIGHTINGS_PER_RECORD || this.#writer.len >= RECORD_BYTES) this.#close(nowMs)
  }

  /** Returns all records, including the one that is not full, and removes them. */
  drain(nowMs: number): SpoolRecord[] {
    if (this.#count > 0) this.#close(nowMs)
    const drained = this.#full
    this.#full = []
    this.#fullBytes = 0
    return drained
  }

  #close(nowMs: number): void {
    const payload = this.#writer.finish()
    this.#full.push({ payload, findings: this.#count, atMs: nowMs })
    this.#fullBytes += payload.length
    this.#writer = protobuf.Writer.create()
    this.#count = 0
  }
}
