import type { Condition, ConditionReason } from '@guardimesh/contracts'
import type { EventDetails } from './events.js'

/** Reasons that resolve without a user; all others need attention. */
export const TRANSIENT_REASONS: ReadonlySet<string> = new Set<ConditionReason>([
  'RollingOut',
  'PodsNotReady',
  'WaitingForCertificates',
  'WaitingForDatabase',
  'SwitchingDatabase',
  'WaitingForMigration',
  'MigrationRunning',
  'WaitingForBackend',
])

/**
 * The event for a change of Ready; undefined if none is needed. Changes between transient reasons create no event: a rollout over a
 * thousand nodes would create a thousand. Pure.
 */
export function readyEvent(before: Condition | undefined, now: Condition | undefined): Omit<EventDetails, 'key'> | undefined {
  if (!now || (before?.status === now.status && before.reason === now.reason)) return undefined
  const isTransient = TRANSIENT_REASONS.has(now.reason)
  if (before?.status === now.status && isTransient && TRANSIENT_REASONS.has(before.reason)) return undefined
  // Pods of a ready resource that stop being ready are a failure, not a stage of a rollout.
  const hasFailed = now.status !== 'True' && (!isTransient || (before?.status === 'True' && now.reason === 'PodsNotReady'))
  return { type: hasFailed ? 'Warning' : 'Normal', reason: now.reason, message: now.message }
}

/** True conditions with these reasons describe something that users may not expect. */
const NOTEWORTHY_REASONS: ReadonlySet<string> = new Set<ConditionReason>(['PasswordDiffers', 'SecretMissing'])

/** Events for conditions that became true with a reason that users may not expect. Pure. */
export function noteworthyEvents(before: readonly Condition[], now: readonly Condition[]): Omit<EventDetails, 'key'>[] {
  return now
    .filter(({ type, status, reason }) => {
      const isKnown = before.some((old) => old.type === type && old.status === status && old.reason === reason)
      return status === 'True' && NOTEWORTHY_REASONS.has(reason) && !isKnown
    })
    .map(({ reason, message }) => ({ type: 'Normal', reason, message }))
}
