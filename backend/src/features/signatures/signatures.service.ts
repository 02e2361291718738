import type { NodeSignaturesList, SignatureAlertList, SignatureStaleness, SignaturesView } from '@guardimesh/contracts'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'
import { EventHub } from '../../platform/events/event-hub.js'
import { PostgresListener } from '../../platform/notify/postgres-listener.js'
import { SIGNATURES_CHANNEL } from '../../platform/notify/signatures-channel.js'
import { InventoryService } from '../inventory/inventory.service.js'
import { AlertRepository } from './alert.repository.js'
import { CachedServerStatus, type SignatureServerAnswer } from './cached-server-status.js'
import { freshnessOf, newestByGeneration } from './freshness.js'
import { SignatureServerClient } from './signature-server-client.js'
import { StalenessRepository } from './staleness.repository.js'

/** Reads signatures, their distribution, their age and alerts. */
@Injectable()
export class SignaturesService implements OnModuleInit {
  constructor(
    private readonly server: CachedServerStatus,
    private readonly client: SignatureServerClient,
    private readonly inventory: InventoryService,
    private readonly staleness: StalenessRepository,
    private readonly alerts: AlertRepository,
    private readonly database: ConsoleDatabase,
    private readonly listener: PostgresListener,
    private readonly events: EventHub,
  ) {}

  onModuleInit(): void {
    this.listener.subscribe(SIGNATURES_CHANNEL, {
      onMessage: () => {
        this.server.invalidate()
        this.events.publish({ name: 'signatures' })
      },
      onReconnect: () => this.server.invalidate(),
    })
  }

  async read(): Promise<SignaturesView> {
    const [answer, nodes, staleness] = await Promise.all([this.server.status(), this.inventory.nodesByGeneration(), this.readStaleness()])
    const server = answer.state === 'reachable' ? answer.status : null
    const newest = server && newestByGeneration(server).get(server.activeGeneration)
    return {
      state: answer.state,
      problem: answer.state === 'unreachable' ? answer.problem : '',
      server,
      nodes,
      freshness: freshnessOf(newest, staleness, new Date()),
      staleness,
      canChange: this.client.canChange,
    }
  }

  /** Lists the loaded signatures of nodes. Their age is unknown while the signature server is unavailable. */
  async listNodes(): Promise<NodeSignaturesList> {
    const [answer, nodes, staleness] = await Promise.all([this.server.status(), this.inventory.listNodeSignatures(), this.readStaleness()])
    const newest = answer.state === 'reachable' ? newestByGeneration(answer.status) : new Map<string, Date | null>()
    const canaries = canariesOf(answer)
    const now = new Date()
    const items = nodes.map((node) => ({
      ...node,
      isCanary: canaries.has(node.nodeName),
      freshness: freshnessOf(newest.get(node.generation), staleness, now),
    }))
    return { items }
  }

  async listAlerts(): Promise<SignatureAlertList> {
    return { items: await this.alerts.list(this.database) }
  }

  readStaleness(): Promise<SignatureStaleness> {
    return this.staleness.read(this.database)
  }
}

function canariesOf(answer: SignatureServerAnswer): ReadonlySet<string> {
  return new Set(answer.state === 'reachable' ? answer.status.rollOut?.nodes : [])
}
