import { collectDefaultMetrics, Registry } from 'prom-client'

/** Sampling interval of the event loop delay. The library's default of 10 ms uses 0.6 % of a core when idle, this interval a tenth. */
const EVENT_LOOP_SAMPLE_MS = 500

/** Creates the metrics registry of a process with the metrics of Node (memory, processor, event loop). Call it once per process. */
export function createProcessRegistry(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_SAMPLE_MS })
  return registry
}
