import { background, type Logger, parseUuid } from '@guardimesh/kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { EventHub } from '../../platform/events/event-hub.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { FINDINGS_CHANNEL } from '../../platform/notify/findings-channel.js'
import { PostgresListener } from '../../platform/notify/postgres-listener.js'
import { FindingRepository } from './finding.repository.js'

/** Maximum number of findings waiting to be published; beyond it, clients are better off reading the list. */
const PENDING_MAX = 500

/** Publishes findings to open consoles as soon as they are committed. */
@Injectable()
export class FindingPublisher implements OnModuleInit {
  #pending: string[] = []
  #isPublishing = false

  constructor(
    private readonly findings: FindingRepository,
    private readonly listener: PostgresListener,
    private readonly events: EventHub,
    @InjectLogger() private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.listener.subscribe(FINDINGS_CHANNEL, {
      onMessage: (payload) => this.#onMessage(payload),
      // The hub resynchronizes all clients after a lost connection.
      onReconnect: () => undefined,
    })
  }

  #onMessage(payload: string): void {
    if (!this.events.hasClients) return
    const ids = parseIds(payload)
    if (!ids || this.#pending.length + ids.length > PENDING_MAX) {
      this.#pending = []
      this.events.resync()
      return
    }
    this.#pending.push(...ids)
    if (!this.#isPublishing) background(this.log, 'finding publisher', this.#publish())
  }

  async #publish(): Promise<void> {
    this.#isPublishing = true
    try {
      while (this.#pending.length > 0) {
        const ids = this.#pending
        this.#pending = []
        for (const data of await this.findings.listByIds(ids)) this.events.publish({ name: 'finding', data })
      }
    } catch (error) {
      this.events.resync()
      throw error
    } finally {
      this.#isPublishing = false
    }
  }
}

/** Returns undefined for "many" and for anything that is not a list of ids. */
function parseIds(payload: string): string[] | undefined {
  if (!payload.startsWith('[')) return undefined
  const parsed: unknown = JSON.parse(payload)
  const isIds = Array.isArray(parsed) && parsed.every((entry) => typeof entry === 'string' && parseUuid(entry))
  return isIds ? (parsed as string[]) : undefined
}
