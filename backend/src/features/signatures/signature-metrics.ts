import { type NodeSignatures, SECOND_MS, type SignaturesView } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Gauge, Registry } from 'prom-client'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { staleFrom } from './freshness.js'
import { SignatureServerClient } from './signature-server-client.js'
import { SignaturesService } from './signatures.service.js'

/** Series of one node each; of more, those that come first by cluster and name. */
const NODES_MAX = 1000
/** All gauges are collected in one go, from one look. */
const CACHE_MS = SECOND_MS
const STATES = ['fresh', 'old', 'critical', 'unknown'] as const

/** What the gauges show; undefined while the database is away. */
interface Snapshot {
  readonly view: SignaturesView
  readonly nodes: readonly NodeSignatures[]
}

/** Measures of signatures, of the API process; nothing where there is no signature server. */
@Injectable()
export class SignatureMetrics {
  readonly #registry: Registry
  #last: { readonly look: Promise<Snapshot | undefined>; readonly atMs: number } | undefined

  constructor(
    private readonly signatures: SignaturesService,
    client: SignatureServerClient,
    registry: Registry,
    @InjectLogger() private readonly log: Logger,
  ) {
    this.#registry = registry
    if (client.isConfigured) this.#register()
  }

  #register(): void {
    this.#gauge(
      'newest_built_timestamp_seconds',
      'When the newest database of the live generation was made',
      ['scope'],
      (gauge, { view }) => {
        const { newestBuiltAt } = view.freshness
        if (newestBuiltAt !== null) gauge.set({ scope: 'active' }, seconds(newestBuiltAt))
      },
    )
    this.#gauge('stale_timestamp_seconds', 'From when on the live generation is old', ['level'], (gauge, { view }) => {
      if (view.freshness.newestBuiltAt === null) return
      const { warnAt, criticalAt } = staleFrom(new Date(view.freshness.newestBuiltAt), view.staleness)
      gauge.set({ level: 'warning' }, seconds(warnAt))
      gauge.set({ level: 'critical' }, seconds(criticalAt))
    })
    this.#gauge('freshness', 'How old the live generation is: 1 for its state', ['state'], (gauge, { view }) => {
      for (const state of STATES) gauge.set({ state }, view.freshness.state === state ? 1 : 0)
    })
    this.#gauge('roll_out_held', '1 while a roll-out is held', [], (gauge, { view }) => {
      if (view.server) gauge.set(view.server.rollOut?.state === 'held' ? 1 : 0)
    })
    this.#gauge('server_up', '1 while the signature server answers', [], (gauge, { view }) => gauge.set(view.state === 'reachable' ? 1 : 0))
    this.#registerNodes()
  }

  #registerNodes(): void {
    const name = 'node_newest_built_timestamp_seconds'
    this.#gauge(name, 'When the newest database that a node has loaded was made', ['cluster', 'node'], (gauge, { nodes }) => {
      for (const { clusterId, nodeName, freshness } of nodes)
        if (freshness.newestBuiltAt !== null) gauge.set({ cluster: clusterId, node: nodeName }, seconds(freshness.newestBuiltAt))
    })
    this.#gauge('node_generation_info', 'Which generation a node has loaded', ['cluster', 'node', 'generation'], (gauge, { nodes }) => {
      for (const { clusterId, nodeName, generation } of nodes) gauge.set({ cluster: clusterId, node: nodeName, generation }, 1)
    })
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: Label[], fill: (gauge: Gauge<Label>, look: Snapshot) => void): void {
    const look = () => this.#snapshot()
    new Gauge<Label>({
      name: `guardimesh_signatures_${name}`,
      help,
      labelNames,
      registers: [this.#registry],
      async collect() {
        const seen = await look()
        this.reset()
        // A gauge without labels has a value of 0 by itself.
        if (seen) fill(this, seen)
      },
    })
  }

  /** Never rejects: whatever else is measured is still to be read. */
  #snapshot(): Promise<Snapshot | undefined> {
    if (this.#last && Date.now() - this.#last.atMs < CACHE_MS) return this.#last.look
    const look = this.#read().catch((error: unknown) => {
      this.log.debug({ error }, 'signatures cannot be measured')
      return undefined
    })
    this.#last = { look, atMs: Date.now() }
    return look
  }

  async #read(): Promise<Snapshot> {
    const [view, { items }] = await Promise.all([this.signatures.read(), this.signatures.listNodes()])
    return { view, nodes: items.filter(({ state }) => state === 'reporting').slice(0, NODES_MAX) }
  }
}

/** Unix time. */
function seconds(moment: string | Date): number {
  return new Date(moment).getTime() / SECOND_MS
}
