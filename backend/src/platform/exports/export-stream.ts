import { Readable } from 'node:stream'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import type { ExportEncoder } from './export-encoder.js'
import type { RowCursor } from './row-cursor.js'

/** Time for a client to accept the next part: shorter than the time after which the database ends an idle transaction. */
const STALL_TIMEOUT_MS = 50 * SECOND_MS
/** A longer transaction would keep too many deleted rows. */
const EXPORT_TIMEOUT_MS = 30 * MINUTE_MS

type Item = Readonly<Record<string, unknown>>

/** The text of an export. Reads rows only while the client accepts data. */
export class ExportStream<Row extends object> {
  readonly body: Readable
  #rows = 0
  #isComplete = false
  #stall: NodeJS.Timeout | undefined

  constructor(
    private readonly cursor: RowCursor<Row>,
    private readonly encoder: ExportEncoder,
    private readonly itemOf: (row: Row) => Item,
  ) {
    this.body = Readable.from(this.#parts(), { objectMode: false })
    const timeout = setTimeout(() => this.body.destroy(new Error('the export took too long')), EXPORT_TIMEOUT_MS).unref()
    this.body.once('close', () => {
      clearTimeout(timeout)
      clearTimeout(this.#stall)
    })
  }

  /** Number of rows that were read. */
  get rows(): number {
    return this.#rows
  }

  /** True once the last line was read. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  async *#parts(): AsyncGenerator<string> {
    if (this.encoder.head !== '') yield this.encoder.head
    for (let rows = await this.cursor.next(); rows.length > 0; rows = await this.cursor.next()) {
      this.#rows += rows.length
      this.#stall = setTimeout(() => this.body.destroy(new Error('the client did not accept data in time')), STALL_TIMEOUT_MS).unref()
      yield rows.map((row) => this.encoder.row(this.itemOf(row))).join('')
      clearTimeout(this.#stall)
    }
    yield this.encoder.end(this.#rows)
    this.#isComplete = true
  }
}
