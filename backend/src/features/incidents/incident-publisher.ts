import { background, type Logger, sleep } from '@guardimesh/kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { EventHub } from '../../platform/events/event-hub.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { INCIDENTS_CHANNEL } from '../../platform/notify/incidents-channel.js'
import { PostgresListener } from '../../platform/notify/postgres-listener.js'
import { IncidentRepository } from './incident.repository.js'
import { summaryOf } from './incident-columns.js'

/** Maximum incidents waiting to be published; beyond it, clients are better off reading the list. */
const PENDING_MAX = 500
/** Minimum interval between two events of one incident, which counts hundreds of findings per second in an outbreak. */
const INTERVAL_MS = 250

/** Publishes incidents to open consoles after they were opened or changed. */
@Injectable()
export class IncidentPublisher implements OnModuleInit {
  readonly #pending = new Set<number>()
  #isPublishing = false

  constructor(
    private readonly incidents: IncidentRepository,
    private readonly listener: PostgresListener,
    private readonly events: EventHub,
    @InjectLogger() private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.listener.subscribe(INCIDENTS_CHANNEL, {
      onMessage: (payload) => this.#onMessage(payload),
      // The hub resynchronizes all clients after a lost connection.
      onReconnect: () => undefined,
    })
  }

  #onMessage(payload: string): void {
    if (!this.events.hasClients) return
    for (const incidentId of parseIds(payload)) this.#pending.add(incidentId)
    if (payload === 'many' || this.#pending.size > PENDING_MAX) {
      this.#pending.clear()
      this.events.resync()
      return
    }
    if (!this.#isPublishing) background(this.log, 'incident publisher', this.#publish())
  }

  async #publish(): Promise<void> {
    this.#isPublishing = true
    try {
      while (this.#pending.size > 0) {
        const ids = [...this.#pending]
        this.#pending.clear()
        const rows = await this.incidents.listByIds(ids)
        for (const row of rows) this.events.publish({ name: 'incident', data: summaryOf(row, Date.now()) })
        await sleep(INTERVAL_MS)
      }
    } catch (error) {
      this.events.resync()
      throw error
    } finally {
      this.#isPublishing = false
    }
  }
}

function parseIds(payload: string): number[] {
  const parsed: unknown = payload.startsWith('[') ? JSON.parse(payload) : []
  return Array.isArray(parsed) ? parsed.filter((entry) => Number.isSafeInteger(entry)) : []
}
