import { SECOND_MS } from '@guardimesh/contracts'
import { aborted, backoffMs, type Logger, sleep } from '@guardimesh/kit'
import { type Runner, run, type TaskList } from 'graphile-worker'
import type { DatabaseSettings } from '../database/connection-options.js'
import { createPool } from '../database/create-pool.js'
import { graphileLogger } from './graphile-logger.js'
import type { Job } from './job.js'
import type { JobMetrics } from './job-metrics.js'

const RESTART = { firstMs: 250, maxMs: 15 * SECOND_MS }
/** One job at a time: with more, graphile-worker continues with fewer after one of them loses its connection. */
const CONCURRENCY = 1
/** One connection each for the job, for LISTEN and for cron. */
const CONNECTIONS = 3
/** Without batches, graphile-worker 0.18 neither awaits the completion of jobs nor catches its errors, which would end the process. */
const BATCHED = { completeJobBatchDelay: 0, failJobBatchDelay: 0 }
/** Attempts of one job, with backoff, until its next scheduled run. */
const ATTEMPTS_MAX = 5

export interface JobRunnerOptions {
  readonly settings: DatabaseSettings
  readonly jobs: readonly Job[]
  readonly log: Logger
  readonly metrics: JobMetrics
}

/** Runs scheduled jobs through graphile-worker's queue, each on one of several workers. Survives an unavailable database. */
export class JobRunner {
  readonly #options: JobRunnerOptions
  #isRunning = false

  constructor(options: JobRunnerOptions) {
    this.#options = options
  }

  /** True while the queue is running. */
  get isRunning(): boolean {
    return this.#isRunning
  }

  /** Runs jobs until the signal is aborted; waits for jobs in progress. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        await this.#runOnce(signal, () => {
          failures = 0
        })
      } catch (error) {
        if (signal.aborted) return
        failures++
        this.#options.log.warn({ error, failures }, 'job queue failed; restarting')
        await sleep(backoffMs(failures, RESTART), signal)
      }
    }
  }

  async #runOnce(signal: AbortSignal, onRunning: () => void): Promise<void> {
    const { settings, log } = this.#options
    const pool = createPool({ ...settings, applicationName: 'guardimesh jobs' }, CONNECTIONS, log)
    try {
      const runner = await run({
        pgPool: pool,
        logger: graphileLogger(log),
        taskList: this.#tasks(),
        crontab: this.#crontab(),
        concurrency: CONCURRENCY,
        noHandleSignals: true,
        preset: { worker: BATCHED },
      })
      this.#isRunning = true
      onRunning()
      await this.#untilEnd(runner, signal)
    } finally {
      this.#isRunning = false
      await pool.end()
    }
  }

  async #untilEnd(runner: Runner, signal: AbortSignal): Promise<void> {
    try {
      for (const job of this.#options.jobs)
        if (job.atStart) await runner.addJob(job.name, {}, { jobKey: job.name, maxAttempts: ATTEMPTS_MAX })
      await Promise.race([runner.promise, aborted(signal)])
      if (!signal.aborted) throw new Error('the job queue stopped unexpectedly')
    } finally {
      // Throws if the queue stopped unexpectedly, which `runner.promise` has already reported.
      await runner.stop().catch(() => undefined)
    }
  }

  #tasks(): TaskList {
    const { jobs, log, metrics } = this.#options
    return Object.fromEntries(
      jobs.map((job) => [
        job.name,
        async () => {
          await metrics.measure(job.name, () => job.run())
          log.debug({ job: job.name }, 'job finished')
        },
      ]),
    )
  }

  #crontab(): string {
    return this.#options.jobs.map((job) => `${job.schedule} ${job.name} ?max=${ATTEMPTS_MAX}&jobKey=${job.name}`).join('\n')
  }
}
