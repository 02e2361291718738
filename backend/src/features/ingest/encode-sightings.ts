import { hash } from 'node:crypto'
import { type FileSightingMessage, fromWireNumber, SCAN_SOURCES, type Steps } from '@guardimesh/contracts'
import { displayPath } from '@guardimesh/kit'
import { COPY_NULL, copyBytes, copyMoment, copyRow, copyText } from '../../platform/database/copy-text.js'

/** Columns of an encoded row of `sighting_containers`, in order. */
export const SIGHTING_CONTAINER_COLUMNS =
  'container_hash, cluster_id, container_id, node_name, namespace, pod_name, container_name, image, last_seen_at'
/** Columns of an encoded row of `file_sightings`, in order. */
export const SIGHTING_COLUMNS =
  'sha256, place_hash, container_hash, path, size_bytes, scan_source, first_seen_at, last_seen_at, clean_generation, clean_at, md5'

const NO_ROWS = Buffer.alloc(0)
/** Half of a SHA-256, which is still collision-resistant. */
const PLACE_HASH_BYTES = 16

/** The sightings of one request, encoded for COPY. */
export interface EncodedSightings {
  readonly count: number
  /** Rows in COPY's text format (SIGHTING_CONTAINER_COLUMNS), one for each container of the request. */
  readonly containerRows: Buffer
  /** Rows in COPY's text format (SIGHTING_COLUMNS). */
  readonly rows: Buffer
}

const NO_SIGHTINGS: EncodedSightings = { count: 0, containerRows: NO_ROWS, rows: NO_ROWS }

interface Container {
  readonly sighting: FileSightingMessage
  readonly hash: string
  lastSeenAtMs: number
}

/**
 * Encodes validated sightings, in steps.
 *
 * @param nowMs current time of the backend; limits times of nodes whose clock is ahead.
 */
export function* encodeSightings(sightings: readonly FileSightingMessage[], nowMs: number): Steps<EncodedSightings> {
  if (sightings.length === 0) return NO_SIGHTINGS
  const containers = new Map<string, Container>()
  let rows = ''
  for (const sighting of sightings) {
    const container = containerOf(sighting, containers)
    const lastSeenAtMs = Math.min(sighting.lastSeenAtMs, nowMs)
    container.lastSeenAtMs = Math.max(container.lastSeenAtMs, lastSeenAtMs)
    rows += encodeRow(sighting, container.hash, lastSeenAtMs)
    yield
  }
  const containerRows = [...containers.values()].map(encodeContainer).join('')
  return { count: sightings.length, containerRows: Buffer.from(containerRows), rows: Buffer.from(rows) }
}

function containerOf(sighting: FileSightingMessage, known: Map<string, Container>): Container {
  const key = `${sighting.clusterId}\0${sighting.containerId}`
  const container = known.get(key) ?? { sighting, hash: placeHash(Buffer.from(key)), lastSeenAtMs: 0 }
  known.set(key, container)
  return container
}

function encodeContainer({ sighting, hash: containerHash, lastSeenAtMs }: Container): string {
  return copyRow([
    containerHash,
    copyText(sighting.clusterId),
    copyText(sighting.containerId),
    copyText(sighting.nodeName),
    copyText(sighting.namespace),
    copyText(sighting.podName),
    copyText(sighting.containerName),
    copyText(sighting.image),
    copyMoment(lastSeenAtMs),
  ])
}

function encodeRow(sighting: FileSightingMessage, containerHash: string, lastSeenAtMs: number): string {
  const { sha256, md5, path, cleanGeneration } = sighting
  const place = Buffer.concat([Buffer.from(`${sighting.clusterId}\0${sighting.containerId}\0`), path])
  const seenAt = copyMoment(lastSeenAtMs)
  return copyRow([
    hashOf(sha256),
    placeHash(place),
    containerHash,
    copyText(displayPath(path)),
    sighting.sizeBytes,
    fromWireNumber(SCAN_SOURCES, sighting.scanSource) ?? COPY_NULL,
    copyMoment(Math.min(sighting.firstSeenAtMs, lastSeenAtMs)),
    seenAt,
    copyText(cleanGeneration),
    cleanGeneration === '' ? COPY_NULL : seenAt,
    md5.length === 0 ? COPY_NULL : hashOf(md5),
  ])
}

function hashOf(bytes: Uint8Array): string {
  return copyBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

function placeHash(place: Buffer): string {
  return copyBytes(hash('sha256', place, 'buffer').subarray(0, PLACE_HASH_BYTES))
}
