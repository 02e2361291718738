import type { ConditionReason } from '@guardimesh/contracts'

/** What one condition says. */
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
