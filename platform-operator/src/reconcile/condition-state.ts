import type { ConditionReason } from '@guardimesh/contracts'

/** Status, reason and message of one condition. */
export interface ConditionState {
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: ConditionReason
  readonly message: string
}

export const conditionTrue = (message: string, reason: ConditionReason = 'AsDesired'): ConditionState => ({
  status: 'True',
  reason,
  message,
})
export const conditionFalse = (reason: ConditionReason, message: string): ConditionState => ({ status: 'False', reason, message })

export const SPEC_ACCEPTED = conditionTrue('The spec is valid and all Secrets that it refers to exist.')
export const PAUSED = conditionFalse('Paused', 'Paused by the annotation guardimesh.io/paused. Remove the annotation to resume.')
export const NO_CHANGES = conditionFalse('AsDesired', 'No changes in progress.')
