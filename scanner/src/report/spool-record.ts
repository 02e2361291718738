import { crc32 } from 'node:zlib'

/**
 * One spool record. On disk: `magic(4) payloadLength(4) findings(4) atMs(6) payloadCrc(4) headerCrc(4) payload`, big-endian.
 * The header has its own checksum, so that a damaged payload can be counted and skipped.
 */
export interface SpoolRecord {
  /** An encoded ClamResult; in the sightings lane a ClamResultBatch of sightings. */
  readonly payload: Uint8Array
  /** Number of findings in it; in the sightings lane the number of sightings. */
  readonly findings: number
  /** When it was created, Unix time in milliseconds. */
  readonly atMs: number
}

/** Counts of records that are unreadable. */
export interface LostRecords {
  readonly results: number
  readonly findings: number
  /** 0 when unknown. */
  readonly fromMs: number
  readonly toMs: number
}

export interface ParsedRecords {
  readonly records: readonly SpoolRecord[]
  /** Damaged records; a damaged range of unknown content counts as one result. */
  readonly lost: LostRecords
  /** End of the last complete record; an incomplete record may follow. */
  readonly validBytes: number
}

const MAGIC = 0x474d5331
export const RECORD_HEADER_BYTES = 26
/** Results are limited to far less before they are stored; a larger length is damage. */
export const RECORD_PAYLOAD_MAX_BYTES = 16 * 1024 * 1024

/** Encodes a record for the disk. Pure. */
export function encodeRecord(record: SpoolRecord): Buffer {
  const bytes = Buffer.allocUnsafe(RECORD_HEADER_BYTES + record.payload.length)
  bytes.writeUInt32BE(MAGIC, 0)
  bytes.writeUInt32BE(record.payload.length, 4)
  bytes.writeUInt32BE(record.findings, 8)
  bytes.writeUIntBE(record.atMs, 12, 6)
  bytes.writeUInt32BE(crc32(record.payload), 18)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 22)), 22)
  bytes.set(record.payload, RECORD_HEADER_BYTES)
  return bytes
}

interface Header {
  readonly payloadBytes: number
  readonly findings: number
  readonly atMs: number
  readonly payloadCrc: number
}

function readHeader(bytes: Buffer, at: number): Header | undefined {
  if (at + RECORD_HEADER_BYTES > bytes.length || bytes.readUInt32BE(at) !== MAGIC) return undefined
  if (crc32(bytes.subarray(at, at + 22)) !== bytes.readUInt32BE(at + 22)) return undefined
  const payloadBytes = bytes.readUInt32BE(at + 4)
  if (payloadBytes > RECORD_PAYLOAD_MAX_BYTES) return undefined
  return { payloadBytes, findings: bytes.readUInt32BE(at + 8), atMs: bytes.readUIntBE(at + 12, 6), payloadCrc: bytes.readUInt32BE(at + 18) }
}

/** Returns the next offset at or after `from` with a valid header; undefined when there is none. */
function nextHeaderAt(bytes: Buffer, from: number): number | undefined {
  const magic = Buffer.alloc(4)
  magic.writeUInt32BE(MAGIC)
  for (let at = bytes.indexOf(magic, from); at >= 0; at = bytes.indexOf(magic, at + 1)) if (readHeader(bytes, at)) return at
  return undefined
}

/** Parses the records of a segment and skips damaged ones. Pure. */
export function parseRecords(bytes: Buffer): ParsedRecords {
  const records: SpoolRecord[] = []
  let lost: LostRecords = { results: 0, findings: 0, fromMs: 0, toMs: 0 }
  let at = 0
  while (at < bytes.length) {
    const header = readHeader(bytes, at)
    if (!header) {
      const next = nextHeaderAt(bytes, at + 1)
      if (next === undefined) break
      lost = addLost(lost, { results: 1, findings: 0, fromMs: 0, toMs: 0 })
      at = next
      continue
    }
    const end = at + RECORD_HEADER_BYTES + header.payloadBytes
    if (end > bytes.length) break
    const payload = bytes.subarray(at + RECORD_HEADER_BYTES, end)
    if (crc32(payload) === header.payloadCrc) records.push({ payload, findings: header.findings, atMs: header.atMs })
    else lost = addLost(lost, { results: 1, findings: header.findings, fromMs: header.atMs, toMs: header.atMs })
    at = end
  }
  return { records, lost, validBytes: at }
}

/** Adds two counts. Pure. */
export function addLost(left: LostRecords, right: LostRecords): LostRecords {
  const knownFrom = [left.fromMs, right.fromMs].filter((ms) => ms > 0)
  return {
    results: left.results + right.results,
    findings: left.findings + right.findings,
    fromMs: knownFrom.length > 0 ? Math.min(...knownFrom) : 0,
    toMs: Math.max(left.toMs, right.toMs),
  }
}

/** Counts records. Pure. */
export function countRecords(records: readonly SpoolRecord[]): LostRecords {
  return records.reduce((sum, { findings, atMs }) => addLost(sum, { results: 1, findings, fromMs: atMs, toMs: atMs }), {
    results: 0,
    findings: 0,
    fromMs: 0,
    toMs: 0,
  } satisfies LostRecords)
}
