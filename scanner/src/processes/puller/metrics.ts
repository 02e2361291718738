import { SECOND_MS } from '@guardimesh/contracts/units'
import { Counter, Gauge, type GaugeConfiguration, type Registry } from 'prom-client'
import type { PullerContext } from './context.js'

/** The puller's metrics. */
export class PullerMetrics {
  readonly #pulls: Counter<'outcome'>
  readonly #success: Gauge

  constructor(registry: Registry, parts: PullerContext) {
    const registers = [registry]
    this.#pulls = new Counter({ name: 'guardimesh_puller_pulls_total', help: 'Pulls, by outcome', labelNames: ['outcome'], registers })
    this.#success = new Gauge({
      name: 'guardimesh_puller_last_success_timestamp_seconds',
      help: 'Unix time of the last successful pull',
      registers,
    })
    addGenerations(registry, parts)
    addTransfers(registry, parts)
    addReport(registry, parts)
  }

  count(outcome: 'unchanged' | 'switched' | 'refused' | 'failed'): void {
    this.#pulls.inc({ outcome })
    if (outcome === 'unchanged' || outcome === 'switched') this.#success.setToCurrentTime()
  }
}

function addGenerations(registry: Registry, { source }: PullerContext): void {
  addGenerationGauge(
    { name: 'guardimesh_puller_generation_info', help: 'Always 1; the label is the active generation', labelNames: ['generation'] },
    () => source.activeGeneration(),
  )
  addGenerationGauge(
    {
      name: 'guardimesh_puller_refused_generation_info',
      help: 'Always 1; the label is the newest generation, if this node rejected it',
      labelNames: ['generation'],
    },
    async () => source.rejectedGeneration,
  )

  function addGenerationGauge(
    declaration: Pick<GaugeConfiguration<'generation'>, 'name' | 'help' | 'labelNames'>,
    read: () => Promise<string | undefined>,
  ): void {
    new Gauge({
      ...declaration,
      registers: [registry],
      async collect() {
        const generation = await read()
        this.reset()
        if (generation !== undefined) this.set({ generation }, 1)
      },
    })
  }
}

function addTransfers(registry: Registry, { transfers }: PullerContext): void {
  new Counter({
    name: 'guardimesh_puller_pulled_bytes_total',
    help: 'Downloaded bytes of signatures, by deltas (update) and whole files',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [kind, bytes] of Object.entries(transfers.bytes)) this.inc({ kind }, bytes)
    },
  })
  new Counter({
    name: 'guardimesh_puller_deltas_total',
    help: 'Database deltas, by outcome; after a failed delta the whole file is downloaded',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [outcome, count] of Object.entries(transfers.deltas)) this.inc({ outcome }, count)
    },
  })
}

function addReport(registry: Registry, { reload }: PullerContext): void {
  new Gauge({
    name: 'guardimesh_puller_load_seconds',
    help: 'Time from the switch to the active generation until clamd had loaded it; 0 when unknown',
    registers: [registry],
    async collect() {
      this.set((await reload.report.read()).loadMs / SECOND_MS)
    },
  })
  new Gauge({
    name: 'guardimesh_puller_clamd_memory_bytes',
    help: 'Memory of clamd with the active generation, as reported by clamd; 0 when unknown',
    registers: [registry],
    async collect() {
      this.set((await reload.report.read()).memoryBytes)
    },
  })
}
