/** A scheduled job of the worker. Must be idempotent and safe to run concurrently in two workers. */
export interface Job {
  /** Name in the queue, the log and the metrics. */
  readonly name: string
  /** Cron expression with five fields, in UTC. */
  readonly schedule: string
  /** Also run once when the worker starts. */
  readonly atStart: boolean
  run(): Promise<void>
}
