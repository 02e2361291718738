import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { PROTOBUF_MEDIA_TYPE } from '@guardimesh/contracts/http/problem'
import { INGEST_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, type Logger, messageOf, sleep, writeFileDurably } from '@guardimesh/kit'
import type { BackendClient, BackendRequest } from './backend-client.js'
import { encodeGapBatch } from './encode-batch.js'
import { gapCounts } from './gap-ledger.js'
import { type Judgement, judgeResponse } from './judge-response.js'
import { LANES } from './lanes.js'
import type { Spool, SpoolBatch, SpoolLane } from './spool.js'
import { countRecords, type SpoolRecord } from './spool-record.js'

export interface SenderOptions {
  readonly spool: Spool
  readonly lane: SpoolLane
  readonly backend: BackendClient
  readonly clusterId: string
  readonly nodeName: string
  /** Folder of rejected records, kept for inspection. */
  readonly refusedFolder: string
  readonly log: Logger
  /** Called for each request with its judgement and its number of results, or of sighting records. */
  readonly onJudgement?: (judgement: Judgement['kind'], results: number) => void
}

const INGEST_PATH = '/api/v1/scan/results'
const RETRY = { firstMs: 250, maxMs: 30 * SECOND_MS }
/** A rejected key needs a user, but slow retries recover from a key rotation in progress. */
const LOCKED_OUT_PAUSE_MS = MINUTE_MS
const REFUSED_FILES_MAX = 100
const compress = promisify(gzip)

/** Sends one lane of the spool to the backend, oldest records first. The results lane also sends the gaps. */
export class Sender {
  readonly #options: SenderOptions
  #failures = 0
  #failure = ''

  constructor(options: SenderOptions) {
    this.#options = options
  }

  /**
   * Why the backend has not accepted the current batch yet, although other requests may succeed by now; empty when no batch waits for a retry,
   * or when an overloaded backend has named the time of the retry.
   */
  get failure(): string {
    return this.#failure
  }

  /** Runs until the signal is aborted. Disk errors are logged and retried; batches that were sent but not acknowledged are sent again. */
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
        log.error({ error, failures, pauseMs }, 'failed to read or update the spool; retrying')
        await sleep(pauseMs, signal)
      }
    }
  }

  /** Sends all records of a batch, and halves it when it is too large or rejected. */
  async #sendBatch(batch: SpoolBatch, signal: AbortSignal): Promise<void> {
    let remaining = batch
    let partLength = remaining.records.length
    while (remaining.records.length > 0 && !signal.aborted) {
      const part = remaining.records.slice(0, partLength)
      const body = await compress(LANES[remaining.lane].encode(part))
      const isTooLarge = body.length > INGEST_LIMITS.compressedBodyBytes
      if (isTooLarge && part.length > 1) {
        partLength = Math.floor(part.length / 2)
        continue
      }
      const judgement = isTooLarge
        ? ({ kind: 'refused', reason: 'larger than the maximum request' } as const)
        : await this.#post(body, part.length, signal)
      if (!judgement) return
      if (judgement.kind === 'refused' && part.length > 1) {
        partLength = Math.floor(part.length / 2)
        continue
      }
      if (judgement.kind === 'refused') await this.#quarantine(part[0] as SpoolRecord, judgement.reason)
      remaining = await this.#options.spool.acknowledge(remaining, part.length)
      // The rejected record is behind: try the remaining ones together again.
      partLength = remaining.records.length
    }
  }

  async #sendGaps(signal: AbortSignal): Promise<void> {
    const { spool, log, clusterId, nodeName } = this.#options
    while (!spool.gaps.isEmpty && !signal.aborted) {
      const gaps = spool.gaps.readForSending()
      const judgement = await this.#post(await compress(encodeGapBatch(gaps, { clusterId, nodeName })), 0, signal)
      if (!judgement) return
      if (judgement.kind === 'refused') log.error({ gaps: gaps.length, reason: judgement.reason }, 'backend rejected gaps')
      await spool.gaps.acknowledge(gaps)
    }
  }

  /** Posts the body, and retries until the backend accepts or rejects it. @returns undefined when the signal was aborted. */
  async #post(body: Uint8Array, results: number, signal: AbortSignal): Promise<Judgement | undefined> {
    const headers = { 'content-type': PROTOBUF_MEDIA_TYPE, 'content-encoding': 'gzip' }
    while (!signal.aborted) {
      const judgement = await this.#attempt({ method: 'POST', path: INGEST_PATH, headers, bytes: body, signal })
      this.#options.onJudgement?.(judgement.kind, results)
      if (judgement.kind === 'stored' || judgement.kind === 'refused') {
        this.#failures = 0
        this.#failure = ''
        return judgement
      }
      this.#failures += 1
      this.#failure = isOverloaded(judgement) ? '' : `the backend accepted no results: ${judgement.reason}`
      const pauseMs = this.#pauseMs(judgement)
      const level = judgement.kind === 'locked-out' ? 'error' : 'warn'
      this.#options.log[level]({ reason: judgement.reason, failures: this.#failures, pauseMs }, MESSAGES[judgement.kind])
      await sleep(pauseMs, signal)
    }
    return undefined
  }

  async #attempt(request: BackendRequest): Promise<Judgement> {
    try {
      return judgeResponse(await this.#options.backend.send(request), Date.now())
    } catch (error) {
      return { kind: 'later', reason: messageOf(error) }
    }
  }

  #pauseMs(judgement: Judgement): number {
    const ownMs = backoffMs(this.#failures, RETRY)
    if (judgement.kind === 'locked-out') return Math.max(ownMs, LOCKED_OUT_PAUSE_MS)
    return judgement.kind === 'later' && judgement.pauseMs !== undefined ? Math.max(judgement.pauseMs, ownMs) : ownMs
  }

  /** Stores a record that the backend rejected in a folder, and counts it as lost. */
  async #quarantine(record: SpoolRecord, reason: string): Promise<void> {
    const { refusedFolder, spool, lane, log } = this.#options
    const { kindOf, suffix } = LANES[lane]
    const fileName = `${String(record.atMs).padStart(15, '0')}-${process.hrtime.bigint()}.${suffix}`
    log.error({ fileName, reason }, 'backend rejected a record; moved it to the folder of rejected records')
    await mkdir(refusedFolder, { recursive: true, mode: 0o700 })
    await writeFileDurably(join(refusedFolder, fileName), record.payload)
    const fileNames = (await readdir(refusedFolder)).sort()
    for (const old of fileNames.slice(0, Math.max(0, fileNames.length - REFUSED_FILES_MAX))) await rm(join(refusedFolder, old))
    await spool.countRefused(gapCounts(countRecords([record]), kindOf(record)))
  }
}

const MESSAGES = {
  later: 'failed to send a batch to the backend; retrying',
  'locked-out': 'backend denied the request (API key or node limit); results stay in the spool; retrying',
} as const

function isOverloaded(judgement: Judgement): boolean {
  return judgement.kind === 'later' && judgement.pauseMs !== undefined
}
