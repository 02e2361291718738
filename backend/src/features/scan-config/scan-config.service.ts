import { ScanConfig, type ScanConfigView } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { auditActorOf, type RequestOrigin } from '../../platform/audit/request-origin.js'
import type { Actor } from '../../platform/auth/actor.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { namesEtag } from '../../platform/http/etag.js'
import { SCAN_CONFIG_CHANNEL } from '../../platform/notify/scan-config-channel.js'
import { ScanConfigRepository } from './scan-config.repository.js'
import { checkSchedule, etagOf } from './scan-config-rules.js'

/** Reads and replaces the configuration of the scanners. */
@Injectable()
export class ScanConfigService {
  constructor(
    private readonly database: Database,
    private readonly repository: ScanConfigRepository,
    private readonly audit: AuditRepository,
  ) {}

  /** Returns the active configuration, by default that of the contracts. */
  read(): Promise<ScanConfigView> {
    return this.#read(this.database)
  }

  /**
   * Replaces the configuration.
   *
   * @param ifMatch ETag on which the change is based; undefined: replaces any configuration.
   * @throws GuardError BODY_INVALID for an invalid schedule, SCAN_CONFIG_CHANGED if `ifMatch` is outdated.
   */
  replace(config: ScanConfig, ifMatch: string | undefined, actor: Actor, origin: RequestOrigin): Promise<ScanConfigView> {
    checkSchedule(config.schedule)
    return this.database.transaction(async (tx) => {
      await this.repository.lock(tx)
      const before = await this.#read(tx)
      if (ifMatch !== undefined && !namesEtag(ifMatch, before.etag))
        throw new GuardError(
          'SCAN_CONFIG_CHANGED',
          `${before.updatedBy ?? 'another user'} changed the configuration; reload it and repeat the change`,
        )
      const auditActor = auditActorOf(actor)
      await this.repository.write(tx, config, auditActor.name)
      const details = { before: before.config, after: config }
      await this.audit.record(tx, { actor: auditActor, action: 'scan-config.replace', target: 'scan-config', details, ...origin })
      await tx.query('SELECT pg_notify($1, $2)', [SCAN_CONFIG_CHANNEL, ''])
      return this.#read(tx)
    })
  }

  async #read(database: Queryable): Promise<ScanConfigView> {
    const stored = await this.repository.read(database)
    // Parsing adds the defaults of keys that a newer version introduced.
    const config = ScanConfig.parse(stored?.config ?? {})
    return {
      config,
      etag: etagOf(config),
      updatedAt: stored?.updatedAt.toISOString() ?? null,
      updatedBy: stored?.updatedBy ?? null,
    }
  }
}
