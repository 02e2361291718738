/** Background work that the worker does by the clock. Must be safe to run twice, and at the same time in two workers. */
export interface Job {
  /** Name in the queue, the log and the metrics. */
  readonly name: string
  /** When, as cron of five fields, in UTC. */
  readonly schedule: string
  /** Also once when the worker starts. */
  readonly atStart: boolean
  run(): Promise<void>
}
