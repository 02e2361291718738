import type { ApiKeyView, CreateApiKey, CreatedApiKey } from '@guardimesh/contracts'
import { GuardError, parseUuid } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { type AuditActor, AuditRepository } from '../../platform/audit/audit.repository.js'
import type { RequestOrigin } from '../../platform/audit/request-origin.js'
import { newApiKey } from '../../platform/auth/api-key-format.js'
import { API_KEYS_CHANNEL, ApiKeyVerifier } from '../../platform/auth/api-key-verifier.js'
import { Database } from '../../platform/database/database.js'
import { ApiKeyRepository } from './api-key.repository.js'

/** Making and revoking API keys. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly database: Database,
    private readonly apiKeys: ApiKeyRepository,
    private readonly verifier: ApiKeyVerifier,
    private readonly audit: AuditRepository,
  ) {}

  list(): Promise<ApiKeyView[]> {
    return this.apiKeys.list()
  }

  /** Makes a key; the answer is the only place that ever holds the whole of it. */
  create({ label, scopes }: CreateApiKey, actor: AuditActor, origin?: RequestOrigin): Promise<CreatedApiKey> {
    const { key, prefix, hash } = newApiKey()
    return this.database.transaction(async (tx) => {
      const view = await this.apiKeys.insert(tx, { label, prefix, hash, scopes, createdBy: actor.name })
      const details = { label, scopes, prefix }
      await this.audit.record(tx, { actor, action: 'api-key.create', target: view.apiKeyId, details, ...origin })
      return { ...view, key }
    })
  }

  /**
   * Revokes a key: at once in this process, within moments in others. Revoking it again changes nothing.
   *
   * @throws GuardError API_KEY_NOT_FOUND.
   */
  async revoke(apiKeyId: string, actor: AuditActor, origin: RequestOrigin): Promise<void> {
    const notFound = () => new GuardError('API_KEY_NOT_FOUND', 'there is no such API key')
    if (!parseUuid(apiKeyId)) throw notFound()
    await this.database.transaction(async (tx) => {
      const label = await this.apiKeys.revoke(tx, apiKeyId, actor.name)
      if (label !== undefined) {
        await this.audit.record(tx, { actor, action: 'api-key.revoke', target: apiKeyId, details: { label }, ...origin })
        await this.apiKeys.announce(tx, API_KEYS_CHANNEL, apiKeyId)
      } else if (!(await this.apiKeys.exists(tx, apiKeyId))) throw notFound()
    })
    this.verifier.forget()
  }
}
