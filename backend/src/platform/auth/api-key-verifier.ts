import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { background, GuardError, type Logger, parseApiKey } from '@guardimesh/kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { InjectLogger } from '../log/logger-token.js'
import { PostgresListener } from '../notify/postgres-listener.js'
import type { ApiKeyActor } from './actor.js'
import { CredentialRepository, type StoredApiKey } from './credential.repository.js'

/** Cache time. NOTIFY clears the cache after a revocation; this is the limit if the notification is lost. */
const CACHE_MS = 4 * SECOND_MS
/** Maximum cached keys; more than any installation has. */
const CACHE_MAX = 10_000
/** Minimum interval between writes of `last_used_at` per key. */
const LAST_USED_MS = MINUTE_MS
/** Channel of API key changes; the payload is the id of the key. */
export const API_KEYS_CHANNEL = 'guardimesh_api_keys'

interface Cached {
  readonly found: Promise<StoredApiKey | undefined>
  readonly readAtMs: number
}

/** Verifies API keys. Caches them for a few seconds, so that ingest does not query the database for every request. */
@Injectable()
export class ApiKeyVerifier implements OnModuleInit {
  readonly #cache = new Map<string, Cached>()
  readonly #lastUsedWrittenAtMs = new Map<string, number>()

  constructor(
    private readonly repository: CredentialRepository,
    private readonly listener: PostgresListener,
    @InjectLogger() private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.listener.subscribe(API_KEYS_CHANNEL, { onMessage: () => this.clearCache(), onReconnect: () => this.clearCache() })
  }

  /** @throws GuardError API_KEY_UNKNOWN, API_KEY_REVOKED, API_KEY_EXPIRED, DATABASE_UNAVAILABLE. */
  async verify(key: string): Promise<ApiKeyActor> {
    const hash = parseApiKey(key)?.hash
    const stored = hash && (await this.#find(hash))
    if (!stored)
      throw new GuardError('API_KEY_UNKNOWN', 'unknown API key; check that it was copied completely and created on this installation')
    if (stored.revokedAt)
      throw new GuardError('API_KEY_REVOKED', `the API key ${stored.prefix} is revoked; create a new one`, { prefix: stored.prefix })
    if (stored.expiresAt && stored.expiresAt.getTime() <= Date.now())
      throw new GuardError('API_KEY_EXPIRED', `the API key ${stored.prefix} has expired; create a new one`, { prefix: stored.prefix })
    this.#noteUse(stored.apiKeyId)
    return { kind: 'api-key', apiKeyId: stored.apiKeyId, label: stored.label, scopes: stored.scopes }
  }

  /** Clears the cache, including entries of queries in progress. */
  clearCache(): void {
    this.#cache.clear()
  }

  async #find(hash: Buffer): Promise<StoredApiKey | undefined> {
    const name = hash.toString('base64')
    const cached = this.#cache.get(name)
    if (cached && Date.now() - cached.readAtMs < CACHE_MS) return cached.found
    const entry = { found: this.repository.findApiKey(hash), readAtMs: Date.now() }
    if (this.#cache.size >= CACHE_MAX) this.#cache.clear()
    this.#cache.set(name, entry)
    const drop = () => {
      if (this.#cache.get(name) === entry) this.#cache.delete(name)
    }
    try {
      const found = await entry.found
      // Guessed keys must not evict valid ones.
      if (!found) drop()
      return found
    } catch (error) {
      drop()
      throw error
    }
  }

  #noteUse(apiKeyId: string): void {
    const nowMs = Date.now()
    if (nowMs - (this.#lastUsedWrittenAtMs.get(apiKeyId) ?? 0) < LAST_USED_MS) return
    this.#lastUsedWrittenAtMs.set(apiKeyId, nowMs)
    background(this.log, 'last use of an API key', this.repository.touchApiKey(apiKeyId))
  }
}
