import { SECOND_MS } from '@guardimesh/contracts/units'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { REPLACEMENT_CAUSES } from '../../engines/worker-pool.js'
import type { RuleScanner } from './rule-scanner.js'

export function createScanMetrics(registry: Registry) {
  const registers = [registry]
  const replacedWorkers = new Counter({
    name: 'guardimesh_obfuscation_workers_replaced_total',
    help: 'Replaced worker processes, by cause',
    labelNames: ['cause'],
    registers,
  })
  for (const cause of REPLACEMENT_CAUSES) replacedWorkers.inc({ cause }, 0)
  return {
    replacedWorkers,
    contents: new Counter({
      name: 'guardimesh_obfuscation_contents_total',
      help: 'Scanned contents, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    seconds: new Histogram({
      name: 'guardimesh_obfuscation_scan_seconds',
      help: 'Time per content, including time in the queue',
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
  }
}

export function registerRuleMetrics(registry: Registry, rules: RuleScanner): void {
  const registers = [registry]
  new Gauge({
    name: 'guardimesh_obfuscation_rule_files',
    help: 'Rule files of the active generation, by whether they compile',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'loaded' }, rules.ruleFileCount - rules.broken.length)
      this.set({ state: 'broken' }, rules.broken.length)
    },
  })
  new Gauge({
    name: 'guardimesh_obfuscation_last_success_timestamp_seconds',
    help: 'Unix time of the last successful scan or self-check; 0 before the first one',
    registers,
    collect() {
      this.set((rules.lastSuccessAtMs ?? 0) / SECOND_MS)
    },
  })
}
