import type { RuleTrialOrder, RuleTrialReceipt, RuleTrialReport } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'
import { SIGNATURES_CHANNEL } from '../../platform/notify/signatures-channel.js'
import { RuleTrialRepository } from './rule-trial.repository.js'
import { TrialNodeRepository } from './trial-node.repository.js'

/** Provides rule trials to nodes and stores their reports. */
@Injectable()
export class TrialReportsService {
  constructor(
    private readonly database: Database,
    private readonly trials: RuleTrialRepository,
    private readonly nodes: TrialNodeRepository,
  ) {}

  /** Returns the running trial. @throws GuardError RULE_TRIAL_NOT_FOUND. */
  async readOrder(): Promise<RuleTrialOrder> {
    const active = await this.trials.active(this.database)
    if (!active) throw new GuardError('RULE_TRIAL_NOT_FOUND', 'no rule trial is running')
    return { ...active, expiresAt: active.expiresAt.toISOString() }
  }

  activeId(): Promise<string | undefined> {
    return this.trials.activeId(this.database)
  }

  /** Stores the report of a node, and ends the trial when all nodes are done or failed. */
  store(trialId: string, report: RuleTrialReport): Promise<RuleTrialReceipt> {
    const isLast = report.state !== 'running'
    return this.database.transaction(async (tx) => {
      if (!(await this.nodes.lock(tx, trialId, isLast))) return { isActive: false }
      await this.nodes.put(tx, trialId, report)
      if (!isLast || !(await this.nodes.haveAllAnswered(tx, trialId))) return { isActive: true }
      await this.trials.end(tx, trialId, 'done')
      await tx.query('SELECT pg_notify($1, $2)', [SIGNATURES_CHANNEL, ''])
      return { isActive: false }
    })
  }
}
