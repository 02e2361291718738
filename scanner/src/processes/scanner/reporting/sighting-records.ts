import { type ContainerInfoMessage, type Draft, KIB_BYTES, INGEST_LIMITS as LIMITS, messages } from '@guardimesh/contracts'
import protobuf from 'protobufjs/minimal.js'
import { SIGHTINGS_PER_RECORD } from '../../../report/lanes.js'
import type { SpoolRecord } from '../../../report/spool-record.js'
import { cutText, type NodeFacts, podIdentity } from './build-result.js'

type Sighting = Draft<'FileSighting'>

/** `sightings` of ClamResultBatch in clam_result.proto: field 103, length-delimited. */
const SIGHTINGS_TAG = (103 << 3) | 2
/** Small enough for the smallest spool, and the loss of one is not the loss of much. */
const RECORD_BYTES = 64 * KIB_BYTES

/** What all sightings of a container have in common, cut to what the wire takes. Pure. */
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

/** Puts sightings into records of the spool as they come, so that nothing but their bytes is kept. */
export class SightingRecords {
  #full: SpoolRecord[] = []
  #fullBytes = 0
  #writer = protobuf.Writer.create()
  #count = 0

  /** Bytes that wait. */
  get sizeBytes(): number {
    return this.#fullBytes + this.#writer.len
  }

  get isEmpty(): boolean {
    return this.#full.length === 0 && this.#count === 0
  }

  add(sighting: Sighting, nowMs: number): void {
    messages.FileSighting.encode(sighting, this.#writer.uint32(SIGHTINGS_TAG).fork()).ldelim()
    this.#count += 1
    if (this.#count === SIGHTINGS_PER_RECORD || this.#writer.len >= RECORD_BYTES) this.#close(nowMs)
  }

  /** Everything that waits, the record that is not full as well. */
  take(nowMs: number): SpoolRecord[] {
    if (this.#count > 0) this.#close(nowMs)
    const taken = this.#full
    this.#full = []
    this.#fullBytes = 0
    return taken
  }

  #close(nowMs: number): void {
    const payload = this.#writer.finish()
    this.#full.push({ payload, findings: this.#count, atMs: nowMs })
    this.#fullBytes += payload.length
    this.#writer = protobuf.Writer.create()
    this.#count = 0
  }
}
