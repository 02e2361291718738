import { createHash } from 'node:crypto'
import type { ScanConfig } from '@guardimesh/contracts'
import { GuardError, messageOf } from '@guardimesh/kit'
import { Cron } from 'croner'

const ETAG_LENGTH = 32

/** The strong ETag of a configuration, with its quotes. Two equal configurations have the same. Pure. */
export function etagOf(config: ScanConfig): string {
  const digest = createHash('sha256').update(JSON.stringify(config)).digest('hex')
  return `"${digest.slice(0, ETAG_LENGTH)}"`
}

/** True when a list of ETags (If-None-Match, If-Match) names this one, or any ("*"). Weak ones compare like strong ones. Pure. */
export function namesEtag(header: string, etag: string): boolean {
  return header.split(',').some((entry) => entry.trim() === '*' || entry.trim().replace(/^W\//, '') === etag)
}

/**
 * Checks what the schema cannot: that nodes can follow the schedule. Pure.
 *
 * @throws GuardError BODY_INVALID.
 */
export function checkSchedule(schedule: string): void {
  let next: Date | null
  try {
    next = new Cron(schedule, { paused: true, mode: '5-part', timezone: 'UTC' }).nextRun()
  } catch (error) {
    throw new GuardError('BODY_INVALID', `schedule: this is no cron expression of five fields, such as "17 3 * * *": ${messageOf(error)}`)
  }
  if (!next) throw new GuardError('BODY_INVALID', 'schedule: this moment never comes')
}
