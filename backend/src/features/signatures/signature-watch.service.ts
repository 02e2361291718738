import { type RollOut, SECOND_MS, SignatureServerStatus } from '@guardimesh/contracts'
import { GuardError, type Logger, sleep } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { SYSTEM_ACTOR } from '../../platform/audit/request-origin.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { SIGNATURES_CHANNEL } from '../../platform/notify/signatures-channel.js'
import { InventoryService } from '../inventory/inventory.service.js'
import { NotificationOutboxService } from '../notifications/notification-outbox.service.js'
import { AlertRepository } from './alert.repository.js'
import { CanaryRepository } from './canary.repository.js'
import { CustomHashWatch } from './custom-hash-watch.js'
import { expectedAlerts, type SignatureWorld } from './expected-alerts.js'
import { judgeRollOut, type RollOutVerdict } from './judge-roll-out.js'
import { SignatureServerClient } from './signature-server-client.js'
import { StalenessRepository } from './staleness.repository.js'

const INTERVAL_MS = 10 * SECOND_MS
const STATUS_TIMEOUT_MS = 5 * SECOND_MS
/** Who holds and promotes, as the signature server shows it. */
const ACTOR = 'Guardimesh'
/** Somebody else changed it meanwhile: the next look sees what it is now. */
const OVERTAKEN: ReadonlySet<string> = new Set(['SIGNATURES_CHANGED', 'GENERATION_NOT_FOUND'])
type NodeFacts = Awaited<ReturnType<InventoryService['listNodeSignatures']>>
type Judged = Pick<SignatureWorld, 'status' | 'lastLoadedAt'>
/** Counts and times one look. */
export type MeasureLook = (look: () => Promise<void>) => Promise<void>

/** Watches the signature server for the worker: judges roll-outs by what their nodes say and find, raises and clears alerts. */
@Injectable()
export class SignatureWatchService {
  constructor(
    private readonly client: SignatureServerClient,
    private readonly database: Database,
    private readonly inventory: InventoryService,
    private readonly canaries: CanaryRepository,
    private readonly customHashes: CustomHashWatch,
    private readonly alerts: AlertRepository,
    private readonly staleness: StalenessRepository,
    private readonly notifications: NotificationOutboxService,
    private readonly audit: AuditRepository,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** Looks every 10 seconds until the signal is aborted; at once when there is no signature server. */
  async run(signal: AbortSignal, measure: MeasureLook): Promise<void> {
    while (this.client.isThere && !signal.aborted) {
      await measure(() => this.look()).catch((error: unknown) => this.log.warn({ error }, 'signatures cannot be watched; trying again'))
      await sleep(INTERVAL_MS, signal)
    }
  }

  /**
   * Looks once, unless another worker is looking just now. What it does follows from what it sees, so that a look that broke off is made up
   * for by the next. Alerts stay as they are while the server is away.
   *
   * @throws GuardError SIGNATURE_SERVER_UNAVAILABLE, DATABASE_UNAVAILABLE.
   */
  async look(): Promise<void> {
    const customRevision = await this.database.transaction(async (tx) => {
      if (!(await this.canaries.tryLock(tx))) return undefined
      const seen = await this.client.call({
        method: 'GET',
        path: 'v1/status',
        answer: SignatureServerStatus,
        timeoutMs: STATUS_TIMEOUT_MS,
      })
      const nodes = await this.inventory.listNodeSignatures()
      const { status, lastLoadedAt } = await this.#judge(tx, seen, nodes)
      await this.#tell(tx, { status, nodes, lastLoadedAt, staleness: await this.staleness.read(tx), now: new Date() })
      return seen.customRevision
    })
    // Apart from the rest, which does not depend on it.
    if (customRevision !== undefined) await this.database.transaction((tx) => this.customHashes.look(tx, customRevision))
  }

  /** @returns the status after what was decided. */
  async #judge(tx: Queryable, status: SignatureServerStatus, nodes: NodeFacts): Promise<Judged> {
    const { rollOut, settings } = status
    if (!rollOut) return { status, lastLoadedAt: undefined }
    const names = new Set(rollOut.nodes)
    const reporting = nodes.filter(({ nodeName, state }) => state === 'reporting' && names.has(nodeName))
    const isLoaded = reporting.some(({ generation }) => generation === rollOut.generation)
    const load = await this.canaries.noteLoaded(tx, rollOut, isLoaded)
    const verdict = judgeRollOut({
      rollOut,
      canary: settings.canary,
      nodes: reporting,
      loadedForMs: load?.loadedForMs,
      detections: await this.canaries.newDetections(tx, rollOut),
    })
    this.log.debug({ generation: rollOut.generation, ...verdict }, 'roll-out judged')
    const after = verdict.action === 'wait' ? undefined : await this.#decide(tx, rollOut, verdict)
    return { status: after ?? status, lastLoadedAt: load?.lastLoadedAt }
  }

  /** @returns undefined when nothing came of it. */
  async #decide(tx: Queryable, { generation, nodes }: RollOut, verdict: RollOutVerdict): Promise<SignatureServerStatus | undefined> {
    const body = { action: verdict.action, generation, reason: verdict.reason }
    try {
      const status = await this.client.call({ method: 'POST', path: 'v1/roll-out', body, actor: ACTOR, answer: SignatureServerStatus })
      this.log.info({ generation, action: verdict.action, reason: verdict.reason }, 'roll-out decided')
      await this.audit.record(tx, {
        actor: SYSTEM_ACTOR,
        action: `signatures.${verdict.action}`,
        target: generation,
        details: { reason: verdict.reason, nodes: nodes.length },
      })
      await this.#notify(tx)
      return status
    } catch (error) {
      // Without the server's leave everything else is still to be told.
      if (!(error instanceof GuardError) || error.code === 'DATABASE_UNAVAILABLE') throw error
      const facts = { generation, action: verdict.action, error }
      if (OVERTAKEN.has(error.code)) this.log.info(facts, 'somebody else decided about the roll-out meanwhile')
      else this.log.error(facts, 'the signature server did not do what was decided about the roll-out; trying again')
      return undefined
    }
  }

  async #tell(tx: Queryable, world: SignatureWorld): Promise<void> {
    const { raised, changed, cleared } = await this.alerts.replaceOpen(tx, expectedAlerts(world))
    if (raised.length + changed + cleared.length === 0) return
    await this.notifications.note(tx, { raised, cleared })
    this.log.info({ raised: raised.length, changed, cleared: cleared.length }, 'alerts about signatures changed')
    await this.#notify(tx)
  }

  async #notify(tx: Queryable): Promise<void> {
    await tx.query('SELECT pg_notify($1, $2)', [SIGNATURES_CHANNEL, ''])
  }
}
