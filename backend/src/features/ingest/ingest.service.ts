import { setImmediate } from 'node:timers/promises'
import {
  type ClamResultMessage,
  type DecodedResults,
  decodeClamResults,
  type IngestReceipt,
  KIB_BYTES,
  MIB_BYTES,
  MINUTE_MS,
} from '@guardimesh/contracts'
import { background, errorCodeOf, GuardError, type Logger } from '@guardimesh/kit'
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type pg from 'pg'
import type { Limits } from '../../config/api-config.js'
import type { DatabaseSettings } from '../../platform/database/connection-options.js'
import { createPool } from '../../platform/database/create-pool.js'
import { Database } from '../../platform/database/database.js'
import { InjectDatabaseSettings } from '../../platform/database/database.module.js'
import { InjectLimits } from '../../platform/limits/limits.module.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import type { BudgetLease } from '../../platform/protobuf/byte-budget.js'
import { ProtobufIntake, type ProtobufRequest } from '../../platform/protobuf/protobuf-intake.js'
import { PartitionsService } from '../retention/partitions.service.js'
import { type EncodedResult, encodedBytes, encodeResult } from './encode-results.js'
import { encodeSightings } from './encode-sightings.js'
import { GroupWriter, WRITERS } from './group-writer.js'
import { IngestMetrics } from './ingest-metrics.js'
import { NodeLimit } from './node-limit.js'
import { RateLimit } from './rate-limit.js'
import { storeGroup } from './store-group.js'

/** The largest request, 16 MiB of small findings, is stored in about 15 seconds. */
const STATEMENT_TIMEOUT_MS = MINUTE_MS

/**
 * Maximum size of the rows of one request. Each finding repeats the names of its pod and image, so rows can be a hundred times larger than the
 * body. The shared memory budget fits three requests of this size; a full batch of an ordinary node needs a tenth.
 */
const ENCODED_MAX_BYTES = 32 * MIB_BYTES
/** A body costs at least one result of the rate limit for each part of this size, also with unknown fields. An ordinary result has less than 1 KiB. */
const BYTES_PER_RESULT = 16 * KIB_BYTES
/** Encoding yields to the event loop after this time: the findings of one request take up to 200 ms. */
const ENCODE_SLICE_MS = 10

/** Stores the scan results of nodes. */
@Injectable()
export class IngestService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #pool: pg.Pool
  readonly #writer: GroupWriter
  readonly #nodeLimit: NodeLimit | undefined
  readonly #rateLimit: RateLimit | undefined

  constructor(
    private readonly intake: ProtobufIntake,
    private readonly metrics: IngestMetrics,
    @InjectDatabaseSettings() settings: DatabaseSettings,
    private readonly partitions: PartitionsService,
    database: Database,
    @InjectLimits() limits: Limits,
    @InjectLogger() private readonly log: Logger,
  ) {
    // A separate pool, so that slow queries of the console never delay nodes.
    this.#pool = createPool({ ...settings, applicationName: 'guardimesh ingest', statementTimeoutMs: STATEMENT_TIMEOUT_MS }, WRITERS, log)
    this.#writer = new GroupWriter((group) => metrics.measureGroup(group, () => storeGroup(this.#pool, group)), log)
    this.#nodeLimit = limits.nodes === undefined ? undefined : new NodeLimit(database, limits.nodes)
    this.#rateLimit = limits.ingestResultsPerSecond === undefined ? undefined : new RateLimit(limits.ingestResultsPerSecond)
    metrics.observeQueue(() => this.#writer.queuedRows)
  }

  /** Creates partitions, in case no worker ran for days. Results that arrive earlier go to the default partition. */
  onApplicationBootstrap(): void {
    background(this.log, 'partitions at start', this.partitions.ensure())
  }

  /** Resolves after the commit. @throws GuardError; nothing is stored then, except possibly for DATABASE_UNAVAILABLE. */
  async store(request: ProtobufRequest): Promise<IngestReceipt> {
    try {
      this.#rateLimit?.check()
      let charged = 0
      const receipt = await this.intake.process(request, {
        charge: (sizeBytes) => {
          charged = Math.floor(sizeBytes / BYTES_PER_RESULT)
          this.#rateLimit?.charge(charged)
        },
        decode: decodeClamResults,
        store: async (decoded, lease) => {
          this.#rateLimit?.charge(Math.max(0, decoded.results.length - charged))
          return this.#store(decoded, lease)
        },
      })
      this.metrics.countReceipt(receipt)
      return receipt
    } catch (error) {
      this.metrics.refused.inc({ code: errorCodeOf(error) })
      throw error
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#pool.end()
  }

  async #store({ results, gaps, sightings }: DecodedResults, lease: BudgetLease): Promise<IngestReceipt> {
    await this.#nodeLimit?.check([...results, ...gaps, ...sightings])
    const nowMs = Date.now()
    const encoded = await encodeAll(results, nowMs, lease)
    const seen = encodeSightings(sightings, nowMs)
    const sizeBytes = encoded.sizeBytes + seen.rows.length + seen.containerRows.length
    checkSize(sizeBytes)
    lease.resize(sizeBytes)
    return this.#writer.submit({ results: encoded.results, gaps, sightings: seen })
  }
}

/** Encodes results and reserves their memory. Yields to the event loop, so that probes and logins remain responsive. */
async function encodeAll(results: readonly ClamResultMessage[], nowMs: number, lease: BudgetLease) {
  const encoded: EncodedResult[] = []
  let sizeBytes = 0
  let sliceStartMs = performance.now()
  for (const result of results) {
    const one = encodeResult(result, nowMs)
    sizeBytes += encodedBytes(one)
    checkSize(sizeBytes)
    lease.resize(sizeBytes)
    encoded.push(one)
    if (performance.now() - sliceStartMs < ENCODE_SLICE_MS) continue
    await setImmediate()
    sliceStartMs = performance.now()
  }
  return { results: encoded, sizeBytes }
}

function checkSize(sizeBytes: number): void {
  if (sizeBytes <= ENCODED_MAX_BYTES) return
  throw new GuardError('BODY_TOO_LARGE', `the rows of the request exceed ${ENCODED_MAX_BYTES} bytes; send smaller batches`)
}
