import {
  type ContainerInfoMessage,
  DAY_MS,
  type Draft,
  INGEST_LIMITS as LIMITS,
  MIB_BYTES,
  SCAN_SOURCES,
  type ScanSourceName,
  SECOND_MS,
  toWireNumber,
} from '@guardimesh/contracts'
import { background, backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { Counter, type Registry } from 'prom-client'
import type { FileVerdict } from '../../../engines/engine.js'
import { sha256OfKey } from '../../../engines/verdict-keys.js'
import { ReportedSightings } from '../../../report/reported-sightings.js'
import type { Spool } from '../../../report/spool.js'
import type { SpoolRecord } from '../../../report/spool-record.js'
import { cutText, type NodeFacts } from './build-result.js'
import { containerFacts, SightingRecords } from './sighting-records.js'

export interface SightingsOptions {
  readonly spool: Spool
  readonly node: NodeFacts
  readonly metrics: Registry
  readonly log: Logger
}

/** Where a content was come upon. */
export interface SeenPlace {
  /** As the container sees it, raw bytes. */
  readonly path: Uint8Array
  readonly scanSource: ScanSourceName
}

interface Container {
  readonly facts: Draft<'FileSighting'>
  readonly seeds: Uint32Array
  /** What files are marked with that were told today, and the day for which that is. */
  mark: number
  markedDay: number
  /** How many sightings it may have told now, and as of when that was so. */
  allowance: number
  allowedAtMs: number
}

/** From noting to the disk. */
const FLUSH_MS = 2 * SECOND_MS
/** So much is written down without waiting for that. */
const FLUSH_BYTES = MIB_BYTES
/** What waits while the disk refuses; what comes then is not told, and is noted when it is seen again. */
const WAITING_MAX_BYTES = 8 * MIB_BYTES
const DISK_RETRY = { firstMs: FLUSH_MS, maxMs: 30 * SECOND_MS }
/** The writable layer of a busy container. */
const CONTAINER_BURST = 50_000
/** A container that writes other content all the time tells a part of it: 10 a second are a million a day. */
const CONTAINER_PER_SECOND = 10
const GENERATIONS_MAX = 0xffff

/**
 * Tells the backend which contents were seen where: each once a day, and again when other signatures call it clean. Noting costs the scan
 * next to nothing for what was told already; writing down and sending go on beside it. What a killed process had noted and not written down
 * counts as told nowhere: the next one begins anew.
 */
export class Sightings {
  readonly #options: SightingsOptions
  readonly #places = new ReportedSightings()
  readonly #containers = new WeakMap<ContainerInfoMessage, Container>()
  readonly #generations = new Map<string, number>()
  readonly #records = new SightingRecords()
  #refused: SpoolRecord[] = []
  #refusedBytes = 0
  #flushing: Promise<void> | undefined
  #failures = 0
  #marks = 0
  #told = 0
  #heldBack = 0

  constructor(options: SightingsOptions) {
    this.#options = options
    const count = () => ({ told: this.#told, 'held-back': this.#heldBack })
    new Counter({
      name: 'guardimesh_scanner_sightings_total',
      help: 'Contents seen somewhere: told, or held back because their container has more than its share or the disk refuses',
      labelNames: ['outcome'],
      registers: [options.metrics],
      collect() {
        this.reset()
        for (const [outcome, sum] of Object.entries(count())) this.inc({ outcome }, sum)
      },
    })
  }

  /** Notes that a content was seen. What has no hash is not told, nor that a file is empty. */
  note(container: ContainerInfoMessage, place: SeenPlace, seen: FileVerdict, nowMs = Date.now()): void {
    const key = seen.contentKey
    if (key === undefined) return
    const known = this.#containerOf(container, nowMs)
    const day = Math.trunc(nowMs / DAY_MS)
    const mark = this.#markOf(known, day)
    if (seen.toldMark === mark) return
    const cleanGeneration = seen.verdict.kind === 'clean' ? (seen.generation ?? '') : ''
    const path = place.path.subarray(0, LIMITS.pathBytes)
    const sizeBytes = sizeOfKey(key)
    const isDue = sizeBytes > 0 && this.#places.isDue(known.seeds, path, key, day, this.#numberOf(cleanGeneration))
    if (isDue && !this.#hasRoom(known, nowMs)) {
      this.#heldBack += 1
      return
    }
    seen.toldMark = mark
    if (!isDue) return
    this.#places.markTold()
    known.allowance -= 1
    this.#told += 1
    const hashes = { sha256: sha256OfKey(key), ...(seen.md5 === undefined ? {} : { md5: Buffer.from(seen.md5, 'hex') }) }
    const facts = { ...hashes, sizeBytes, path, scanSource: toWireNumber(SCAN_SOURCES, place.scanSource) }
    const times = { firstSeenAtMs: nowMs, lastSeenAtMs: nowMs }
    this.#records.add({ ...known.facts, ...facts, ...times, cleanGeneration: cutText(cleanGeneration, LIMITS.idBytes) }, nowMs)
    if (this.#records.sizeBytes >= FLUSH_BYTES && !this.#flushing && this.#failures === 0)
      background(this.#options.log, 'write sightings down', this.#flush())
  }

  /** Writes down what was noted, until the signal is aborted and once more then. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(this.#failures === 0 ? FLUSH_MS : backoffMs(this.#failures, DISK_RETRY), signal)
      await this.#flush()
    }
    await this.#flush()
  }

  #flush(): Promise<void> {
    this.#flushing ??= this.#writeDown().finally(() => {
      this.#flushing = undefined
    })
    return this.#flushing
  }

  async #writeDown(): Promise<void> {
    const records = [...this.#refused, ...this.#records.take(Date.now())]
    if (records.length === 0) return
    try {
      await this.#options.spool.appendSightings(records)
      this.#keep([])
      this.#failures = 0
    } catch (error) {
      this.#keep(records)
      this.#failures += 1
      this.#options.log.warn(
        { reason: messageOf(error), failures: this.#failures },
        'sightings cannot be written down; they wait in memory',
      )
    }
  }

  #keep(refused: SpoolRecord[]): void {
    this.#refused = refused
    this.#refusedBytes = refused.reduce((sum, { payload }) => sum + payload.length, 0)
  }

  #hasRoom(container: Container, nowMs: number): boolean {
    const grown = (Math.max(0, nowMs - container.allowedAtMs) / SECOND_MS) * CONTAINER_PER_SECOND
    if (grown >= 1) {
      container.allowance = Math.min(CONTAINER_BURST, container.allowance + grown)
      container.allowedAtMs = nowMs
    }
    return container.allowance >= 1 && this.#records.sizeBytes + this.#refusedBytes < WAITING_MAX_BYTES
  }

  #containerOf(container: ContainerInfoMessage, nowMs: number): Container {
    const known = this.#containers.get(container)
    if (known) return known
    const seeds = this.#places.seedsOf(container.containerId)
    const fresh = {
      facts: containerFacts(container, this.#options.node),
      seeds,
      mark: 0,
      markedDay: 0,
      allowance: CONTAINER_BURST,
      allowedAtMs: nowMs,
    }
    this.#containers.set(container, fresh)
    return fresh
  }

  #markOf(container: Container, day: number): number {
    if (container.markedDay !== day) {
      container.markedDay = day
      container.mark = ++this.#marks
    }
    return container.mark
  }

  /** 0 for none; a number is given again when there were as many generations as there are numbers. */
  #numberOf(generation: string): number {
    if (generation === '') return 0
    const known = this.#generations.get(generation)
    if (known !== undefined) return known
    if (this.#generations.size === GENERATIONS_MAX) this.#generations.clear()
    this.#generations.set(generation, this.#generations.size + 1)
    return this.#generations.size
  }
}

/** The size inside a content's key, bytes. Pure. */
function sizeOfKey(key: string): number {
  return Number.parseInt(key.slice(65), 10)
}
