import { type NodeSignatures, SECOND_MS, type SignaturesView } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Gauge, type GaugeConfiguration, Registry } from 'prom-client'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { staleFrom } from './freshness.js'
import { SignatureServerClient } from './signature-server-client.js'
import { SignaturesService } from './signatures.service.js'

/** Maximum nodes with a series of their own, the first by cluster and name. */
const NODES_MAX = 1000
/** Cache time of a snapshot, so that one scrape reads it once for all gauges. */
const CACHE_MS = SECOND_MS
const STATES = ['fresh', 'old', 'critical', 'unknown'] as const

/** Data for the gauges. */
interface Snapshot {
  readonly view: SignaturesView
  readonly nodes: readonly NodeSignatures[]
}

/** Signature metrics of the API process; none without a signature server. */
@Injectable()
export class SignatureMetrics {
  readonly #registry: Registry
  #last: { readonly snapshot: Promise<Snapshot | undefined>; readonly atMs: number } | undefined

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
      {
        name: 'guardimesh_signatures_newest_built_timestamp_seconds',
        help: 'Build time of the newest database of the active generation',
        labelNames: ['scope'],
      },
      (gauge, { view }) => {
        const { newestBuiltAt } = view.freshness
        if (newestBuiltAt !== null) gauge.set({ scope: 'active' }, seconds(newestBuiltAt))
      },
    )
    this.#gauge(
      {
        name: 'guardimesh_signatures_stale_timestamp_seconds',
        help: 'Time from which the active generation is outdated, by level',
        labelNames: ['level'],
      },
      (gauge, { view }) => {
        if (view.freshness.newestBuiltAt === null) return
        const { warnAt, criticalAt } = staleFrom(new Date(view.freshness.newestBuiltAt), view.staleness)
        gauge.set({ level: 'warning' }, seconds(warnAt))
        gauge.set({ level: 'critical' }, seconds(criticalAt))
      },
    )
    this.#gauge(
      { name: 'guardimesh_signatures_freshness', help: 'Age of the active generation: 1 for its current state', labelNames: ['state'] },
      (gauge, { view }) => {
        for (const state of STATES) gauge.set({ state }, view.freshness.state === state ? 1 : 0)
      },
    )
    this.#gauge({ name: 'guardimesh_signatures_roll_out_held', help: '1 if a rollout is held' }, (gauge, { view }) => {
      if (view.server) gauge.set(view.server.rollOut?.state === 'held' ? 1 : 0)
    })
    this.#gauge({ name: 'guardimesh_signatures_server_up', help: '1 if the signature server is reachable' }, (gauge, { view }) =>
      gauge.set(view.state === 'reachable' ? 1 : 0),
    )
    this.#registerNodes()
  }

  #registerNodes(): void {
    this.#gauge(
      {
        name: 'guardimesh_signatures_node_newest_built_timestamp_seconds',
        help: 'Build time of the newest database that a node has loaded',
        labelNames: ['cluster', 'node'],
      },
      (gauge, { nodes }) => {
        for (const { clusterId, nodeName, freshness } of nodes)
          if (freshness.newestBuiltAt !== null) gauge.set({ cluster: clusterId, node: nodeName }, seconds(freshness.newestBuiltAt))
      },
    )
    this.#gauge(
      {
        name: 'guardimesh_signatures_node_generation_info',
        help: 'Generation that a node has loaded',
        labelNames: ['cluster', 'node', 'generation'],
      },
      (gauge, { nodes }) => {
        for (const { clusterId, nodeName, generation } of nodes) gauge.set({ cluster: clusterId, node: nodeName, generation }, 1)
      },
    )
  }

  #gauge<Label extends string>(
    declaration: Pick<GaugeConfiguration<Label>, 'name' | 'help' | 'labelNames'>,
    fill: (gauge: Gauge<Label>, snapshot: Snapshot) => void,
  ): void {
    const snapshot = () => this.#snapshot()
    new Gauge<Label>({
      ...declaration,
      registers: [this.#registry],
      async collect() {
        const data = await snapshot()
        this.reset()
        // Without data, a gauge without labels keeps its default value 0.
        if (data) fill(this, data)
      },
    })
  }

  /** Never rejects, so that other metrics remain readable. */
  #snapshot(): Promise<Snapshot | undefined> {
    if (this.#last && Date.now() - this.#last.atMs < CACHE_MS) return this.#last.snapshot
    const snapshot = this.#read().catch((error: unknown) => {
      this.log.debug({ error }, 'failed to collect signature metrics')
      return undefined
    })
    this.#last = { snapshot, atMs: Date.now() }
    return snapshot
  }

  async #read(): Promise<Snapshot> {
    const [view, { items }] = await Promise.all([this.signatures.read(), this.signatures.listNodes()])
    return { view, nodes: items.filter(({ state }) => state === 'reporting').slice(0, NODES_MAX) }
  }
}

/** Converts a time to Unix seconds. */
function seconds(moment: string | Date): number {
  return new Date(moment).getTime() / SECOND_MS
}
