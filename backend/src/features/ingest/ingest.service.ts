import { type DecodedResults, decodeClamResultsInSteps, type IngestReceipt, KIB_BYTES, MIB_BYTES, MINUTE_MS } from '@guardimesh/contracts'
import { background, errorCodeOf, GuardError, type Logger } from '@guardimesh/kit'
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type pg from 'pg'
import type { Limits } from '../../config/api-config.js'
import type { DatabaseSettings } from '../../platform/database/connection-options.js'
import { createPool } from '../../platform/database/create-pool.js'
import { Database } from '../../platform/database/database.js'
import { InjectDatabaseSettings } from '../../platform/database/database.module.js'
import type { NodeName } from '../../platform/limits/admit-nodes.js'
import { InjectLimits } from '../../platform/limits/limits.module.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { type EncodeWork, ProtobufIntake, type ProtobufRequest } from '../../platform/protobuf/protobuf-intake.js'
import { ActiveExceptionsService } from '../exceptions/active-exceptions.service.js'
import type { ExceptionMatcher } from '../exceptions/exception-matching.service.js'
import { PartitionsService } from '../retention/partitions.service.js'
import { type EncodedResult, encodedBytes, encodeResult } from './encode-results.js'
import { encodeSightings } from './encode-sightings.js'
import { GroupWriter, WRITERS } from './group-writer.js'
import { IngestMetrics } from './ingest-metrics.js'
import { NodeLimit } from './node-limit.js'
import { RateLimit } from './rate-limit.js'
import { storeGroup } from './store-group.js'
import type { WriteRequest } from './write-queue.js'

/** The largest request, 16 MiB of small findings, is stored in about 15 seconds. */
const STATEMENT_TIMEOUT_MS = MINUTE_MS

/**
 * Maximum size of the rows of one request. Each finding repeats the names of its pod and image, so rows can be a hundred times larger than the
 * body. The shared memory budget fits three requests of this size; a full batch of an ordinary node needs a tenth.
 */
const ENCODED_MAX_BYTES = 32 * MIB_BYTES
/** A body costs at least one result of the rate limit for each part of this size, also with unknown fields. An ordinary result has less than 1 KiB. */
const BYTES_PER_RESULT = 16 * KIB_BYTES

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
    private readonly exceptions: ActiveExceptionsService,
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
      // Here, because a computation must not wait for the database.
      const exceptions = await this.exceptions.matcher()
      let charged = 0
      const receipt = await this.intake.process(request, {
        charge: (sizeBytes) => {
          charged = Math.floor(sizeBytes / BYTES_PER_RESULT)
          this.#rateLimit?.charge(charged)
        },
        decode: decodeClamResultsInSteps,
        encode: (decoded, work) => {
          this.#rateLimit?.charge(Math.max(0, decoded.results.length - charged))
          return encodeAll(decoded, exceptions, work)
        },
        store: (encoded) => this.#store(encoded),
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

  async #store({ nodes, rows }: EncodedRequest): Promise<IngestReceipt> {
    await this.#nodeLimit?.check(nodes)
    return this.#writer.submit(rows)
  }
}

interface EncodedRequest {
  /** The node of each message. */
  readonly nodes: readonly NodeName[]
  readonly rows: WriteRequest
}

/** Encodes a request and reserves its memory. The findings of one request take up to 200 ms. */
async function encodeAll(
  { results, gaps, sightings }: DecodedResults,
  exceptions: ExceptionMatcher,
  { lease, pause, run }: EncodeWork,
): Promise<EncodedRequest> {
  const nowMs = Date.now()
  const encoded: EncodedResult[] = []
  let sizeBytes = 0
  const reserve = (bytes: number) => {
    sizeBytes += bytes
    checkSize(sizeBytes)
    lease.resize(sizeBytes)
  }
  for (const result of results) {
    const one = encodeResult(result, exceptions, nowMs)
    reserve(encodedBytes(one))
    encoded.push(one)
    await pause()
  }
  const seen = await run(encodeSightings(sightings, nowMs))
  reserve(seen.rows.length + seen.containerRows.length)
  const nodes = [...results, ...gaps, ...sightings].map(({ clusterId, nodeName }) => ({ clusterId, nodeName }))
  return { nodes, rows: { results: encoded, gaps, sightings: seen } }
}

function checkSize(sizeBytes: number): void {
  if (sizeBytes <= ENCODED_MAX_BYTES) return
  throw new GuardError('BODY_TOO_LARGE', `the rows of the request exceed ${ENCODED_MAX_BYTES} bytes; send smaller batches`)
}
