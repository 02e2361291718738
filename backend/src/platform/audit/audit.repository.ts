import { Injectable } from '@nestjs/common'
import type { Queryable } from '../database/database.js'

/** Author of a change: a user, an API key, or the system. */
export interface AuditActor {
  readonly kind: 'account' | 'api_key' | 'system'
  /** Account or key id; empty for the system. */
  readonly actorId: string
  readonly name: string
}

/** Entry of the audit log. `details` never contain secrets. */
export interface AuditEntry {
  readonly actor: AuditActor
  /** Noun and verb, such as "api-key.revoke". */
  readonly action: string
  /** The changed object. */
  readonly target: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly clientIp?: string
  readonly requestId?: string
}

/** Writes the audit log in the transaction of the change, so neither exists without the other. */
@Injectable()
export class AuditRepository {
  async record(tx: Queryable, entry: AuditEntry): Promise<void> {
    const { actor, details = {}, clientIp = '', requestId = '' } = entry
    await tx.execute(
      `INSERT INTO audit_log (actor_kind, actor_id, actor_name, action, target, details, client_ip, request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [actor.kind, actor.actorId, actor.name, entry.action, entry.target, JSON.stringify(details), clientIp, requestId],
    )
  }
}
