import { createProcessRegistry } from '@guardimesh/kit'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { Catalog } from './catalog/catalog.js'
import type { WaitingNodes } from './http/waiting-nodes.js'
import type { KnownNodes } from './roll-out/known-nodes.js'
import type { Uploads } from './uploads/uploads.js'

/** What is measured. */
export interface Measured {
  readonly catalog: Catalog
  readonly nodes: KnownNodes
  readonly waiting: WaitingNodes
  readonly uploads: Uploads
}

/** Sets the value, or the values with their labels. */
type Collect = (gauge: Gauge<string>) => void | Promise<void>

/** The signature server's metrics. */
export class ServerMetrics {
  readonly registry: Registry = createProcessRegistry()
  readonly downloads: Gauge
  readonly imports: Counter<'outcome'>
  readonly refusals: Counter<'check'>
  readonly #requests: Counter<'route' | 'status'>

  constructor(measured: Measured) {
    const registers = [this.registry]
    this.downloads = new Gauge({ name: nameOf('downloads'), help: 'Files that are being sent', registers })
    this.imports = new Counter({ name: nameOf('imports_total'), help: 'Imports that ended', labelNames: ['outcome'], registers })
    this.refusals = new Counter({
      name: nameOf('refusals_total'),
      help: 'Refused imports, by which check',
      labelNames: ['check'],
      registers,
    })
    this.#requests = new Counter({ name: nameOf('requests_total'), help: 'Requests', labelNames: ['route', 'status'], registers })
    this.#measureCatalog(measured)
    this.#measureClients(measured)
  }

  get contentType(): string {
    return this.registry.contentType
  }

  /** @param route a path of ours or a word, so that nobody outside makes labels. */
  count(route: string, status: number): void {
    this.#requests.inc({ route, status })
  }

  text(): Promise<string> {
    return this.registry.metrics()
  }

  #measureCatalog({ catalog }: Measured): void {
    this.#gauge('generation_info', 'Always 1; the label names the live generation', ['generation'], (gauge) => {
      gauge.reset()
      if (catalog.live) gauge.set({ generation: catalog.live.generation }, 1)
    })
    this.#gauge('live_timestamp_seconds', 'When it was decided that the live generation is live, Unix time', [], (gauge) =>
      gauge.set(catalog.live ? catalog.liveSequence / 1000 : 0),
    )
    this.#gauge('roll_out_info', 'Always 1 while there is a roll-out', ['generation', 'state'], (gauge) => {
      gauge.reset()
      if (catalog.rollOut) gauge.set({ generation: catalog.rollOut.generation, state: catalog.rollOut.state }, 1)
    })
    this.#gauge('roll_out_nodes', 'Canary nodes of the roll-out', [], (gauge) => gauge.set(catalog.rollOut?.nodes.length ?? 0))
    this.#gauge('pinned', '1 while the live generation stays whatever is imported', [], (gauge) =>
      gauge.set(catalog.settings.pinned ? 1 : 0),
    )
    const help = 'When a database of the live generation was made, as it says itself, Unix time'
    this.#gauge('database_built_timestamp_seconds', help, ['path'], (gauge) => {
      gauge.reset()
      for (const { path, builtAt } of catalog.live?.files ?? []) if (builtAt) gauge.set({ path }, Date.parse(builtAt) / 1000)
    })
  }

  #measureClients({ nodes, waiting, uploads }: Measured): void {
    this.#gauge('nodes', 'Nodes that asked for the catalogue in the last 24 hours', [], (gauge) => gauge.set(nodes.list().length))
    this.#gauge('waiting_requests', 'Requests that wait for another catalogue', [], (gauge) => gauge.set(waiting.count))
    this.#gauge('upload_bytes', 'Bytes of uploads that no import has taken, counted whole', [], async (gauge) =>
      gauge.set((await uploads.totals()).totalBytes),
    )
  }

  #gauge(suffix: string, help: string, labelNames: readonly string[], collect: Collect): void {
    new Gauge({
      name: nameOf(suffix),
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      collect() {
        return collect(this)
      },
    })
  }
}

function nameOf(suffix: string): string {
  return `guardimesh_signature_server_${suffix}`
}
