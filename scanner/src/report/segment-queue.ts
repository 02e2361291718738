import { type FileHandle, open, readFile, rename, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, writeFileDurably } from '@guardimesh/kit'
import { addLost, countRecords, encodeRecord, type LostRecords, parseRecords, type SpoolRecord } from './spool-record.js'

const NO_RECORDS: LostRecords = { results: 0, findings: 0, fromMs: 0, toMs: 0 }
export const DROPPED_SUFFIX = '.dropped'

interface Segment {
  readonly fileName: string
  /** Durable bytes. */
  sizeBytes: number
  /** Records in it that are not acknowledged. */
  counts: LostRecords
}

/** Returns the file name of a segment; names sort by age. */
function segmentName(kind: string, sequence: number): string {
  return `${kind}-${String(sequence).padStart(12, '0')}.seg`
}

/**
 * A first-in, first-out queue of records in segment files of one folder. Callers must not run operations concurrently.
 * A crash can repeat acknowledged records, but never loses appended ones.
 */
export class SegmentQueue {
  readonly #folder: string
  readonly #kind: string
  readonly #segmentBytes: number
  readonly #segments: Segment[] = []
  #nextSequence = 1
  #active: FileHandle | undefined
  /** Bytes of the oldest segment that are acknowledged. */
  #ackedBytes = 0

  constructor(folder: string, kind: string, segmentBytes: number) {
    this.#folder = folder
    this.#kind = kind
    this.#segmentBytes = segmentBytes
  }

  /** Loads the segments on disk. @returns the counts of damaged records. */
  async load(fileNames: readonly string[]): Promise<LostRecords> {
    let lost = NO_RECORDS
    const own = fileNames.filter((name) => name.startsWith(`${this.#kind}-`) && name.endsWith('.seg')).sort()
    for (const [index, fileName] of own.entries()) {
      const bytes = await readFile(join(this.#folder, fileName))
      const parsed = parseRecords(bytes)
      lost = addLost(lost, parsed.lost)
      // The newest segment may end in an incomplete record of a killed process, which was never acknowledged as durable.
      const isTorn = parsed.validBytes < bytes.length
      if (isTorn && index < own.length - 1) lost = addLost(lost, { ...NO_RECORDS, results: 1 })
      if (parsed.lost.results > 0) await this.#rewrite(fileName, parsed.records)
      // In place, because the disk may be full.
      else if (isTorn) await truncate(join(this.#folder, fileName), parsed.validBytes)
      const sizeBytes = parsed.records.reduce((sum, record) => sum + encodeRecord(record).length, 0)
      this.#segments.push({ fileName, sizeBytes, counts: countRecords(parsed.records) })
      this.#nextSequence = Number(fileName.slice(this.#kind.length + 1, -'.seg'.length)) + 1
    }
    for (const segment of this.#segments.filter(({ sizeBytes }) => sizeBytes === 0)) await this.#remove(segment)
    return lost
  }

  get sizeBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.sizeBytes, 0)
  }

  get results(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.counts.results, 0)
  }

  /** Appends records durably. @throws the system's error, after which nothing is appended. */
  async append(records: readonly SpoolRecord[]): Promise<void> {
    const bytes = Buffer.concat(records.map(encodeRecord))
    const segment = await this.#openSegment(bytes.length)
    const handle = this.#active as FileHandle
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, segment.sizeBytes + done)
        done += bytesWritten
      }
      await handle.datasync()
    } catch (error) {
      await this.#seal()
      throw error
    }
    segment.sizeBytes += bytes.length
    segment.counts = addLost(segment.counts, countRecords(records))
  }

  /** Returns the oldest unacknowledged records of one segment. */
  async read(maxRecords: number, maxBytes: number): Promise<readonly SpoolRecord[]> {
    const head = this.#segments.find((segment) => segment.counts.results > 0)
    if (!head) return []
    const bytes = await this.#readPart(head, this.#segments[0] === head ? this.#ackedBytes : 0)
    const { records } = parseRecords(bytes)
    let sizeBytes = 0
    const end = records.slice(0, maxRecords).findIndex((record, index) => {
      sizeBytes += record.payload.length
      return sizeBytes > maxBytes && index > 0
    })
    return records.slice(0, end < 0 ? maxRecords : end)
  }

  /** Yields all unacknowledged records, segment by segment. */
  async *pending(): AsyncGenerator<readonly SpoolRecord[]> {
    for (const segment of [...this.#segments])
      yield parseRecords(await this.#readPart(segment, this.#segments[0] === segment ? this.#ackedBytes : 0)).records
  }

  /** Removes records from the head of the queue, which `read` returned. */
  async acknowledge(records: readonly SpoolRecord[]): Promise<void> {
    const head = this.#segments[0]
    if (!head) return
    const acked = countRecords(records)
    this.#ackedBytes += records.reduce((sum, record) => sum + encodeRecord(record).length, 0)
    head.counts = { ...head.counts, results: head.counts.results - acked.results, findings: head.counts.findings - acked.findings }
    if (head.counts.results > 0) return
    this.#ackedBytes = 0
    if (this.#active && this.#segments.length === 1) {
      await this.#active.truncate(0)
      head.sizeBytes = 0
      head.counts = NO_RECORDS
    } else await this.#remove(head)
  }

  /** Returns true when a segment can be dropped; `spareHead` excludes the oldest, which is being sent. */
  canDrop(spareHead: boolean): boolean {
    return this.#droppable(spareHead) !== undefined
  }

  /**
   * Drops the oldest segment possible. It is renamed, then `account` stores the loss, then it is deleted: a crash in between leaves a file from
   * which the loss can still be counted.
   */
  async dropOldest(spareHead: boolean, account: (counts: LostRecords, fileName: string) => Promise<void>): Promise<void> {
    const segment = this.#droppable(spareHead)
    if (!segment) return
    if (segment === this.#segments.at(-1)) await this.#seal()
    const droppedName = `${segment.fileName}${DROPPED_SUFFIX}`
    await rename(join(this.#folder, segment.fileName), join(this.#folder, droppedName))
    if (segment === this.#segments[0]) this.#ackedBytes = 0
    this.#segments.splice(this.#segments.indexOf(segment), 1)
    await account(segment.counts, droppedName)
    await rm(join(this.#folder, droppedName))
  }

  async close(): Promise<void> {
    await this.#seal()
  }

  #droppable(spareHead: boolean): Segment | undefined {
    return this.#segments.slice(spareHead ? 1 : 0).find((segment) => segment.counts.results > 0)
  }

  async #openSegment(incomingBytes: number): Promise<Segment> {
    const newest = this.#segments.at(-1)
    if (newest && this.#active && (newest.sizeBytes === 0 || newest.sizeBytes + incomingBytes <= this.#segmentBytes)) return newest
    await this.#seal()
    const segment: Segment = { fileName: segmentName(this.#kind, this.#nextSequence), sizeBytes: 0, counts: NO_RECORDS }
    // Incremented before the open, so that an existing file does not block the queue for ever.
    this.#nextSequence += 1
    this.#active = await open(join(this.#folder, segment.fileName), 'wx+', 0o600)
    await syncFolder(this.#folder)
    this.#segments.push(segment)
    return segment
  }

  /** Closes the newest segment for appending. */
  async #seal(): Promise<void> {
    const handle = this.#active
    this.#active = undefined
    await handle?.close()
    const newest = this.#segments.at(-1)
    if (handle && newest?.sizeBytes === 0) await this.#remove(newest)
  }

  async #remove(segment: Segment): Promise<void> {
    this.#segments.splice(this.#segments.indexOf(segment), 1)
    await rm(join(this.#folder, segment.fileName), { force: true })
  }

  async #readPart(segment: Segment, fromBytes: number): Promise<Buffer> {
    const handle = await open(join(this.#folder, segment.fileName), 'r')
    try {
      const bytes = Buffer.allocUnsafe(Math.max(0, segment.sizeBytes - fromBytes))
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, fromBytes)
      return bytes.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  }

  /** Keeps only the valid records. */
  async #rewrite(fileName: string, records: readonly SpoolRecord[]): Promise<void> {
    await writeFileDurably(join(this.#folder, fileName), Buffer.concat(records.map(encodeRecord)))
  }
}
