import { createProcessRegistry } from '@guardimesh/kit'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { ContainerSet } from './container-set.js'
import type { RuntimeFollower } from './follow-runtime.js'

/** Creates the inspector's metrics, computed on each scrape. */
export function createMetrics(containers: ContainerSet, follower: RuntimeFollower): Registry {
  const registry = createProcessRegistry()
  new Gauge({
    name: 'guardimesh_inspector_containers',
    help: 'Running containers, by whether their layers can be read',
    labelNames: ['supported'],
    registers: [registry],
    collect() {
      const unsupported = containers.containers.filter(({ unsupportedReason }) => unsupportedReason).length
      this.set({ supported: 'true' }, containers.containers.length - unsupported)
      this.set({ supported: 'false' }, unsupported)
    },
  })
  new Gauge({
    name: 'guardimesh_inspector_runtime_reachable',
    help: '1 while the container runtime answers',
    registers: [registry],
    collect() {
      this.set(follower.status.reachable ? 1 : 0)
    },
  })
  new Counter({
    name: 'guardimesh_inspector_runtime_failures_total',
    help: 'Number of times that the container runtime was lost or not found',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(follower.failures)
    },
  })
  new Counter({
    name: 'guardimesh_inspector_syncs_total',
    help: "Number of reads of the runtime's list of containers.",
    registers: [registry],
    collect() {
      this.reset()
      this.inc(follower.syncs)
    },
  })
  return registry
}
