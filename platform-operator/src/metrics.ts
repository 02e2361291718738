import { createProcessRegistry } from '@guardimesh/kit'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface OperatorMetrics {
  readonly registry: Registry
  readonly countReconcile: (kind: string, outcome: 'done' | 'failed', durationMs: number) => void
  readonly countApply: () => void
}

export interface MeasuredState {
  readonly depth: () => number
  readonly isLeader: () => boolean
}

/** Creates the metrics of the operator, in addition to those of every process. */
export function createMetrics(measured: MeasuredState): OperatorMetrics {
  const registry = createProcessRegistry()
  const registers = [registry]
  const reconciles = new Counter({
    name: 'guardimesh_operator_reconciles_total',
    help: 'Number of reconciles',
    labelNames: ['kind', 'outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'guardimesh_operator_reconcile_duration_seconds',
    help: 'Duration of a reconcile, including its writes',
    labelNames: ['kind'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const applies = new Counter({ name: 'guardimesh_operator_applies_total', help: 'Number of applied objects', registers })
  const addGauge = (declaration: { readonly name: string; readonly help: string }, value: () => number) =>
    new Gauge({
      ...declaration,
      registers,
      collect() {
        this.set(value())
      },
    })
  addGauge({ name: 'guardimesh_operator_queue_depth', help: 'Number of resources that are due or being reconciled' }, measured.depth)
  addGauge({ name: 'guardimesh_operator_leader', help: '1 if this operator is the leader' }, () => Number(measured.isLeader()))
  const countReconcile: OperatorMetrics['countReconcile'] = (kind, outcome, durationMs) => {
    reconciles.inc({ kind, outcome })
    durations.observe({ kind }, durationMs / 1000)
  }
  return { registry, countReconcile, countApply: () => applies.inc() }
}
