import {
  type ChangeRollOut,
  CustomSignatures,
  ImportStarted,
  type RollBack,
  SignatureServerStatus,
  type SignatureSettings,
  type SignatureStaleness,
  type StartImport,
} from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { type AuditEntry, AuditRepository } from '../../platform/audit/audit.repository.js'
import type { ChangedBy } from '../../platform/audit/changed-by.js'
import { auditActorOf } from '../../platform/audit/request-origin.js'
import { Database } from '../../platform/database/database.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { SIGNATURES_CHANNEL } from '../../platform/notify/signatures-channel.js'
import { SightingsService } from '../sightings/sightings.service.js'
import { CachedServerStatus } from './cached-server-status.js'
import { type ServerCall, SignatureServerClient } from './signature-server-client.js'
import { StalenessRepository } from './staleness.repository.js'

type Change = Pick<AuditEntry, 'action' | 'target' | 'details'>

/**
 * Sends changes to the signature server and records them in the audit log. Methods throw the errors of the signature server
 * (SIGNATURES_CHANGED, GENERATION_NOT_FOUND, …) and SIGNATURE_SERVER_UNAVAILABLE.
 */
@Injectable()
export class SignatureChangesService {
  constructor(
    private readonly client: SignatureServerClient,
    private readonly server: CachedServerStatus,
    private readonly database: Database,
    private readonly staleness: StalenessRepository,
    private readonly audit: AuditRepository,
    private readonly sightings: SightingsService,
    @InjectLogger() private readonly log: Logger,
  ) {}

  startImport(body: StartImport, by: ChangedBy): Promise<ImportStarted> {
    return this.#change({ method: 'POST', path: 'v1/imports', body, answer: ImportStarted }, by, ({ importId }) => ({
      action: 'signatures.import',
      target: importId,
      details: { ...body },
    }))
  }

  changeRollOut(body: ChangeRollOut, by: ChangedBy): Promise<SignatureServerStatus> {
    const { generation, action, reason } = body
    return this.#change({ method: 'POST', path: 'v1/roll-out', body, answer: SignatureServerStatus }, by, () => ({
      action: `signatures.${action}`,
      target: generation,
      details: { reason },
    }))
  }

  rollBack(body: RollBack, by: ChangedBy): Promise<SignatureServerStatus> {
    return this.#change({ method: 'POST', path: 'v1/rollback', body, answer: SignatureServerStatus }, by, ({ activeGeneration }) => ({
      action: 'signatures.roll-back',
      target: activeGeneration,
      details: { reason: body.reason },
    }))
  }

  replaceSettings(body: SignatureSettings, by: ChangedBy): Promise<SignatureServerStatus> {
    return this.#change({ method: 'PUT', path: 'v1/settings', body, answer: SignatureServerStatus }, by, () => ({
      action: 'signatures.settings',
      target: 'signature-settings',
      details: { after: body },
    }))
  }

  readCustom(): Promise<CustomSignatures> {
    return this.client.call({ method: 'GET', path: 'v1/custom', answer: CustomSignatures })
  }

  /** Replaces custom signatures. Their hashes are matched against sightings immediately, before any node has loaded them. */
  async replaceCustom(body: CustomSignatures, by: ChangedBy): Promise<ImportStarted> {
    const { revision, ignoredSignatures, ignoredFiles, hashes, rules } = body
    const started = await this.#change({ method: 'PUT', path: 'v1/custom', body, answer: ImportStarted }, by, ({ importId }) => ({
      action: 'signatures.custom',
      target: importId,
      // Counts only: rules may be large, and the signature server keeps their history.
      details: {
        madeFromRevision: revision,
        ignoredSignatures: ignoredSignatures.length,
        ignoredFiles: ignoredFiles.length,
        hashes: hashes.length,
        rules: rules.length,
      },
    }))
    await this.database.transaction((tx) => this.sightings.matchHashes(tx, hashes, auditActorOf(by.actor).name))
    return started
  }

  /** Replaces the staleness thresholds. @throws GuardError DATABASE_UNAVAILABLE. */
  async replaceStaleness(after: SignatureStaleness, { actor, origin }: ChangedBy): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.staleness.read(tx)
      const auditActor = auditActorOf(actor)
      await this.staleness.write(tx, after, auditActor.name)
      const change = { action: 'signatures.staleness', target: 'signature-staleness', details: { before, after } }
      await this.audit.record(tx, { actor: auditActor, ...change, ...origin })
      await tx.query('SELECT pg_notify($1, $2)', [SIGNATURES_CHANNEL, ''])
    })
  }

  /** Records a change of the signature server in the audit log and notifies all processes. */
  async record(change: Change, { actor, origin }: ChangedBy): Promise<void> {
    this.server.invalidate()
    const auditActor = auditActorOf(actor)
    // Logged as well, because the change persists even if the database fails.
    this.log.info({ ...change, actor: auditActor.name, requestId: origin.requestId }, 'signatures changed')
    await this.database.transaction(async (tx) => {
      await this.audit.record(tx, { actor: auditActor, ...change, ...origin })
      await tx.query('SELECT pg_notify($1, $2)', [SIGNATURES_CHANNEL, ''])
    })
  }

  async #change<Answer>(call: ServerCall<Answer>, by: ChangedBy, describe: (answer: Answer) => Change): Promise<Answer> {
    const answer = await this.client.call({ ...call, actor: auditActorOf(by.actor).name })
    await this.record(describe(answer), by)
    return answer
  }
}
