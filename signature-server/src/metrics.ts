import { createProcessRegistry } from '@guardimesh/kit'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { Catalog } from './catalog/catalog.js'

const KNOWN_PATHS = new Set(['file', '/v1/catalog', '/v1/status', '/livez', '/readyz', '/metrics'])

/** The signature server's metrics. */
export class ServerMetrics {
  readonly registry: Registry = createProcessRegistry()
  readonly downloads: Gauge
  readonly imports: Counter<'outcome'>
  readonly #requests: Counter<'route' | 'status'>

  constructor(catalog: Catalog) {
    const registers = [this.registry]
    const name = (suffix: string) => `guardimesh_signature_server_${suffix}`
    this.downloads = new Gauge({ name: name('downloads'), help: 'Files that are being sent', registers })
    this.imports = new Counter({ name: name('imports_total'), help: 'Imports that ended', labelNames: ['outcome'], registers })
    this.#requests = new Counter({ name: name('requests_total'), help: 'Requests', labelNames: ['route', 'status'], registers })
    new Gauge({
      name: name('generation_info'),
      help: 'Always 1; the label names the live generation',
      labelNames: ['generation'],
      registers,
      collect() {
        this.reset()
        if (catalog.live) this.set({ generation: catalog.live.generation }, 1)
      },
    })
    new Gauge({
      name: name('database_built_timestamp_seconds'),
      help: 'When a database of the live generation was made, as it says itself, Unix time',
      labelNames: ['path'],
      registers,
      collect() {
        this.reset()
        for (const { path, builtAt } of catalog.live?.files ?? []) if (builtAt) this.set({ path }, Date.parse(builtAt) / 1000)
      },
    })
  }

  get contentType(): string {
    return this.registry.contentType
  }

  /** @param route a path, or `file`; what is not ours counts as `other`, so that nobody outside makes labels. */
  count(route: string, status: number): void {
    this.#requests.inc({ route: KNOWN_PATHS.has(route) ? route : 'other', status })
  }

  text(): Promise<string> {
    return this.registry.metrics()
  }
}
