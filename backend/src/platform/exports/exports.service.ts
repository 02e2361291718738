import { Readable } from 'node:stream'
import { type ExportedList, type ExportFormat, MINUTE_MS } from '@guardimesh/contracts'
import { background, type Logger } from '@guardimesh/kit'
import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import type pg from 'pg'
import { AuditRepository } from '../audit/audit.repository.js'
import type { ChangedBy } from '../audit/changed-by.js'
import { auditActorOf } from '../audit/request-origin.js'
import { credentialsOf } from '../auth/credentials.js'
import type { DatabaseSettings } from '../database/connection-options.js'
import { createPool } from '../database/create-pool.js'
import { Database } from '../database/database.js'
import { InjectDatabaseSettings } from '../database/database.module.js'
import { InjectLogger } from '../log/logger-token.js'
import { type ExportEncoder, exportEncoder } from './export-encoder.js'
import { EXPORTS_MAX, ExportSlots } from './export-slots.js'
import { ExportStream } from './export-stream.js'
import { OpenExports } from './open-exports.js'
import { type ExportSql, RowCursor } from './row-cursor.js'

/** Time for the first rows of an unusual filter; the database also ends a transaction that is idle for longer. */
const STATEMENT_TIMEOUT_MS = MINUTE_MS

/** A list to export. */
export interface ListExport<Row extends object> extends ExportSql {
  readonly list: ExportedList
  readonly format: ExportFormat
  /** Filters and order, for the audit log. */
  readonly query: Readonly<Record<string, unknown>>
  /** Keys of the items, in the order of the CSV file. */
  readonly columns: readonly string[]
  readonly itemOf: (row: Row) => Readonly<Record<string, unknown>>
}

/** Who exports what, for the audit log. */
interface ExportFacts {
  readonly by: ChangedBy
  readonly list: ExportedList
  readonly format: ExportFormat
}

/**
 * Streams lists as files, with bounded memory. Each export is recorded in the audit log before its first row is read, and again when it ends.
 */
@Injectable()
export class ExportsService implements OnApplicationShutdown {
  readonly #slots = new ExportSlots()
  readonly #pool: pg.Pool

  constructor(
    private readonly database: Database,
    private readonly audit: AuditRepository,
    private readonly openExports: OpenExports,
    @InjectDatabaseSettings() settings: DatabaseSettings,
    @InjectLogger() private readonly log: Logger,
  ) {
    const applicationName = `${settings.applicationName} export`
    this.#pool = createPool({ ...settings, applicationName, statementTimeoutMs: STATEMENT_TIMEOUT_MS }, EXPORTS_MAX, log)
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#pool.end()
  }

  /**
   * Starts an export and sets the headers of its response.
   *
   * @throws GuardError EXPORT_LIMIT_REACHED, DATABASE_UNAVAILABLE.
   */
  async open<Row extends object>(reply: FastifyReply, by: ChangedBy, exported: ListExport<Row>): Promise<Readable> {
    const { list, format, query, columns, itemOf } = exported
    const encoder = exportEncoder(format, columns)
    const setHeaders = () => void reply.headers(headersOf(list, format, encoder))
    if (reply.request.method === 'HEAD') {
      // A response to HEAD would otherwise read all rows and send none.
      setHeaders()
      return Readable.from([])
    }
    const actor = auditActorOf(by.actor)
    const free = this.#slots.take(`${actor.kind} ${actor.actorId}`)
    try {
      await this.#record({ by, list, format }, 'export', 'success', { query })
      const cursor = await RowCursor.open<Row>(this.#pool, exported)
      const stream = new ExportStream(cursor, encoder, itemOf)
      const identity = credentialsOf(reply.request)
      if (identity.kind !== 'none') this.openExports.add(stream.body, { identity, actor: by.actor })
      stream.body.once('close', () => {
        background(this.log, 'end of an export', this.#finish({ by, list, format }, stream, cursor).finally(free))
      })
      setHeaders()
      return stream.body
    } catch (error) {
      free()
      throw error
    }
  }

  async #finish<Row extends object>(facts: ExportFacts, { rows, isComplete }: ExportStream<Row>, cursor: RowCursor<Row>): Promise<void> {
    await cursor.close()
    if (!isComplete) this.log.warn({ list: facts.list, rows, requestId: facts.by.origin.requestId }, 'export aborted')
    await this.#record(facts, 'export-end', isComplete ? 'success' : 'failure', { rows })
  }

  #record({ by, list, format }: ExportFacts, verb: string, result: 'success' | 'failure', details: object): Promise<void> {
    const entry = {
      actor: auditActorOf(by.actor),
      action: `${list}.${verb}`,
      target: list,
      result,
      details: { format, ...details },
    } as const
    return this.audit.record(this.database, { ...entry, ...by.origin })
  }
}

function headersOf(list: ExportedList, format: ExportFormat, { mediaType }: ExportEncoder): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${fileName(list, format, new Date())}"`,
    // Otherwise nginx stores the file before it sends it.
    'x-accel-buffering': 'no',
  }
}

/** "guardimesh-findings-20261130T201500Z.csv". Pure. */
function fileName(list: ExportedList, format: ExportFormat, now: Date): string {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `guardimesh-${list}-${time}.${format}`
}
