import { createHash } from 'node:crypto'
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import { DAY_MS } from '@guardimesh/contracts/units'
import { type Logger, messageOf, systemCodeOf, writeFileDurably } from '@guardimesh/kit'

/** The fields that identify a finding for deduplication. */
export interface FindingIdentity {
  readonly containerId: string
  readonly path: Uint8Array
  readonly sha256: Uint8Array
  readonly signatureName: string
  readonly scanSource: ScanSourceName
}

/** File events and scans detect the same files, so their findings are duplicates. A scan on request reports its findings once more. */
const SHARED_SOURCE: Partial<Record<ScanSourceName, string>> = { realtime: 'file', upperdir: 'file', volume: 'file' }
const KEY_BYTES = 16
const RECORD_BYTES = KEY_BYTES + 6 + 4
/** The longest deduplication window that the scan configuration allows. */
const RETENTION_MS = 30 * DAY_MS
/** About 16 MiB of memory. The oldest entries are dropped first, which can repeat a finding but never hides one. */
const FINDINGS_MAX = 100_000

/** Returns the deduplication key of a finding. Pure. */
export function findingKey(finding: FindingIdentity): string {
  const source = SHARED_SOURCE[finding.scanSource] ?? finding.scanSource
  const hash = createHash('sha256')
  for (const part of [finding.containerId, finding.path, finding.sha256, finding.signatureName, source]) {
    const bytes = Buffer.from(part)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  return hash.digest().subarray(0, KEY_BYTES).toString('hex')
}

/**
 * Remembers reported findings across restarts. A finding is claimed first and counts as reported only when the spool has stored it: a crash
 * in between repeats the finding instead of losing it.
 */
export class FindingMemory implements Disposable {
  readonly #reportedAtMs: Map<string, number>
  readonly #claimed = new Set<string>()
  readonly #fd: number
  readonly #log: Logger
  /** Offset of the next record: after the last complete one, even when a full disk stored part of another. */
  #sizeBytes: number

  private constructor(reportedAtMs: Map<string, number>, fd: number, sizeBytes: number, log: Logger) {
    this.#reportedAtMs = reportedAtMs
    this.#fd = fd
    this.#sizeBytes = sizeBytes
    this.#log = log
  }

  /** Reads the file of earlier processes and drops damaged records. */
  static async open(path: string, log: Logger, nowMs: number = Date.now()): Promise<FindingMemory> {
    const bytes = readIfExists(path, log)
    const reported = parseRecords(bytes, nowMs - RETENTION_MS)
    let sizeBytes = reported.size * RECORD_BYTES
    try {
      await writeFileDurably(path, Buffer.concat([...reported].map(([key, atMs]) => encodeRecord(key, atMs))))
    } catch (error) {
      log.error({ error, path }, 'failed to compact the file of reported findings; using it as it is')
      sizeBytes = bytes.length - (bytes.length % RECORD_BYTES)
    }
    return new FindingMemory(reported, openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600), sizeBytes, log)
  }

  /**
   * Claims a finding for reporting.
   *
   * @param ttlMs deduplication window, after which a finding is reported again.
   * @returns false when it was reported within the window, or another caller is reporting it.
   */
  claim(key: string, ttlMs: number, nowMs: number = Date.now()): boolean {
    const reportedAtMs = this.#reportedAtMs.get(key)
    if (this.#claimed.has(key) || (reportedAtMs !== undefined && nowMs - reportedAtMs < ttlMs)) return false
    this.#claimed.add(key)
    return true
  }

  /** Records that the spool has stored these findings. */
  markReported(keys: readonly string[], nowMs: number = Date.now()): void {
    if (keys.length === 0) return
    for (const key of keys) {
      this.#claimed.delete(key)
      this.#reportedAtMs.delete(key)
      this.#reportedAtMs.set(key, nowMs)
    }
    while (this.#reportedAtMs.size > FINDINGS_MAX) this.#reportedAtMs.delete(this.#reportedAtMs.keys().next().value ?? '')
    // Synchronously: the sender must not remove the findings from the spool before they are recorded here.
    this.#write(Buffer.concat(keys.map((key) => encodeRecord(key, nowMs))))
  }

  /** A failed write only means that a restart repeats these findings. */
  #write(records: Buffer): void {
    try {
      const written = writeSync(this.#fd, records, 0, records.length, this.#sizeBytes)
      this.#sizeBytes += written - (written % RECORD_BYTES)
    } catch (error) {
      this.#log.error({ reason: messageOf(error) }, 'failed to write reported findings; they will be reported again after a restart')
    }
  }

  /** Releases the claims of findings that could not be reported. */
  release(keys: readonly string[]): void {
    for (const key of keys) this.#claimed.delete(key)
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd)
  }
}

function encodeRecord(key: string, atMs: number): Buffer {
  const bytes = Buffer.alloc(RECORD_BYTES)
  bytes.write(key, 0, 'hex')
  bytes.writeUIntBE(atMs, KEY_BYTES, 6)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, RECORD_BYTES - 4)), RECORD_BYTES - 4)
  return bytes
}

function parseRecords(bytes: Buffer, notBeforeMs: number): Map<string, number> {
  const reported = new Map<string, number>()
  for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    const record = bytes.subarray(at, at + RECORD_BYTES)
    if (crc32(record.subarray(0, RECORD_BYTES - 4)) !== record.readUInt32BE(RECORD_BYTES - 4)) continue
    const atMs = record.readUIntBE(KEY_BYTES, 6)
    if (atMs >= notBeforeMs) reported.set(record.subarray(0, KEY_BYTES).toString('hex'), atMs)
  }
  return reported
}

function readIfExists(path: string, log: Logger): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT')
      log.error({ error, path }, 'failed to read the file of reported findings; starting with an empty one')
    return Buffer.alloc(0)
  }
}
