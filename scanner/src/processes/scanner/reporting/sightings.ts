import { SCAN_SOURCES, type ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import { toWireNumber } from '@guardimesh/contracts/detection/wire-number'
import { INGEST_LIMITS as LIMITS } from '@guardimesh/contracts/ingest/limits'
import type { ContainerInfoMessage, Draft } from '@guardimesh/contracts/messages'
import { DAY_MS, MIB_BYTES, SECOND_MS } from '@guardimesh/contracts/units'
import { background, backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { Counter, type Registry } from 'prom-client'
import type { FileVerdict } from '../../../engines/engine.js'
import { sha256OfKey, sizeBytesOfKey } from '../../../engines/verdict-keys.js'
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

/** Where a content was seen inside its container. */
export interface SightingLocation {
  /** As the container sees it, raw bytes. */
  readonly path: Uint8Array
  readonly scanSource: ScanSourceName
}

/** The state of one container. */
interface ContainerState {
  readonly facts: Draft<'FileSighting'>
  readonly seeds: Uint32Array
  /** Verdicts whose sighting needs no check on this day any more. Weak: a verdict that the cache drops is checked again. */
  settled: WeakSet<FileVerdict>
  settledDay: number
  /** Token bucket: sightings that the container may report now, and the time of that balance. */
  allowance: number
  allowedAtMs: number
}

const FLUSH_INTERVAL_MS = 2 * SECOND_MS
/** This many bytes are written without waiting for the interval. */
const FLUSH_BYTES = MIB_BYTES
/** Unwritten bytes while the disk rejects writes. Further sightings are not reported until they are seen again. */
const UNWRITTEN_MAX_BYTES = 8 * MIB_BYTES
const DISK_RETRY = { firstMs: FLUSH_INTERVAL_MS, maxMs: 30 * SECOND_MS }
/** The size of the writable layer of a busy container, in files. */
const CONTAINER_BURST = 50_000
/** A container that writes new contents all the time reports a part of them: 10 per second are about a million per day. */
const CONTAINER_PER_SECOND = 10
const GENERATIONS_MAX = 0xffff

/**
 * Reports which contents were seen where: each sighting once per day, and again when another generation declares it clean. Noting a reported
 * sighting costs a scan next to nothing; writing and sending run in the background. Sightings that a killed process had not written count as
 * unreported, so the next process reports them again.
 */
export class Sightings {
  readonly #options: SightingsOptions
  readonly #reportedSightings = new ReportedSightings()
  readonly #containers = new WeakMap<ContainerInfoMessage, ContainerState>()
  readonly #generations = new Map<string, number>()
  readonly #records = new SightingRecords()
  #unwritten: SpoolRecord[] = []
  #unwrittenBytes = 0
  #flushing: Promise<void> | undefined
  #failures = 0
  #reported = 0
  #heldBack = 0

  constructor(options: SightingsOptions) {
    this.#options = options
    const counts = () => ({ reported: this.#reported, 'held-back': this.#heldBack })
    new Counter({
      name: 'guardimesh_scanner_sightings_total',
      help: 'Sightings that were reported, or held back because their container exceeds its rate or the disk rejects writes',
      labelNames: ['outcome'],
      registers: [options.metrics],
      collect() {
        this.reset()
        for (const [outcome, sum] of Object.entries(counts())) this.inc({ outcome }, sum)
      },
    })
  }

  /** Notes that a content was seen. A content without a hash is not reported, nor is an empty file. */
  note(container: ContainerInfoMessage, location: SightingLocation, seen: FileVerdict, nowMs = Date.now()): void {
    const key = seen.contentKey
    if (key === undefined) return
    const state = this.#stateOf(container, nowMs)
    const day = Math.trunc(nowMs / DAY_MS)
    const settled = settledOn(day, state)
    if (settled.has(seen)) return
    const cleanGeneration = seen.verdict.kind === 'clean' ? (seen.generation ?? '') : ''
    const path = location.path.subarray(0, LIMITS.pathBytes)
    const sizeBytes = sizeBytesOfKey(key)
    const isDue = sizeBytes > 0 && this.#reportedSightings.isDue(state.seeds, path, key, day, this.#numberOf(cleanGeneration))
    if (isDue && !this.#hasAllowance(state, nowMs)) {
      this.#heldBack += 1
      return
    }
    // Another object would never be seen again, and a million of them enlarge the set until the next collection of garbage.
    if (seen.isKept) settled.add(seen)
    if (!isDue) return
    this.#reportedSightings.markReported()
    state.allowance -= 1
    this.#reported += 1
    const hashes = { sha256: sha256OfKey(key), ...(seen.md5 === undefined ? {} : { md5: Buffer.from(seen.md5, 'hex') }) }
    const facts = { ...hashes, sizeBytes, path, scanSource: toWireNumber(SCAN_SOURCES, location.scanSource) }
    const times = { firstSeenAtMs: nowMs, lastSeenAtMs: nowMs }
    this.#records.add({ ...state.facts, ...facts, ...times, cleanGeneration: cutText(cleanGeneration, LIMITS.idBytes) }, nowMs)
    if (this.#records.sizeBytes >= FLUSH_BYTES && !this.#flushing && this.#failures === 0)
      background(this.#options.log, 'write sightings', this.#flush())
  }

  /** Writes noted sightings to the spool until the signal is aborted, and once more then. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(this.#failures === 0 ? FLUSH_INTERVAL_MS : backoffMs(this.#failures, DISK_RETRY), signal)
      await this.#flush()
    }
    await this.#flush()
  }

  #flush(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => {
      this.#flushing = undefined
    })
    return this.#flushing
  }

  async #write(): Promise<void> {
    const records = [...this.#unwritten, ...this.#records.drain(Date.now())]
    if (records.length === 0) return
    try {
      await this.#options.spool.appendSightings(records)
      this.#setUnwritten([])
      this.#failures = 0
    } catch (error) {
      this.#setUnwritten(records)
      this.#failures += 1
      const facts = { reason: messageOf(error), failures: this.#failures }
      this.#options.log.warn(facts, 'failed to write sightings to the spool; retrying')
    }
  }

  #setUnwritten(records: SpoolRecord[]): void {
    this.#unwritten = records
    this.#unwrittenBytes = records.reduce((sum, { payload }) => sum + payload.length, 0)
  }

  #hasAllowance(state: ContainerState, nowMs: number): boolean {
    const grown = (Math.max(0, nowMs - state.allowedAtMs) / SECOND_MS) * CONTAINER_PER_SECOND
    if (grown >= 1) {
      state.allowance = Math.min(CONTAINER_BURST, state.allowance + grown)
      state.allowedAtMs = nowMs
    }
    return state.allowance >= 1 && this.#records.sizeBytes + this.#unwrittenBytes < UNWRITTEN_MAX_BYTES
  }

  #stateOf(container: ContainerInfoMessage, nowMs: number): ContainerState {
    const known = this.#containers.get(container)
    if (known) return known
    const state: ContainerState = {
      facts: containerFacts(container, this.#options.node),
      seeds: this.#reportedSightings.seedsOf(container.containerId),
      settled: new WeakSet(),
      settledDay: 0,
      allowance: CONTAINER_BURST,
      allowedAtMs: nowMs,
    }
    this.#containers.set(container, state)
    return state
  }

  /** Returns 0 for no generation. When all numbers are used up, they are assigned again from 1. */
  #numberOf(generation: string): number {
    if (generation === '') return 0
    const known = this.#generations.get(generation)
    if (known !== undefined) return known
    if (this.#generations.size === GENERATIONS_MAX) this.#generations.clear()
    this.#generations.set(generation, this.#generations.size + 1)
    return this.#generations.size
  }
}

function settledOn(day: number, state: ContainerState): WeakSet<FileVerdict> {
  if (state.settledDay !== day) {
    state.settledDay = day
    state.settled = new WeakSet()
  }
  return state.settled
}
