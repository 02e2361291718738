import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Metrics of background jobs. */
export class JobMetrics {
  readonly #seconds: Histogram<'job'>
  readonly #failures: Counter<'job'>
  readonly #lastSuccess: Gauge<'job'>

  constructor(registry: Registry) {
    const registers = [registry]
    this.#seconds = new Histogram({
      name: 'guardimesh_job_duration_seconds',
      help: 'Duration of jobs',
      labelNames: ['job'],
      buckets: [0.01, 0.1, 1, 10, 60, 600],
      registers,
    })
    this.#failures = new Counter({ name: 'guardimesh_job_failures_total', help: 'Failed jobs', labelNames: ['job'], registers })
    this.#lastSuccess = new Gauge({
      name: 'guardimesh_job_last_success_timestamp_seconds',
      help: 'Unix time of the last success of a job',
      labelNames: ['job'],
      registers,
    })
  }

  async measure(job: string, run: () => Promise<void>): Promise<void> {
    const stopTimer = this.#seconds.startTimer({ job })
    try {
      await run()
      this.#lastSuccess.set({ job }, Date.now() / 1000)
    } catch (error) {
      this.#failures.inc({ job })
      throw error
    } finally {
      stopTimer()
    }
  }
}
