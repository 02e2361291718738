import type { Cluster } from '../../src/cluster/cluster.js'
import { NAMESPACE } from '../../src/cluster/platform.js'

/** Reads how often the operator has reconciled and applied objects since its start. */
export async function readOperatorCounters(cluster: Cluster): Promise<{ reconciles: number; applies: number }> {
  const selector = 'app.kubernetes.io/name=guardimesh-operator'
  const address = await cluster.kubectl(['-n', NAMESPACE, 'get', 'pods', '-l', selector, '-o', 'jsonpath={.items[0].status.podIP}'])
  const text = await cluster.runInside([
    'node',
    '-e',
    `fetch('http://${address}:9100/metrics').then(async (r) => process.stdout.write(await r.text()))`,
  ])
  const sum = (name: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
  return { reconciles: sum('guardimesh_operator_reconciles_total'), applies: sum('guardimesh_operator_applies_total') }
}
