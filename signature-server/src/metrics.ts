import { createProcessRegistry } from '@guardimesh/kit'
import { Counter, Gauge, type GaugeConfiguration, type Registry } from 'prom-client'
import type { Catalog } from './catalog/catalog.js'
import type { WaitingNodes } from './http/waiting-nodes.js'
import type { KnownNodes } from './roll-out/known-nodes.js'
import type { Uploads } from './uploads/uploads.js'

/** Sources of the metric values. */
export interface MetricSources {
  readonly catalog: Catalog
  readonly nodes: KnownNodes
  readonly waiting: WaitingNodes
  readonly uploads: Uploads
}

type GaugeDeclaration = Pick<GaugeConfiguration<string>, 'name' | 'help' | 'labelNames'>

/** Sets the value of a gauge, or its values with labels. */
type Collect = (gauge: Gauge<string>) => void | Promise<void>

/** Metrics of the signature server. */
export class ServerMetrics {
  readonly registry: Registry = createProcessRegistry()
  readonly downloads: Gauge
  readonly imports: Counter<'outcome'>
  readonly refusals: Counter<'check'>
  readonly #requests: Counter<'route' | 'status'>

  constructor(measured: MetricSources) {
    const registers = [this.registry]
    this.downloads = new Gauge({ name: 'guardimesh_signature_server_downloads', help: 'Downloads in progress', registers })
    this.imports = new Counter({
      name: 'guardimesh_signature_server_imports_total',
      help: 'Completed imports by outcome',
      labelNames: ['outcome'],
      registers,
    })
    this.refusals = new Counter({
      name: 'guardimesh_signature_server_refusals_total',
      help: 'Rejected imports by failed check',
      labelNames: ['check'],
      registers,
    })
    this.#requests = new Counter({
      name: 'guardimesh_signature_server_requests_total',
      help: 'HTTP requests by route and status',
      labelNames: ['route', 'status'],
      registers,
    })
    this.#measureCatalog(measured)
    this.#measureClients(measured)
  }

  get contentType(): string {
    return this.registry.contentType
  }

  /** @param route one of our routes or a fixed word, which bounds the number of label values. */
  count(route: string, status: number): void {
    this.#requests.inc({ route, status })
  }

  text(): Promise<string> {
    return this.registry.metrics()
  }

  #measureCatalog({ catalog }: MetricSources): void {
    this.#gauge(
      {
        name: 'guardimesh_signature_server_generation_info',
        help: 'Always 1; the label is the active generation',
        labelNames: ['generation'],
      },
      (gauge) => {
        gauge.reset()
        if (catalog.active) gauge.set({ generation: catalog.active.generation }, 1)
      },
    )
    this.#gauge(
      {
        name: 'guardimesh_signature_server_active_timestamp_seconds',
        help: 'Time at which the active generation was activated, Unix time',
      },
      (gauge) => gauge.set(catalog.active ? catalog.activeSequence / 1000 : 0),
    )
    this.#gauge(
      {
        name: 'guardimesh_signature_server_roll_out_info',
        help: 'Always 1 during a rollout; the labels are its generation and state',
        labelNames: ['generation', 'state'],
      },
      (gauge) => {
        gauge.reset()
        if (catalog.rollOut) gauge.set({ generation: catalog.rollOut.generation, state: catalog.rollOut.state }, 1)
      },
    )
    this.#gauge({ name: 'guardimesh_signature_server_roll_out_nodes', help: 'Canary nodes of the current rollout' }, (gauge) =>
      gauge.set(catalog.rollOut?.nodes.length ?? 0),
    )
    this.#gauge({ name: 'guardimesh_signature_server_pinned', help: '1 while the active generation is pinned' }, (gauge) =>
      gauge.set(catalog.settings.pinned ? 1 : 0),
    )
    this.#gauge(
      {
        name: 'guardimesh_signature_server_database_built_timestamp_seconds',
        help: 'Build time of a database of the active generation, Unix time',
        labelNames: ['path'],
      },
      (gauge) => {
        gauge.reset()
        for (const { path, builtAt } of catalog.active?.files ?? []) if (builtAt) gauge.set({ path }, Date.parse(builtAt) / 1000)
      },
    )
  }

  #measureClients({ nodes, waiting, uploads }: MetricSources): void {
    this.#gauge({ name: 'guardimesh_signature_server_nodes', help: 'Nodes that requested the catalogue in the last 24 hours' }, (gauge) =>
      gauge.set(nodes.list().length),
    )
    this.#gauge({ name: 'guardimesh_signature_server_waiting_requests', help: 'Catalogue requests that wait for a change' }, (gauge) =>
      gauge.set(waiting.count),
    )
    this.#gauge(
      {
        name: 'guardimesh_signature_server_upload_bytes',
        help: 'Total size of uploads that have not been imported, including their missing parts',
      },
      async (gauge) => gauge.set((await uploads.totals()).totalBytes),
    )
  }

  #gauge(declaration: GaugeDeclaration, collect: Collect): void {
    new Gauge({
      ...declaration,
      registers: [this.registry],
      collect() {
        return collect(this)
      },
    })
  }
}
