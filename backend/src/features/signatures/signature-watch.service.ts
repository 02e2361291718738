import { type RollOut, SECOND_MS, SIGNATURE_ALERT_KINDS, SignatureServerStatus } from '@guardimesh/contracts'
import { GuardError, type Logger, sleep } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { SYSTEM_ACTOR } from '../../platform/audit/request-origin.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { SIGNATURES_CHANNEL } from '../../platform/notify/signatures-channel.js'
import { InventoryService } from '../inventory/inventory.service.js'
import { AlertChangesService } from './alert-changes.service.js'
import { CanaryRepository } from './canary.repository.js'
import { canaryNodes } from './canary-nodes.js'
import { CheckRepository } from './check.repository.js'
import { CustomHashSync } from './custom-hash-sync.js'
import { expectedAlerts, type SignatureWorld } from './expected-alerts.js'
import { judgeRollOut, type RollOutVerdict } from './judge-roll-out.js'
import { SignatureServerClient } from './signature-server-client.js'
import { StalenessRepository } from './staleness.repository.js'

const CHECK_INTERVAL_MS = 10 * SECOND_MS
const STATUS_TIMEOUT_MS = 5 * SECOND_MS
/** Name that the signature server shows for automatic decisions. */
const ACTOR = 'Guardimesh'
/** The rollout changed between the status and the decision; the next check uses the new status. */
const CONFLICT_CODES: ReadonlySet<string> = new Set(['SIGNATURES_CHANGED', 'GENERATION_NOT_FOUND'])
type NodeFacts = Awaited<ReturnType<InventoryService['listNodeSignatures']>>

/** Input of one check. */
interface Observation {
  /** Number of the last check before the status was read. */
  readonly lastNumber: number
  readonly status: SignatureServerStatus
  readonly nodes: NodeFacts
}

/** A rollout decision to send to the signature server. */
interface Decision {
  readonly rollOut: RollOut
  readonly verdict: RollOutVerdict
}

/** Result of judging an observation. */
interface Judgement {
  /** Number of this check. */
  readonly number: number
  readonly lastLoadedAt: Date | undefined
  readonly decision: Decision | undefined
}

/** Counts and times one run. */
export type MeasureRun = (run: () => Promise<void>) => Promise<void>

/** Checks the signature server for the worker: promotes or holds rollouts, raises and clears alerts. */
@Injectable()
export class SignatureWatchService {
  constructor(
    private readonly client: SignatureServerClient,
    private readonly database: Database,
    private readonly inventory: InventoryService,
    private readonly checks: CheckRepository,
    private readonly canaries: CanaryRepository,
    private readonly customHashes: CustomHashSync,
    private readonly alerts: AlertChangesService,
    private readonly staleness: StalenessRepository,
    private readonly audit: AuditRepository,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** Checks every 10 seconds until the signal is aborted. Returns immediately if no signature server is configured. */
  async run(signal: AbortSignal, measure: MeasureRun): Promise<void> {
    while (this.client.isConfigured && !signal.aborted) {
      await measure(() => this.check()).catch((error: unknown) => this.log.warn({ error }, 'signature check failed; retrying'))
      await sleep(CHECK_INTERVAL_MS, signal)
    }
  }

  /**
   * Runs one check. It depends only on the status and the database, so the next check completes one that failed. Alerts do not change while
   * the signature server is unavailable.
   *
   * No transaction is open during a request to the signature server. Still only one worker decides: a check is claimed in the transaction that
   * judges the status, and the claim excludes outdated statuses and decisions that another worker is sending (see CheckRepository).
   *
   * @throws GuardError SIGNATURE_SERVER_UNAVAILABLE, DATABASE_UNAVAILABLE.
   */
  async check(): Promise<void> {
    const observation = await this.#observe()
    const judgement = await this.database.transaction((tx) => this.#judge(tx, observation))
    if (!judgement) return
    if (judgement.decision) await this.#decide(judgement.decision, judgement, observation)
    await this.customHashes.sync(observation.status.customRevision)
  }

  async #observe(): Promise<Observation> {
    const lastNumber = await this.checks.lastNumber()
    const status = await this.client.call({
      method: 'GET',
      path: 'v1/status',
      answer: SignatureServerStatus,
      timeoutMs: STATUS_TIMEOUT_MS,
    })
    return { lastNumber, status, nodes: await this.inventory.listNodeSignatures() }
  }

  /** Judges the rollout; updates alerts unless a decision follows. Returns undefined if another worker is ahead. */
  async #judge(tx: Queryable, observation: Observation): Promise<Judgement | undefined> {
    const number = await this.checks.claim(tx, observation.lastNumber)
    if (number === undefined) return undefined
    const { status } = observation
    const judgement = { number, ...(status.rollOut ? await this.#judgeRollOut(tx, status.rollOut, observation) : NO_ROLL_OUT) }
    if (judgement.decision) await this.checks.startDecision(tx)
    else await this.#updateAlerts(tx, observation, status, judgement.lastLoadedAt)
    return judgement
  }

  async #judgeRollOut(tx: Queryable, rollOut: RollOut, { status, nodes }: Observation): Promise<Omit<Judgement, 'number'>> {
    const canaries = canaryNodes(rollOut.nodes, nodes)
    const reporting = canaries.filter(({ state }) => state === 'reporting')
    const isLoaded = reporting.some(({ generation }) => generation === rollOut.generation)
    const load = await this.canaries.recordLoad(tx, rollOut, isLoaded)
    const verdict = judgeRollOut({
      rollOut,
      canary: status.settings.canary,
      nodes: reporting,
      loadedForMs: load?.loadedForMs,
      detections: await this.canaries.newDetections(tx, rollOut, canaries),
    })
    this.log.debug({ generation: rollOut.generation, ...verdict }, 'rollout judged')
    return { lastLoadedAt: load?.lastLoadedAt, decision: verdict.action === 'wait' ? undefined : { rollOut, verdict } }
  }

  /** Sends a decision, records it and updates the alerts for the resulting status. */
  async #decide(decision: Decision, { number, lastLoadedAt }: Judgement, observation: Observation): Promise<void> {
    const status = await this.#send(decision)
    await this.database.transaction(async (tx) => {
      if (status) await this.#recordDecision(tx, decision)
      const isLatest = await this.checks.endDecision(tx, number)
      if (isLatest) await this.#updateAlerts(tx, observation, status ?? observation.status, lastLoadedAt)
    })
  }

  /** Returns the status after the decision; undefined if the signature server did not accept it. */
  async #send({ rollOut: { generation }, verdict }: Decision): Promise<SignatureServerStatus | undefined> {
    const { action, reason } = verdict
    const body = { action, generation, reason }
    try {
      const status = await this.client.call({ method: 'POST', path: 'v1/roll-out', body, actor: ACTOR, answer: SignatureServerStatus })
      this.log.info({ generation, action, reason }, 'rollout decided')
      return status
    } catch (error) {
      // Alerts are still updated without the decision.
      if (!(error instanceof GuardError)) throw error
      if (CONFLICT_CODES.has(error.code)) this.log.info({ generation, action, error }, 'rollout changed before it was decided')
      else this.log.error({ generation, action, error }, 'rollout decision rejected by the signature server; retrying')
      return undefined
    }
  }

  async #recordDecision(tx: Queryable, { rollOut: { generation, nodes }, verdict: { action, reason } }: Decision): Promise<void> {
    const details = { reason, nodes: nodes.length }
    await this.audit.record(tx, { actor: SYSTEM_ACTOR, action: `signatures.${action}`, target: generation, details })
    await this.#notify(tx)
  }

  async #updateAlerts(
    tx: Queryable,
    { nodes }: Observation,
    status: SignatureServerStatus,
    lastLoadedAt: SignatureWorld['lastLoadedAt'],
  ): Promise<void> {
    const world = { status, nodes, lastLoadedAt, staleness: await this.staleness.read(tx), now: new Date() }
    const counts = await this.alerts.replaceOpen(tx, SIGNATURE_ALERT_KINDS, expectedAlerts(world))
    if (counts.raised + counts.changed + counts.cleared === 0) return
    this.log.info(counts, 'signature alerts changed')
    await this.#notify(tx)
  }

  async #notify(tx: Queryable): Promise<void> {
    await tx.query('SELECT pg_notify($1, $2)', [SIGNATURES_CHANNEL, ''])
  }
}

const NO_ROLL_OUT = { lastLoadedAt: undefined, decision: undefined }
