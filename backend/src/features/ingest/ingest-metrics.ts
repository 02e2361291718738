import type { IngestReceipt } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { countRows, type WriteRequest } from './write-queue.js'

/** Ingest metrics. */
@Injectable()
export class IngestMetrics {
  readonly refused: Counter<'code'>
  readonly #results: Counter<'outcome'>
  readonly #rows: Counter
  readonly #groupRows: Histogram
  readonly #commitSeconds: Histogram<'outcome'>

  constructor(private readonly registry: Registry) {
    const registers = [registry]
    this.refused = new Counter({
      name: 'guardimesh_ingest_refused_total',
      help: 'Rejected or failed ingest requests, by error code',
      labelNames: ['code'],
      registers,
    })
    this.#results = new Counter({
      name: 'guardimesh_ingest_results_total',
      help: 'Acknowledged results, by outcome: stored or repeated',
      labelNames: ['outcome'],
      registers,
    })
    this.#rows = new Counter({
      name: 'guardimesh_ingest_rows_total',
      help: 'Rows of results, findings, coverage, gaps and sightings written to the database',
      registers,
    })
    this.#groupRows = new Histogram({
      name: 'guardimesh_ingest_group_rows',
      help: 'Rows per transaction',
      buckets: [1, 10, 100, 500, 1000, 2500, 5000, 10_000],
      registers,
    })
    this.#commitSeconds = new Histogram({
      name: 'guardimesh_ingest_commit_duration_seconds',
      help: 'Duration of ingest transactions, by outcome',
      labelNames: ['outcome'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    })
  }

  /** Registers the gauge of queued rows. */
  observeQueue(queuedRows: () => number): void {
    new Gauge({
      name: 'guardimesh_ingest_queued_rows',
      help: 'Rows waiting for a transaction',
      registers: [this.registry],
      collect() {
        this.set(queuedRows())
      },
    })
  }

  countReceipt({ accepted, duplicates }: IngestReceipt): void {
    this.#results.inc({ outcome: 'stored' }, accepted - duplicates)
    this.#results.inc({ outcome: 'repeated' }, duplicates)
  }

  /** Measures the transaction of a group. */
  async measureGroup<Result>(group: readonly WriteRequest[], store: () => Promise<Result>): Promise<Result> {
    const rows = group.reduce((sum, request) => sum + countRows(request), 0)
    const stopTimer = this.#commitSeconds.startTimer()
    let outcome = 'failed'
    try {
      const result = await store()
      outcome = 'stored'
      this.#rows.inc(rows)
      this.#groupRows.observe(rows)
      return result
    } finally {
      stopTimer({ outcome })
    }
  }
}
