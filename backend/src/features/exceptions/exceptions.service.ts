import {
  type ChangeException,
  type CreateException,
  EXCEPTION_PREVIEW_MAX,
  EXCEPTIONS_MAX,
  type ExceptionCriteria,
  type ExceptionPage,
  type ExceptionPreview,
  type ExceptionQuery,
  type ExceptionView,
  isBroadException,
} from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import type { ChangedBy } from '../../platform/audit/changed-by.js'
import { auditActorOf } from '../../platform/audit/request-origin.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { decodeCursor, NUMBER_PART } from '../../platform/paging/cursor.js'
import { pageOfRows } from '../../platform/paging/page.js'
import { ActiveExceptionsService } from './active-exceptions.service.js'
import { ExceptionRepository } from './exception.repository.js'
import { type ExceptionRow, viewOf } from './exception-columns.js'
import { ExceptionPreviewRepository } from './exception-preview.repository.js'

/** Creates, changes and revokes exceptions, with audit log. */
@Injectable()
export class ExceptionsService {
  constructor(
    private readonly database: Database,
    private readonly exceptions: ExceptionRepository,
    private readonly previews: ExceptionPreviewRepository,
    private readonly active: ActiveExceptionsService,
    private readonly audit: AuditRepository,
  ) {}

  /** @throws GuardError CURSOR_INVALID. */
  async list({ limit, cursor, ...filters }: ExceptionQuery): Promise<ExceptionPage> {
    const list = ['exceptions', filters]
    const [before] = cursor === undefined ? [] : decodeCursor(list, cursor, [NUMBER_PART])
    const rows = await this.exceptions.list(filters, before, limit + 1)
    const page = pageOfRows(list, rows, limit, (row) => [String(row.exceptionId)])
    const nowMs = Date.now()
    return { ...page, items: page.items.map((row) => viewOf(row, nowMs)) }
  }

  /** @throws GuardError EXCEPTION_NOT_FOUND. */
  async read(exceptionId: number): Promise<ExceptionView> {
    const row = await this.exceptions.find(exceptionId)
    if (!row) throw exceptionNotFound()
    return viewOf(row, Date.now())
  }

  /** Returns what an exception would have hidden. */
  async preview(criteria: ExceptionCriteria): Promise<ExceptionPreview> {
    const [counts, samples] = await Promise.all([this.previews.count(criteria), this.previews.samples(criteria)])
    return {
      isBroad: isBroadException(criteria),
      findings: counts?.findings ?? null,
      isMinimum: counts?.findings === EXCEPTION_PREVIEW_MAX,
      incidents: counts?.incidents ?? null,
      hiddenIncidents: counts?.hiddenIncidents ?? null,
      samples: samples.map(({ receivedAt, ...sample }) => ({ ...sample, receivedAt: receivedAt.toISOString() })),
    }
  }

  /** @throws GuardError EXCEPTION_TOO_BROAD without confirmation, EXCEPTION_LIMIT_REACHED. */
  create(request: CreateException, by: ChangedBy): Promise<ExceptionView> {
    const isBroad = isBroadException(request.criteria)
    if (isBroad && !request.confirmBroad)
      throw new GuardError(
        'EXCEPTION_TOO_BROAD',
        'the criteria match more than one content or file and would also hide unknown malware; add a SHA-256, a signature or a path, or confirm with confirmBroad',
      )
    return this.#change(by, 'exception.create', async (tx, author) => {
      await this.#checkLimit(tx)
      return { before: null, after: await this.exceptions.insert(tx, request, isBroad, author) }
    })
  }

  /** Changes reason and expiry. An expired exception can become active again. @throws GuardError EXCEPTION_NOT_FOUND, EXCEPTION_REVOKED, EXCEPTION_LIMIT_REACHED. */
  change(exceptionId: number, { reason, expiresInDays }: ChangeException, by: ChangedBy): Promise<ExceptionView> {
    return this.#change(by, 'exception.change', async (tx, author) => {
      const before = await this.#lock(tx, exceptionId)
      if (before.revokedAt !== null)
        throw new GuardError('EXCEPTION_REVOKED', 'the exception was revoked and cannot be changed; create another one')
      if (expiresInDays !== undefined && viewOf(before, Date.now()).state === 'expired') await this.#checkLimit(tx)
      return { before, after: await this.exceptions.change(tx, exceptionId, { reason, expiresInDays }, author) }
    })
  }

  /** Ends the effect of an exception. Idempotent. @throws GuardError EXCEPTION_NOT_FOUND. */
  revoke(exceptionId: number, by: ChangedBy): Promise<ExceptionView> {
    return this.#change(by, 'exception.revoke', async (tx, author) => {
      const before = await this.#lock(tx, exceptionId)
      return { before, after: before.revokedAt === null ? await this.exceptions.revoke(tx, exceptionId, author) : before }
    })
  }

  /** Changes an exception, records the change and clears the caches of all backends. */
  async #change(
    by: ChangedBy,
    action: string,
    work: (tx: Queryable, author: string) => Promise<{ before: ExceptionRow | null; after: ExceptionRow }>,
  ): Promise<ExceptionView> {
    const actor = auditActorOf(by.actor)
    const changed = await this.database.transaction(async (tx) => {
      const { before, after } = await work(tx, actor.name)
      if (before === after) return after
      const details = { before: before && auditFacts(before), after: auditFacts(after), isBroad: after.isBroad }
      await this.audit.record(tx, { actor, action, target: String(after.exceptionId), details, ...by.origin })
      await this.exceptions.announce(tx)
      return after
    })
    this.active.clearCache()
    return viewOf(changed, Date.now())
  }

  async #lock(tx: Queryable, exceptionId: number): Promise<ExceptionRow> {
    const row = await this.exceptions.lock(tx, exceptionId)
    if (!row) throw exceptionNotFound()
    return row
  }

  async #checkLimit(tx: Queryable): Promise<void> {
    if ((await this.exceptions.lockAndCountActive(tx)) < EXCEPTIONS_MAX) return
    throw new GuardError(
      'EXCEPTION_LIMIT_REACHED',
      `the limit of ${EXCEPTIONS_MAX} active exceptions is reached; revoke exceptions that match nothing`,
    )
  }
}

export function exceptionNotFound(): GuardError {
  return new GuardError('EXCEPTION_NOT_FOUND', 'exception not found; reload the list of exceptions')
}

/** What a user can set. */
function auditFacts({ criteria, reason, expiresAt, revokedAt }: ExceptionRow) {
  return { criteria, reason, expiresAt, revokedAt }
}
