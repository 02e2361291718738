import type { ConditionReason } from '@guardimesh/contracts'

/** What one condition says. */
export interface Judgement {
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: ConditionReason
  readonly message: string
}

export const good = (message: string, reason: ConditionReason = 'AsDesired'): Judgement => ({ status: 'True', reason, message })
export const bad = (reason: ConditionReason, message: string): Judgement => ({ status: 'False', reason, message })
