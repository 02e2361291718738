import { backgroundFailures, createProcessRegistry } from '@guardimesh/kit'
import { Global, Module } from '@nestjs/common'
import { Gauge, Registry } from 'prom-client'
import { HttpMetrics } from './http-metrics.js'

/** Creates a registry with the metrics of every Node process (memory, event loop lag, garbage collection). */
function createRegistry(): Registry {
  const registry = createProcessRegistry()
  new Gauge({
    name: 'guardimesh_background_failures',
    help: 'Failures of background work since the process started, by name',
    labelNames: ['work'],
    registers: [registry],
    collect() {
      for (const [work, failures] of backgroundFailures()) this.set({ work }, failures)
    },
  })
  return registry
}

/** The metrics registry of the process; inject prom-client's `Registry` to register metrics. */
@Global()
@Module({ providers: [{ provide: Registry, useFactory: createRegistry }, HttpMetrics], exports: [Registry, HttpMetrics] })
export class MetricsModule {}
