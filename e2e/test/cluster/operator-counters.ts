import { PORTS } from '@guardimesh/contracts'
import type { Cluster } from '../../src/cluster/cluster.js'
import { sumMetrics } from '../../src/cluster/read-metrics.js'

const RECONCILES = 'guardimesh_operator_reconciles_total'
const APPLIES = 'guardimesh_operator_applies_total'

/** Reads how often the operator has reconciled and applied objects since its start. */
export async function readOperatorCounters(cluster: Cluster): Promise<{ reconciles: number; applies: number }> {
  const { [RECONCILES]: reconciles, [APPLIES]: applies } = await sumMetrics(cluster, 'operator', PORTS.operator, [RECONCILES, APPLIES])
  return { reconciles, applies }
}
