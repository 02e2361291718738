import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import { type GapCounts, GapLedger, type GapReason, gapCounts, type RecordKind } from './gap-ledger.js'
import { DROPPED_SUFFIX, SegmentQueue } from './segment-queue.js'
import { countRecords, encodeRecord, type LostRecords, parseRecords, type SpoolRecord } from './spool-record.js'

export interface SpoolOptions {
  readonly folder: string
  /** Bytes of all segments; the segment that is being sent may exceed it. */
  readonly maxBytes: number
  readonly log: Logger
}

/** What is sent apart from the other, so that neither waits for it. */
export type SpoolLane = 'results' | 'sightings'

/** The oldest records of one kind; give the same object back to `acknowledge`. */
export interface SpoolBatch {
  readonly lane: SpoolLane
  readonly records: readonly SpoolRecord[]
  readonly queue: SegmentQueue
}

/** An eighth of the spool is given up at a time, at most this much; also what one batch is read from. */
const SEGMENT_MAX_BYTES = MIB_BYTES
const SEGMENTS_MIN = 8

/**
 * Results and sightings that the backend does not have yet, on disk and bounded. `append` resolves when they are durable: nothing counts as
 * reported before. When it is full the oldest sightings go first, then the oldest clean results, findings last, and what went is in `gaps`.
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

  /** Opens the spool of a folder with all that earlier processes left in it; damage is counted in `gaps`. @throws GuardError SPOOL_UNUSABLE. */
  static async open(options: SpoolOptions): Promise<Spool> {
    try {
      await mkdir(options.folder, { recursive: true, mode: 0o700 })
      const spool = new Spool(options, await GapLedger.open(options.folder, options.log))
      await spool.#load()
      return spool
    } catch (error) {
      throw new GuardError('SPOOL_UNUSABLE', `the spool in ${options.folder} cannot be used: ${messageOf(error)}`, {}, { cause: error })
    }
  }

  /** Results that wait. */
  get results(): number {
    return this.#findings.results + this.#clean.results
  }

  get sizeBytes(): number {
    return this.#leastFirst.reduce((sum, queue) => sum + queue.sizeBytes, 0)
  }

  get isEmpty(): boolean {
    return !this.#hasWork('results') && !this.#hasWork('sightings')
  }

  /**
   * Stores results; they are durable when this resolves. Calls that come together share one write and one fsync.
   *
   * @throws GuardError SPOOL_UNUSABLE when the disk refuses; nothing is stored then.
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

  /** Stores sightings; they are durable, or given up and counted because there is no room, when this resolves. @throws as `append`. */
  appendSightings(records: readonly SpoolRecord[]): Promise<void> {
    return this.#exclusive(() => this.#storeIn([[this.#sightings, records]]))
  }

  /** The oldest records of a lane, those with findings first; undefined when there are none. One batch of a lane at a time is out. */
  read(maxRecords: number, maxBytes: number, lane: SpoolLane = 'results'): Promise<SpoolBatch | undefined> {
    return this.#exclusive(async () => {
      for (const queue of this.#queuesOf(lane))
        while (queue.results > 0) {
          const records = await queue.read(maxRecords, maxBytes)
          this.#beingSent.set(lane, queue)
          if (records.length > 0) return { lane, records, queue }
          // The segment was damaged on disk while we ran.
          await this.#drop(queue, 'spool_corrupt', false)
        }
      this.#beingSent.delete(lane)
      return undefined
    })
  }

  /** The backend has, or for ever refuses, the first `count` results of the batch. @returns what remains of it. */
  acknowledge(batch: SpoolBatch, count: number): Promise<SpoolBatch> {
    return this.#exclusive(async () => {
      await batch.queue.acknowledge(batch.records.slice(0, count))
      const records = batch.records.slice(count)
      if (records.length === 0) this.#beingSent.delete(batch.lane)
      return { ...batch, records }
    })
  }

  /** Counts what the backend will never take as lost. */
  async countRefused(lost: GapCounts): Promise<void> {
    await this.gaps.add('refused', lost)
    this.#wakeAll()
  }

  /** Encoded results with findings that wait, oldest first. Call before anything is appended or read. */
  async *pendingFindings(): AsyncGenerator<Uint8Array> {
    for await (const records of this.#findings.pending()) for (const { payload } of records) yield payload
  }

  /** Resolves when a lane has something to send, or the signal is aborted. Losses are sent with results. */
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
      for (const queue of this.#leastFirst) await queue.close()
    })
  }

  /** One operation at a time: segments, counters and the ledger always agree. */
  #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#lastWork.then(work)
    this.#lastWork = result.catch(() => undefined)
    return result
  }

  /** In the order in which they are given up. */
  get #leastFirst(): readonly SegmentQueue[] {
    return [this.#sightings, this.#clean, this.#findings]
  }

  /** Whoever waits looks whether there is something for it. */
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
        if (await this.#makeRoom(incomingBytes, queue)) await queue.append(own)
        else await this.#account('spool_full', countRecords(own), queue)
      }
    } catch (error) {
      throw new GuardError('SPOOL_UNUSABLE', `results cannot be written down: ${messageOf(error)}`, {}, { cause: error })
    }
    this.#wakeAll()
  }

  /** Gives up old records until the new ones fit. @returns false when only what matters more is left. */
  async #makeRoom(incomingBytes: number, forQueue: SegmentQueue): Promise<boolean> {
    const order = this.#leastFirst
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
    this.#options.log.error({ reason, ...lost }, 'what was to be sent was given up')
    await this.gaps.add(reason, lost, fileName)
    this.#wakeAll()
  }

  async #load(): Promise<void> {
    const fileNames = await readdir(this.#options.folder)
    for (const fileName of fileNames.filter((name) => name.endsWith(DROPPED_SUFFIX))) await this.#finishDrop(fileName)
    for (const queue of this.#leastFirst.toReversed()) await this.#account('spool_corrupt', await queue.load(fileNames), queue)
  }

  #kindOf(queue: SegmentQueue): RecordKind {
    if (queue === this.#sightings) return 'sightings'
    return queue === this.#clean ? 'clean' : 'findings'
  }

  /** A process was killed while it gave up this segment. */
  async #finishDrop(fileName: string): Promise<void> {
    const path = join(this.#options.folder, fileName)
    if (!this.gaps.hasAccounted(fileName)) {
      const counts = countRecords(parseRecords(await readFile(path)).records)
      const queue = this.#leastFirst.find((one) => fileName.startsWith(`${this.#kindOf(one)}-`)) ?? this.#findings
      await this.#account('spool_full', counts, queue, fileName)
    }
    await rm(path)
    this.gaps.forgetFile(fileName)
  }
}
