import type { Condition, ConditionReason } from '@guardimesh/contracts'
import type { EventDetails } from './events.js'

/** What passes by itself; the rest waits for a person. */
export const TRANSIENT_REASONS: ReadonlySet<string> = new Set<ConditionReason>([
  'RollingOut',
  'PodsNotReady',
  'WaitingForCertificates',
  'WaitingForDatabase',
  'WaitingForMigration',
  'MigrationRunning',
  'WaitingForBackend',
])

/**
 * What a change of Ready is worth telling; undefined when nothing is. Stages that follow each other by themselves are one: a roll-out over a
 * thousand nodes makes no thousand events. Pure.
 */
export function readyEvent(before: Condition | undefined, now: Condition | undefined): Omit<EventDetails, 'key'> | undefined {
  if (!now || (before?.status === now.status && before.reason === now.reason)) return undefined
  const isPassing = TRANSIENT_REASONS.has(now.reason)
  if (before?.status === now.status && isPassing && TRANSIENT_REASONS.has(before.reason)) return undefined
  // Pods that stop being ready on their own are no planned stage.
  const hasFailed = now.status !== 'True' && (!isPassing || (before?.status === 'True' && now.reason === 'PodsNotReady'))
  return { type: hasFailed ? 'Warning' : 'Normal', reason: now.reason, message: now.message }
}
