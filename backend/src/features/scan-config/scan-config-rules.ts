import { createHash } from 'node:crypto'
import type { ScanConfig } from '@guardimesh/contracts'
import { GuardError, messageOf } from '@guardimesh/kit'
import { Cron } from 'croner'

const ETAG_LENGTH = 32

/** Computes the strong ETag of a configuration, with quotes. Pure. */
export function etagOf(config: ScanConfig): string {
  const digest = createHash('sha256').update(JSON.stringify(config)).digest('hex')
  return `"${digest.slice(0, ETAG_LENGTH)}"`
}

/**
 * Checks that a schedule is a valid cron expression with a next run, which the schema cannot. Pure.
 *
 * @throws GuardError BODY_INVALID.
 */
export function checkSchedule(schedule: string): void {
  let next: Date | null
  try {
    next = new Cron(schedule, { paused: true, mode: '5-part', timezone: 'UTC' }).nextRun()
  } catch (error) {
    throw new GuardError(
      'BODY_INVALID',
      `schedule: invalid cron expression; it must have five fields, such as "17 3 * * *": ${messageOf(error)}`,
    )
  }
  if (!next) throw new GuardError('BODY_INVALID', 'schedule: the cron expression never matches')
}
