import type { Readable } from 'node:stream'
import { MINUTE_MS } from '@guardimesh/contracts'
import { background, GuardError, type Logger } from '@guardimesh/kit'
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common'
import { type OpenAccess, onAccessChange, recheckAccess } from '../auth/access-recheck.js'
import { Authenticator } from '../auth/authenticator.js'
import { InjectLogger } from '../log/logger-token.js'
import { PostgresListener } from '../notify/postgres-listener.js'

/** Delay until the export of an expired session ends; an ended session, a new role and a revoked key end it immediately. */
const RECHECK_INTERVAL_MS = MINUTE_MS

/** Exports in progress. Ends those of clients that lose their access, and all at shutdown. */
@Injectable()
export class OpenExports implements OnModuleInit, BeforeApplicationShutdown {
  readonly #open = new Map<Readable, OpenAccess>()
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly listener: PostgresListener,
    private readonly authenticator: Authenticator,
    @InjectLogger() private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    const recheckAll = () => {
      for (const [body, access] of this.#open) background(this.log, 'export access check', this.#recheck(body, access))
    }
    onAccessChange(this.listener, recheckAll)
    this.#timer = setInterval(recheckAll, RECHECK_INTERVAL_MS).unref()
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer)
    for (const body of this.#open.keys()) body.destroy(new GuardError('SHUTTING_DOWN', 'the server is shutting down; retry'))
  }

  /** Adds an export until its body closes. */
  add(body: Readable, access: OpenAccess): void {
    this.#open.set(body, access)
    body.once('close', () => this.#open.delete(body))
  }

  async #recheck(body: Readable, access: OpenAccess): Promise<void> {
    if ((await recheckAccess(this.authenticator, access)) !== 'same')
      body.destroy(new GuardError('UNAUTHENTICATED', 'the session or API key of the export has ended or changed'))
  }
}
