import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import { GapLedger, type GapReason } from './gap-ledger.js'
import { DROPPED_SUFFIX, SegmentQueue } from './segment-queue.js'
import { countRecords, encodeRecord, type LostRecords, parseRecords, type SpoolRecord } from './spool-record.js'

export interface SpoolOptions {
  readonly folder: string
  /** Bytes of all segments; the segment that is being sent may exceed it. */
  readonly maxBytes: number
  readonly log: Logger
}

/** The oldest results of one kind; give the same object back to `acknowledge`. */
export interface SpoolBatch {
  readonly records: readonly SpoolRecord[]
  readonly queue: SegmentQueue
}

/** An eighth of the spool is given up at a time, at most this much; also what one batch is read from. */
const SEGMENT_MAX_BYTES = MIB_BYTES
const SEGMENTS_MIN = 8

/**
 * Results that the backend does not have yet, on disk and bounded. `append` resolves when they are durable: nothing counts as reported before.
 * When it is full the oldest clean results go first, findings last, and what went is in `gaps`.
 */
export class Spool implements AsyncDisposable {
  readonly gaps: GapLedger
  readonly #options: SpoolOptions
  readonly #findings: SegmentQueue
  readonly #clean: SegmentQueue
  #beingSent: SegmentQueue | undefined
  #lastWork: Promise<unknown> = Promise.resolve()
  #waiting: { records: SpoolRecord[]; done: Promise<void> } | undefined
  #wake: () => void = () => {}

  private constructor(options: SpoolOptions, gaps: GapLedger) {
    const segmentBytes = Math.max(4096, Math.min(SEGMENT_MAX_BYTES, Math.floor(options.maxBytes / SEGMENTS_MIN)))
    this.#options = options
    this.gaps = gaps
    this.#findings = new SegmentQueue(options.folder, 'findings', segmentBytes)
    this.#clean = new SegmentQueue(options.folder, 'clean', segmentBytes)
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
    return this.#findings.sizeBytes + this.#clean.sizeBytes
  }

  get isEmpty(): boolean {
    return this.results === 0 && this.gaps.isEmpty
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

  /** The oldest results, those with findings first; undefined when there are none. One batch at a time is out. */
  read(maxRecords: number, maxBytes: number): Promise<SpoolBatch | undefined> {
    return this.#exclusive(async () => {
      for (const queue of [this.#findings, this.#clean])
        while (queue.results > 0) {
          const records = await queue.read(maxRecords, maxBytes)
          this.#beingSent = queue
          if (records.length > 0) return { records, queue }
          // The segment was damaged on disk while we ran.
          await this.#drop(queue, 'spool_corrupt', false)
        }
      this.#beingSent = undefined
      return undefined
    })
  }

  /** The backend has, or for ever refuses, the first `count` results of the batch. @returns what remains of it. */
  acknowledge(batch: SpoolBatch, count: number): Promise<SpoolBatch> {
    return this.#exclusive(async () => {
      await batch.queue.acknowledge(batch.records.slice(0, count))
      const records = batch.records.slice(count)
      if (records.length === 0) this.#beingSent = undefined
      return { ...batch, records }
    })
  }

  /** Encoded results with findings that wait, oldest first. Call before anything is appended or read. */
  async *pendingFindings(): AsyncGenerator<Uint8Array> {
    for await (const records of this.#findings.pending()) for (const { payload } of records) yield payload
  }

  /** Resolves when there is something to send, or the signal is aborted. */
  async whenNotEmpty(signal: AbortSignal): Promise<void> {
    while (this.isEmpty && !signal.aborted)
      await new Promise<void>((resolve) => {
        const end = () => {
          signal.removeEventListener('abort', end)
          resolve()
        }
        this.#wake = end
        signal.addEventListener('abort', end, { once: true })
      })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#exclusive(async () => {
      await this.#findings.close()
      await this.#clean.close()
    })
  }

  /** One operation at a time: segments, counters and the ledger always agree. */
  #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#lastWork.then(work)
    this.#lastWork = result.catch(() => undefined)
    return result
  }

  async #store(records: readonly SpoolRecord[]): Promise<void> {
    try {
      for (const [queue, own] of [
        [this.#findings, records.filter(({ findings }) => findings > 0)],
        [this.#clean, records.filter(({ findings }) => findings === 0)],
      ] as const) {
        if (own.length === 0) continue
        const incomingBytes = own.reduce((sum, record) => sum + encodeRecord(record).length, 0)
        if (await this.#makeRoom(incomingBytes, queue)) await queue.append(own)
        else await this.#account('spool_full', countRecords(own), queue)
      }
    } catch (error) {
      throw new GuardError('SPOOL_UNUSABLE', `results cannot be written down: ${messageOf(error)}`, {}, { cause: error })
    }
    this.#wake()
  }

  /** Gives up old results until the new ones fit. @returns false when only what matters more is left. */
  async #makeRoom(incomingBytes: number, forQueue: SegmentQueue): Promise<boolean> {
    while (this.sizeBytes + incomingBytes > this.#options.maxBytes) {
      const victim = [this.#clean, this.#findings].find((queue) => queue.canDrop(queue === this.#beingSent))
      if (!victim || (victim === this.#findings && forQueue === this.#clean)) return false
      await this.#drop(victim, 'spool_full', victim === this.#beingSent)
    }
    return true
  }

  #drop(queue: SegmentQueue, reason: GapReason, spareHead: boolean): Promise<void> {
    return queue.dropOldest(spareHead, async (counts, fileName) => {
      await this.#account(reason, counts, queue, fileName)
      this.gaps.forgetFile(fileName)
    })
  }

  async #account(reason: GapReason, counts: LostRecords, queue: SegmentQueue, fileName?: string): Promise<void> {
    if (counts.results === 0) return
    const isClean = queue === this.#clean
    this.#options.log.error({ reason, results: counts.results, findings: counts.findings }, 'results were given up')
    const { findings, fromMs, toMs } = counts
    const kinds = { cleanResults: isClean ? counts.results : 0, findingResults: isClean ? 0 : counts.results }
    await this.gaps.add(reason, { ...kinds, findings, fromMs, toMs }, fileName)
  }

  async #load(): Promise<void> {
    const fileNames = await readdir(this.#options.folder)
    for (const fileName of fileNames.filter((name) => name.endsWith(DROPPED_SUFFIX))) await this.#finishDrop(fileName)
    for (const queue of [this.#findings, this.#clean]) await this.#account('spool_corrupt', await queue.load(fileNames), queue)
  }

  /** A process was killed while it gave up this segment. */
  async #finishDrop(fileName: string): Promise<void> {
    const path = join(this.#options.folder, fileName)
    if (!this.gaps.hasAccounted(fileName)) {
      const counts = countRecords(parseRecords(await readFile(path)).records)
      await this.#account('spool_full', counts, fileName.startsWith('clean') ? this.#clean : this.#findings, fileName)
    }
    await rm(path)
    this.gaps.forgetFile(fileName)
  }
}
