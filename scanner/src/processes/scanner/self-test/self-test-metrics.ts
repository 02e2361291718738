import { SECOND_MS } from '@guardimesh/contracts/units'
import { Gauge, type Registry } from 'prom-client'
import { SELF_TEST_PARTS, type SelfTest } from './self-test.js'

/** Exports the last result of the self-test. */
export function registerSelfTestMetrics(registry: Registry, selfTest: SelfTest): void {
  new Gauge({
    name: 'guardimesh_scanner_self_test_failed',
    help: '1 for each part of the self-test that failed last time, 0 for the others; absent before the first test',
    labelNames: ['part'],
    registers: [registry],
    collect() {
      const { result } = selfTest
      if (result) for (const part of SELF_TEST_PARTS) this.set({ part }, result.failures.has(part) ? 1 : 0)
    },
  })
  new Gauge({
    name: 'guardimesh_scanner_self_test_time_seconds',
    help: 'Unix time of the last self-test; 0 before the first one',
    registers: [registry],
    collect() {
      this.set((selfTest.result?.finishedAtMs ?? 0) / SECOND_MS)
    },
  })
}
