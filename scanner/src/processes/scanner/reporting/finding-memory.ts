import { createHash } from 'node:crypto'
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { DAY_MS, type ScanSourceName } from '@guardimesh/contracts'
import { type Logger, messageOf, systemCodeOf, writeFileDurably } from '@guardimesh/kit'

/** What makes two findings the same. */
export interface FindingIdentity {
  readonly containerId: string
  readonly path: Uint8Array
  readonly sha256: Uint8Array
  readonly signatureName: string
  readonly scanSource: ScanSourceName
}

/** A file on disk is the same thing whether an event or a walk came upon it. Who asks for a scan is told again, once. */
const SAME_PLACE: Partial<Record<ScanSourceName, string>> = { realtime: 'file', upperdir: 'file', volume: 'file' }
const KEY_BYTES = 16
const RECORD_BYTES = KEY_BYTES + 6 + 4
/** The longest time that the scan configuration allows. */
const REMEMBERED_MS = 30 * DAY_MS
/** About 16 MiB of memory; the oldest are forgotten first, which repeats a finding and never hides one. */
const REMEMBERED_MAX = 100_000

/** The key of a finding. Pure. */
export function findingKey(finding: FindingIdentity): string {
  const place = SAME_PLACE[finding.scanSource] ?? finding.scanSource
  const hash = createHash('sha256')
  for (const part of [finding.containerId, finding.path, finding.sha256, finding.signatureName, place]) {
    const bytes = Buffer.from(part)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  return hash.digest().subarray(0, KEY_BYTES).toString('hex')
}

/**
 * Remembers which findings were told, over restarts too. A finding is first claimed, and counts as told only when the spool has it: a crash in
 * between tells it again, never not at all.
 */
export class FindingMemory implements Disposable {
  readonly #toldAtMs: Map<string, number>
  readonly #claimed = new Set<string>()
  readonly #fd: number
  readonly #log: Logger
  /** Where the next record goes: behind the last whole one, whatever a full disk took of another. */
  #sizeBytes: number

  private constructor(toldAtMs: Map<string, number>, fd: number, sizeBytes: number, log: Logger) {
    this.#toldAtMs = toldAtMs
    this.#fd = fd
    this.#sizeBytes = sizeBytes
    this.#log = log
  }

  /** Reads the memory of earlier processes; what is damaged in it is forgotten. */
  static async open(path: string, log: Logger, nowMs: number = Date.now()): Promise<FindingMemory> {
    const bytes = readIfThere(path, log)
    const told = parseTold(bytes, nowMs - REMEMBERED_MS)
    let sizeBytes = told.size * RECORD_BYTES
    try {
      await writeFileDurably(path, Buffer.concat([...told].map(([key, atMs]) => encodeTold(key, atMs))))
    } catch (error) {
      log.error({ error, path }, 'the memory of findings cannot be tidied up; it is used as it is')
      sizeBytes = bytes.length - (bytes.length % RECORD_BYTES)
    }
    return new FindingMemory(told, openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600), sizeBytes, log)
  }

  /**
   * Takes a finding to report it.
   *
   * @param ttlMs told findings are told again after this long.
   * @returns false when it was told already, or is being reported right now.
   */
  claim(key: string, ttlMs: number, nowMs: number = Date.now()): boolean {
    const toldAtMs = this.#toldAtMs.get(key)
    if (this.#claimed.has(key) || (toldAtMs !== undefined && nowMs - toldAtMs < ttlMs)) return false
    this.#claimed.add(key)
    return true
  }

  /** The spool has these. */
  told(keys: readonly string[], nowMs: number = Date.now()): void {
    if (keys.length === 0) return
    for (const key of keys) {
      this.#claimed.delete(key)
      this.#toldAtMs.delete(key)
      this.#toldAtMs.set(key, nowMs)
    }
    while (this.#toldAtMs.size > REMEMBERED_MAX) this.#toldAtMs.delete(this.#toldAtMs.keys().next().value ?? '')
    // Before anything else runs: the sender must not have removed them from the spool while the memory does not know them.
    this.#write(Buffer.concat(keys.map((key) => encodeTold(key, nowMs))))
  }

  /** A disk that refuses costs what a restart would repeat, and no more. */
  #write(records: Buffer): void {
    try {
      const written = writeSync(this.#fd, records, 0, records.length, this.#sizeBytes)
      this.#sizeBytes += written - (written % RECORD_BYTES)
    } catch (error) {
      this.#log.error({ reason: messageOf(error) }, 'told findings cannot be written down; they are remembered until the next start')
    }
  }

  /** These could not be reported. */
  release(keys: readonly string[]): void {
    for (const key of keys) this.#claimed.delete(key)
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd)
  }
}

function encodeTold(key: string, atMs: number): Buffer {
  const bytes = Buffer.alloc(RECORD_BYTES)
  bytes.write(key, 0, 'hex')
  bytes.writeUIntBE(atMs, KEY_BYTES, 6)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, RECORD_BYTES - 4)), RECORD_BYTES - 4)
  return bytes
}

function parseTold(bytes: Buffer, notBeforeMs: number): Map<string, number> {
  const told = new Map<string, number>()
  for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    const record = bytes.subarray(at, at + RECORD_BYTES)
    if (crc32(record.subarray(0, RECORD_BYTES - 4)) !== record.readUInt32BE(RECORD_BYTES - 4)) continue
    const atMs = record.readUIntBE(KEY_BYTES, 6)
    if (atMs >= notBeforeMs) told.set(record.subarray(0, KEY_BYTES).toString('hex'), atMs)
  }
  return told
}

function readIfThere(path: string, log: Logger): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') log.error({ error, path }, 'the memory of findings cannot be read; it is begun anew')
    return Buffer.alloc(0)
  }
}
