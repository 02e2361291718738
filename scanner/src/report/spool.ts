import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import { type GapCounts, GapLedger, type GapReason, gapCounts, type RecordKind } from './gap-ledger.js'
import { DROPPED_SUFFIX, SegmentQueue } from './segment-queue.js'
import { countRecords, encodeRecord, type LostRecords, parseRecords, type SpoolRecord } from './spool-record.js'

export interface SpoolOptions {
  readonly folder: string
  /** Maximum size of all segments; the segment that is being sent may exceed it. */
  readonly maxBytes: number
  readonly log: Logger
}

/** Lanes are sent independently, so that neither delays the other. */
export type SpoolLane = 'results' | 'sightings'

/** The oldest records of one kind, to be passed to `acknowledge`. */
export interface SpoolBatch {
  readonly lane: SpoolLane
  readonly records: readonly SpoolRecord[]
  readonly queue: SegmentQueue
}

/** The spool drops whole segments: an eighth of it, up to this size. A batch is read from one segment. */
const SEGMENT_MAX_BYTES = MIB_BYTES
const SEGMENTS_MIN = 8

/**
 * Bounded queue on disk of results and sightings that the backend has not stored yet. `append` resolves when they are durable, and only then
 * they count as reported. A full spool drops the oldest sightings first, then the oldest clean results, and findings last, and counts the
 * dropped records in `gaps`.
 */
export class Spool implements AsyncDisposable {
  readonly gaps: GapLedger
  readonly #options: SpoolOptions
  readonly #findings: SegmentQueue
  readonly #clean: SegmentQueue
  readonly #sightings: SegmentQueue
  readonly #beingSent = new Map<SpoolLane, SegmentQueue>()
  #lastWork: Promise<unknown> = Promise.resolve()
  #waiting: { records: SpoolRecord[]; done: Promise<void> } | undefined
  readonly #wake = new Map<SpoolLane, () => void>()

  private constructor(options: SpoolOptions, gaps: GapLedger) {
    const segmentBytes = Math.max(4096, Math.min(SEGMENT_MAX_BYTES, Math.floor(options.maxBytes / SEGMENTS_MIN)))
    this.#options = options
    this.gaps = gaps
    this.#findings = new SegmentQueue(options.folder, 'findings', segmentBytes)
    this.#clean = new SegmentQueue(options.folder, 'clean', segmentBytes)
    this.#sightings = new SegmentQueue(options.folder, 'sightings', segmentBytes)
  }

  /** Opens the spool of a folder, with the records of earlier processes; damaged ones are counted in `gaps`. @throws GuardError SPOOL_UNUSABLE. */
  static async open(options: SpoolOptions): Promise<Spool> {
    try {
      await mkdir(options.folder, { recursive: true, mode: 0o700 })
      const spool = new Spool(options, await GapLedger.open(options.folder, options.log))
      await spool.#load()
      return spool
    } catch (error) {
      throw new GuardError('SPOOL_UNUSABLE', `failed to open the spool in ${options.folder}: ${messageOf(error)}`, {}, { cause: error })
    }
  }

  /** Number of results in the spool. */
  get results(): number {
    return this.#findings.results + this.#clean.results
  }

  get sizeBytes(): number {
    return this.#inDropOrder.reduce((sum, queue) => sum + queue.sizeBytes, 0)
  }

  get isEmpty(): boolean {
    return !this.#hasWork('results') && !this.#hasWork('sightings')
  }

  /**
   * Stores results durably. Concurrent calls share one write and one fsync.
   *
   * @throws GuardError SPOOL_UNUSABLE when the disk rejects the write; nothing is stored then.
   */
  append(records: readonly SpoolRecord[]): Promise<void> {
    if (this.#waiting) {
      this.#waiting.records.push(...records)
      return this.#waiting.done
    }
    const waiting = { records: [...records], done: Promise.resolve() }
    waiting.done = this.#exclusive(async () => {
      this.#waiting = undefined
      await this.#store(waiting.records)
    })
    this.#waiting = waiting
    return waiting.done
  }

  /** Stores sightings durably, or drops and counts them when the spool is full. @throws as `append`. */
  appendSightings(records: readonly SpoolRecord[]): Promise<void> {
    return this.#exclusive(() => this.#storeIn([[this.#sightings, records]]))
  }

  /** Returns the oldest records of a lane, those with findings first; undefined when there are none. A lane has one batch at a time. */
  read(maxRecords: number, maxBytes: number, lane: SpoolLane = 'results'): Promise<SpoolBatch | undefined> {
    return this.#exclusive(async () => {
      for (const queue of this.#queuesOf(lane))
        while (queue.results > 0) {
          const records = await queue.read(maxRecords, maxBytes)
          this.#beingSent.set(lane, queue)
          if (records.length > 0) return { lane, records, queue }
          // The segment was damaged on disk while the process ran.
          await this.#drop(queue, 'spool_corrupt', false)
        }
      this.#beingSent.delete(lane)
      return undefined
    })
  }

  /** Removes the first `count` records of the batch, which the backend stored or rejected. @returns the remaining batch. */
  acknowledge(batch: SpoolBatch, count: number): Promise<SpoolBatch> {
    return this.#exclusive(async () => {
      await batch.queue.acknowledge(batch.records.slice(0, count))
      const records = batch.records.slice(count)
      if (records.length === 0) this.#beingSent.delete(batch.lane)
      return { ...batch, records }
    })
  }

  /** Counts rejected records as lost. */
  async countRefused(lost: GapCounts): Promise<void> {
    await this.gaps.add('refused', lost)
    this.#wakeAll()
  }

  /** Yields the encoded results with findings, oldest first. Call it before appending or reading. */
  async *pendingFindings(): AsyncGenerator<Uint8Array> {
    for await (const records of this.#findings.pending()) for (const { payload } of records) yield payload
  }

  /** Resolves when a lane has records to send, or the signal is aborted. Gaps belong to the results lane. */
  async whenNotEmpty(signal: AbortSignal, lane: SpoolLane = 'results'): Promise<void> {
    while (!this.#hasWork(lane) && !signal.aborted)
      await new Promise<void>((resolve) => {
        const end = () => {
          signal.removeEventListener('abort', end)
          resolve()
        }
        this.#wake.set(lane, end)
        signal.addEventListener('abort', end, { once: true })
      })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#exclusive(async () => {
      for (const queue of this.#inDropOrder) await queue.close()
    })
  }

  /** Runs one operation at a time, so that segments, counters and ledger are consistent. */
  #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#lastWork.then(work)
    this.#lastWork = result.catch(() => undefined)
    return result
  }

  /** In the order in which records are dropped. */
  get #inDropOrder(): readonly SegmentQueue[] {
    return [this.#sightings, this.#clean, this.#findings]
  }

  /** Wakes all lanes, which check for work. */
  #wakeAll(): void {
    for (const wake of this.#wake.values()) wake()
  }

  #queuesOf(lane: SpoolLane): readonly SegmentQueue[] {
    return lane === 'results' ? [this.#findings, this.#clean] : [this.#sightings]
  }

  #hasWork(lane: SpoolLane): boolean {
    return this.#queuesOf(lane).some((queue) => queue.results > 0) || (lane === 'results' && !this.gaps.isEmpty)
  }

  #store(records: readonly SpoolRecord[]): Promise<void> {
    return this.#storeIn([
      [this.#findings, records.filter(({ findings }) => findings > 0)],
      [this.#clean, records.filter(({ findings }) => findings === 0)],
    ])
  }

  async #storeIn(parts: readonly (readonly [SegmentQueue, readonly SpoolRecord[]])[]): Promise<void> {
    try {
      for (const [queue, own] of parts) {
        if (own.length === 0) continue
        const incomingBytes = own.reduce((sum, record) => sum + encodeRecord(record).length, 0)
        if (await this.#freeSpace(incomingBytes, queue)) await queue.append(own)
        else await this.#account('spool_full', countRecords(own), queue)
      }
    } catch (error) {
      throw new GuardError('SPOOL_UNUSABLE', `failed to write to the spool: ${messageOf(error)}`, {}, { cause: error })
    }
    this.#wakeAll()
  }

  /** Drops old records until the new ones fit. @returns false when only records of higher priority remain. */
  async #freeSpace(incomingBytes: number, forQueue: SegmentQueue): Promise<boolean> {
    const order = this.#inDropOrder
    while (this.sizeBytes + incomingBytes > this.#options.maxBytes) {
      const victim = order.find((queue) => queue.canDrop(this.#isBeingSent(queue)))
      if (!victim || order.indexOf(victim) > order.indexOf(forQueue)) return false
      await this.#drop(victim, 'spool_full', this.#isBeingSent(victim))
    }
    return true
  }

  #isBeingSent(queue: SegmentQueue): boolean {
    return [...this.#beingSent.values()].includes(queue)
  }

  #drop(queue: SegmentQueue, reason: GapReason, spareHead: boolean): Promise<void> {
    return queue.dropOldest(spareHead, async (counts, fileName) => {
      await this.#account(reason, counts, queue, fileName)
      this.gaps.forgetFile(fileName)
    })
  }

  async #account(reason: GapReason, counts: LostRecords, queue: SegmentQueue, fileName?: string): Promise<void> {
    if (counts.results === 0) return
    const lost = gapCounts(counts, this.#kindOf(queue))
    this.#options.log.error({ reason, ...lost }, 'dropped queued results')
    await this.gaps.add(reason, lost, fileName)
    this.#wakeAll()
  }

  async #load(): Promise<void> {
    const fileNames = await readdir(this.#options.folder)
    for (const fileName of fileNames.filter((name) => name.endsWith(DROPPED_SUFFIX))) await this.#finishDrop(fileName)
    for (const queue of this.#inDropOrder.toReversed()) await this.#account('spool_corrupt', await queue.load(fileNames), queue)
  }

  #kindOf(queue: SegmentQueue): RecordKind {
    if (queue === this.#sightings) return 'sightings'
    return queue === this.#clean ? 'clean' : 'findings'
  }

  /** Completes the drop of a segment that a killed process had started. */
  async #finishDrop(fileName: string): Promise<void> {
    const path = join(this.#options.folder, fileName)
    if (!this.gaps.hasAccounted(fileName)) {
      const counts = countRecords(parseRecords(await readFile(path)).records)
      const queue = this.#inDropOrder.find((one) => fileName.startsWith(`${this.#kindOf(one)}-`)) ?? this.#findings
      await this.#account('spool_full', counts, queue, fileName)
    }
    await rm(path)
    this.gaps.forgetFile(fileName)
  }
}
