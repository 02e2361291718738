import type { ApiKeyView, CreateApiKey, CreatedApiKey } from '@guardimesh/contracts'
import { GuardError, newApiKey, parseUuid } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import type { Limits } from '../../config/api-config.js'
import { type AuditActor, AuditRepository } from '../../platform/audit/audit.repository.js'
import type { RequestOrigin } from '../../platform/audit/request-origin.js'
import { API_KEYS_CHANNEL, ApiKeyVerifier } from '../../platform/auth/api-key-verifier.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { InjectLimits } from '../../platform/limits/limits.module.js'
import { ApiKeyRepository } from './api-key.repository.js'
import { insertApiKey } from './insert-api-key.js'

/** Creates and revokes API keys. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly database: Database,
    private readonly apiKeys: ApiKeyRepository,
    private readonly verifier: ApiKeyVerifier,
    private readonly audit: AuditRepository,
    @InjectLimits() private readonly limits: Limits,
  ) {}

  list(): Promise<ApiKeyView[]> {
    return this.apiKeys.list()
  }

  /**
   * Creates an API key. Only the response contains the whole key.
   *
   * @throws GuardError API_KEY_LIMIT_REACHED, BODY_INVALID if it would expire at once.
   */
  create(request: CreateApiKey, actor: AuditActor, origin?: RequestOrigin): Promise<CreatedApiKey> {
    if (request.expiresAt && Date.parse(request.expiresAt) <= Date.now())
      throw new GuardError('BODY_INVALID', 'invalid body: expiresAt: must be in the future')
    const key = newApiKey()
    return this.database.transaction(async (tx) => {
      await this.#checkLimit(tx)
      const view = await insertApiKey(tx, { apiKeys: this.apiKeys, audit: this.audit }, { ...request, key, actor, origin })
      return { ...view, key: key.key }
    })
  }

  async #checkLimit(tx: Queryable): Promise<void> {
    const limit = this.limits.apiKeys
    if (limit === undefined || (await this.apiKeys.lockAndCount(tx)) < limit) return
    throw new GuardError(
      'API_KEY_LIMIT_REACHED',
      `the limit of ${limit} active API keys is reached; revoke an unused key or raise API_KEY_LIMIT`,
    )
  }

  /**
   * Revokes a key: immediately in this process, within seconds in others. Idempotent.
   *
   * @throws GuardError API_KEY_NOT_FOUND.
   */
  async revoke(apiKeyId: string, actor: AuditActor, origin: RequestOrigin): Promise<void> {
    const notFound = () => new GuardError('API_KEY_NOT_FOUND', 'API key not found')
    if (!parseUuid(apiKeyId)) throw notFound()
    await this.database.transaction(async (tx) => {
      const label = await this.apiKeys.revoke(tx, apiKeyId, actor.name)
      if (label !== undefined) {
        await this.audit.record(tx, { actor, action: 'api-key.revoke', target: apiKeyId, details: { label }, ...origin })
        await this.apiKeys.announce(tx, API_KEYS_CHANNEL, apiKeyId)
      } else if (!(await this.apiKeys.exists(tx, apiKeyId))) throw notFound()
    })
    this.verifier.clearCache()
  }
}
