import { SECOND_MS } from '@guardimesh/contracts'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'
import { EXCEPTIONS_CHANNEL } from '../../platform/notify/exceptions-channel.js'
import { PostgresListener } from '../../platform/notify/postgres-listener.js'
import { type ExceptionMatcher, readMatcher } from './exception-matching.service.js'

/** NOTIFY clears the cache of every backend after a change; this is the limit if the notification is lost. */
const CACHE_MS = 10 * SECOND_MS

/** The active exceptions, in memory. */
@Injectable()
export class ActiveExceptionsService implements OnModuleInit {
  #cached: { readonly matcher: Promise<ExceptionMatcher>; readonly readAtMs: number } | undefined

  constructor(
    private readonly database: Database,
    private readonly listener: PostgresListener,
  ) {}

  onModuleInit(): void {
    this.listener.subscribe(EXCEPTIONS_CHANNEL, { onMessage: () => this.clearCache(), onReconnect: () => this.clearCache() })
  }

  /** @throws GuardError DATABASE_UNAVAILABLE. */
  async matcher(): Promise<ExceptionMatcher> {
    if (this.#cached && Date.now() - this.#cached.readAtMs < CACHE_MS) return this.#cached.matcher
    const entry = { matcher: readMatcher(this.database), readAtMs: Date.now() }
    this.#cached = entry
    try {
      return await entry.matcher
    } catch (error) {
      if (this.#cached === entry) this.clearCache()
      throw error
    }
  }

  /** Clears the cache, including a query in progress. */
  clearCache(): void {
    this.#cached = undefined
  }
}
