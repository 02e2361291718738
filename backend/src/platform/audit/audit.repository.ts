import type { AuditActorKind, AuditResult } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../database/database.js'

/** Author of an entry. */
export interface AuditActor {
  readonly kind: AuditActorKind
  /** Account or key id; otherwise empty. */
  readonly actorId: string
  readonly name: string
}

/** Entry of the audit log. `details` never contain secrets; `before` and `after` in them are the states of a changed object. */
export interface AuditEntry {
  readonly actor: AuditActor
  /** Noun and verb, such as "api-key.revoke". */
  readonly action: string
  /** The changed object. */
  readonly target: string
  /** Default: success. */
  readonly result?: AuditResult
  readonly details?: Readonly<Record<string, unknown>>
  readonly clientIp?: string
  readonly requestId?: string
}

/** Writes the audit log in the transaction of the change, so neither exists without the other. */
@Injectable()
export class AuditRepository {
  async record(tx: Queryable, entry: AuditEntry): Promise<void> {
    const { actor, action, target, result = 'success', details = {}, clientIp = '', requestId = '' } = entry
    await tx.execute(
      `INSERT INTO audit_log (actor_kind, actor_id, actor_name, action, target, result, details, client_ip, request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [actor.kind, actor.actorId, actor.name, action, target, result, JSON.stringify(details), clientIp, requestId],
    )
  }
}
