import { Counter, Gauge, type Registry } from 'prom-client'
import type { Sources } from './choose-source.js'

/** The puller's metrics. */
export class PullerMetrics {
  readonly #pulls: Counter<'outcome'>
  readonly #success: Gauge

  constructor(registry: Registry, sources: Sources) {
    const registers = [registry]
    this.#pulls = new Counter({ name: 'guardimesh_puller_pulls_total', help: 'Pulls, by outcome', labelNames: ['outcome'], registers })
    this.#success = new Gauge({
      name: 'guardimesh_puller_last_success_timestamp_seconds',
      help: 'When the last pull succeeded, Unix time',
      registers,
    })
    nameGeneration('generation_info', 'signature generation in force', () => sources.inForce())
    nameGeneration('refused_generation_info', 'newest signature generation, if this node refused it', async () => sources.refusedGeneration)

    function nameGeneration(name: string, what: string, read: () => Promise<string | undefined>): void {
      new Gauge({
        name: `guardimesh_puller_${name}`,
        help: `Always 1; the label names the ${what}`,
        labelNames: ['generation'],
        registers,
        async collect() {
          const generation = await read()
          this.reset()
          if (generation !== undefined) this.set({ generation }, 1)
        },
      })
    }
  }

  count(outcome: 'unchanged' | 'switched' | 'refused' | 'failed'): void {
    this.#pulls.inc({ outcome })
    if (outcome === 'unchanged' || outcome === 'switched') this.#success.setToCurrentTime()
  }
}
