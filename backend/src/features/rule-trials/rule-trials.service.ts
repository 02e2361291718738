import { createHash } from 'node:crypto'
import {
  RULE_TRIAL_LIMITS,
  RuleTrialGolden,
  type RuleTrialList,
  type RuleTrialSummary,
  type RuleTrialView,
  type StartRuleTrial,
} from '@guardimesh/contracts'
import { formatUuid, GuardError, type Logger, uuidV7 } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import type { ChangedBy } from '../../platform/audit/changed-by.js'
import { auditActorOf } from '../../platform/audit/request-origin.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { SIGNATURES_CHANNEL } from '../../platform/notify/signatures-channel.js'
import { GoldenSetCheckService } from '../signatures/golden-set-check.service.js'
import { RuleTrialRepository, type RuleTrialRow } from './rule-trial.repository.js'
import { TrialNodeRepository } from './trial-node.repository.js'

/** Starts, ends and reads rule trials. Rules run on the golden set first and then on the nodes; they never become active. */
@Injectable()
export class RuleTrialsService {
  constructor(
    private readonly goldenSet: GoldenSetCheckService,
    private readonly database: Database,
    private readonly trials: RuleTrialRepository,
    private readonly nodes: TrialNodeRepository,
    private readonly audit: AuditRepository,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /**
   * Starts a trial if the rules compile; it supersedes the running one.
   *
   * @throws GuardError SIGNATURES_INVALID that names the line, RULE_TRIAL_BUSY, SIGNATURE_SERVER_UNAVAILABLE.
   */
  async start({ name, rules }: StartRuleTrial, by: ChangedBy): Promise<RuleTrialView> {
    const actor = auditActorOf(by.actor)
    const golden = await this.goldenSet.checkRules(rules, actor.name)
    const trialId = formatUuid(uuidV7())
    const content = Buffer.from(rules, 'utf8')
    const sha256 = createHash('sha256').update(content).digest('hex')
    await this.database.transaction(async (tx) => {
      await this.trials.start(tx, { trialId, name, rules, sha256, sizeBytes: content.length, golden, createdBy: actor.name })
      await this.#record(tx, { action: 'signatures.rule-trial', target: trialId, details: { sha256, sizeBytes: content.length } }, by)
    })
    this.log.info({ trialId, sha256, actor: actor.name }, 'rule trial started')
    return this.read(trialId)
  }

  /** @throws GuardError RULE_TRIAL_NOT_FOUND. */
  async end(trialId: string, by: ChangedBy): Promise<RuleTrialView> {
    await this.database.transaction(async (tx) => {
      const ended = await this.trials.end(tx, trialId, 'ended')
      if (ended) await this.#record(tx, { action: 'signatures.rule-trial-end', target: trialId, details: { ...ended } }, by)
    })
    return this.read(trialId)
  }

  async list(): Promise<RuleTrialList> {
    return { items: (await this.trials.list(this.database)).map(summaryOf) }
  }

  /** @throws GuardError RULE_TRIAL_NOT_FOUND. */
  async read(trialId: string): Promise<RuleTrialView> {
    const row = await this.trials.find(this.database, trialId)
    if (!row) throw new GuardError('RULE_TRIAL_NOT_FOUND', `rule trial ${trialId} not found; the last ${RULE_TRIAL_LIMITS.listed} are kept`)
    const { filesScanned, bytesScanned } = row
    const golden = RuleTrialGolden.parse(row.golden)
    return { ...summaryOf(row), golden, filesScanned, bytesScanned, ...(await this.nodes.facts(this.database, trialId)) }
  }

  async #record(tx: Queryable, change: { action: string; target: string; details: Record<string, unknown> }, by: ChangedBy): Promise<void> {
    await this.audit.record(tx, { actor: auditActorOf(by.actor), ...change, ...by.origin })
    await tx.query('SELECT pg_notify($1, $2)', [SIGNATURES_CHANNEL, ''])
  }
}

function summaryOf(row: RuleTrialRow): RuleTrialSummary {
  const { expected, answered, failed, golden, createdAt, expiresAt, endedAt, ...rest } = row
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    nodes: { expected, answered, failed },
    goldenHitCount: RuleTrialGolden.parse(golden).hitCount,
  }
}
