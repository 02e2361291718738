import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { INGEST_LIMITS, MINUTE_MS, PROTOBUF_MEDIA_TYPE, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, type Logger, messageOf, sleep, writeFileDurably } from '@guardimesh/kit'
import type { BackendClient } from './backend-client.js'
import { encodeGapBatch } from './encode-batch.js'
import { gapCounts } from './gap-ledger.js'
import { type Judgement, judgeAnswer } from './judge-response.js'
import { LANES } from './lanes.js'
import type { Spool, SpoolBatch, SpoolLane } from './spool.js'
import { countRecords, type SpoolRecord } from './spool-record.js'

export interface SenderOptions {
  readonly spool: Spool
  readonly lane: SpoolLane
  readonly backend: BackendClient
  readonly clusterId: string
  readonly nodeName: string
  /** Results that the backend will never take are kept here for a person to look at. */
  readonly refusedFolder: string
  readonly log: Logger
  /** Told of each request: its judgement and how many results, or records of sightings, were in it. */
  readonly onJudgement?: (judgement: Judgement['kind'], results: number) => void
}

const INGEST_PATH = '/api/v1/scan/results'
const RETRY = { firstMs: 250, maxMs: 30 * SECOND_MS }
/** The key will not become good by itself; asking slowly heals a rotation that is under way. */
const LOCKED_OUT_PAUSE_MS = MINUTE_MS
const REFUSED_FILES_MAX = 100
const compress = promisify(gzip)

/** Takes one lane of the spool to the backend, oldest first and at once, until the backend has it; with results goes what was lost. */
export class Sender {
  readonly #options: SenderOptions
  #failures = 0

  constructor(options: SenderOptions) {
    this.#options = options
  }

  /** Runs until the signal is aborted. A disk that refuses is logged and tried again: what was sent and not ticked off is sent once more. */
  async run(signal: AbortSignal): Promise<void> {
    const { spool, lane, log } = this.#options
    const { recordsPerBatch, bytesPerBatch } = LANES[lane]
    for (let failures = 0; !signal.aborted; ) {
      try {
        await spool.whenNotEmpty(signal, lane)
        if (lane === 'results') await this.#sendGaps(signal)
        const batch = await spool.read(recordsPerBatch, bytesPerBatch, lane)
        if (batch) await this.#sendBatch(batch, signal)
        failures = 0
      } catch (error) {
        failures += 1
        const pauseMs = backoffMs(failures, RETRY)
        log.error({ error, failures, pauseMs }, 'the disk does not let results be sent; they stay in the spool')
        await sleep(pauseMs, signal)
      }
    }
  }

  /** Sends a batch, in halves where it is too large or refused, until nothing is left of it. */
  async #sendBatch(batch: SpoolBatch, signal: AbortSignal): Promise<void> {
    let rest = batch
    let takeCount = rest.records.length
    while (rest.records.length > 0 && !signal.aborted) {
      const part = rest.records.slice(0, takeCount)
      const body = await compress(LANES[rest.lane].encode(part))
      const isTooLarge = body.length > INGEST_LIMITS.compressedBodyBytes
      if (isTooLarge && part.length > 1) {
        takeCount = Math.floor(part.length / 2)
        continue
      }
      const judgement = isTooLarge
        ? ({ kind: 'refused', why: 'larger than a request may be' } as const)
        : await this.#post(body, part.length, signal)
      if (!judgement) return
      if (judgement.kind === 'refused' && part.length > 1) {
        takeCount = Math.floor(part.length / 2)
        continue
      }
      if (judgement.kind === 'refused') await this.#setAside(part[0] as SpoolRecord, judgement.why)
      rest = await this.#options.spool.acknowledge(rest, part.length)
      // One poisoned result is behind us: try the rest together again.
      takeCount = rest.records.length
    }
  }

  async #sendGaps(signal: AbortSignal): Promise<void> {
    const { spool, log, clusterId, nodeName } = this.#options
    while (!spool.gaps.isEmpty && !signal.aborted) {
      const gaps = spool.gaps.take()
      const judgement = await this.#post(await compress(encodeGapBatch(gaps, { clusterId, nodeName })), 0, signal)
      if (!judgement) return
      if (judgement.kind === 'refused') log.error({ gaps: gaps.length, why: judgement.why }, 'the backend refused to store losses')
      await spool.gaps.acknowledge(gaps)
    }
  }

  /** Posts until the backend takes or refuses the body. @returns undefined when the signal was aborted. */
  async #post(body: Uint8Array, results: number, signal: AbortSignal): Promise<Judgement | undefined> {
    const headers = { 'content-type': PROTOBUF_MEDIA_TYPE, 'content-encoding': 'gzip' }
    while (!signal.aborted) {
      const judgement = await this.#attempt({ method: 'POST', path: INGEST_PATH, headers, body } as const, signal)
      this.#options.onJudgement?.(judgement.kind, results)
      if (judgement.kind === 'stored' || judgement.kind === 'refused') {
        this.#failures = 0
        return judgement
      }
      this.#failures += 1
      const pauseMs = this.#pauseMs(judgement)
      const level = judgement.kind === 'locked-out' ? 'error' : 'warn'
      this.#options.log[level]({ why: judgement.why, failures: this.#failures, pauseMs }, MESSAGES[judgement.kind])
      await sleep(pauseMs, signal)
    }
    return undefined
  }

  async #attempt(request: Parameters<BackendClient['send']>[0], signal: AbortSignal): Promise<Judgement> {
    try {
      return judgeAnswer(await this.#options.backend.send(request, signal), Date.now())
    } catch (error) {
      return { kind: 'later', why: messageOf(error) }
    }
  }

  #pauseMs(judgement: Judgement): number {
    const ownMs = backoffMs(this.#failures, RETRY)
    if (judgement.kind === 'locked-out') return Math.max(ownMs, LOCKED_OUT_PAUSE_MS)
    return judgement.kind === 'later' && judgement.pauseMs !== undefined ? Math.max(judgement.pauseMs, ownMs) : ownMs
  }

  /** Keeps a record that the backend will never take, and counts it as lost. */
  async #setAside(record: SpoolRecord, why: string): Promise<void> {
    const { refusedFolder, spool, lane, log } = this.#options
    const { kindOf, suffix } = LANES[lane]
    const fileName = `${String(record.atMs).padStart(15, '0')}-${process.hrtime.bigint()}.${suffix}`
    log.error({ fileName, why }, 'the backend refused what was sent; it was set aside')
    await mkdir(refusedFolder, { recursive: true, mode: 0o700 })
    await writeFileDurably(join(refusedFolder, fileName), record.payload)
    const kept = (await readdir(refusedFolder)).sort()
    for (const old of kept.slice(0, Math.max(0, kept.length - REFUSED_FILES_MAX))) await rm(join(refusedFolder, old))
    await spool.countRefused(gapCounts(countRecords([record]), kindOf(record)))
  }
}

const MESSAGES = {
  later: 'the backend did not take what was sent; it stays in the spool',
  'locked-out': 'the backend takes nothing of this node; it stays in the spool until a person acts: see why',
} as const
