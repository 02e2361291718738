import type { Cluster } from './cluster.js'
import { NAMESPACE } from './platform.js'

/** Values of metrics by name. */
export type MetricSums<Name extends string> = Readonly<Record<Name, number>>

/**
 * Sums metrics over all label values and over all running pods of a component.
 *
 * @param component as in the pods' label, without "guardimesh-".
 */
export async function sumMetrics<Name extends string>(
  cluster: Cluster,
  component: string,
  port: number,
  names: readonly Name[],
): Promise<MetricSums<Name>> {
  const selector = `app.kubernetes.io/name=guardimesh-${component}`
  const running = ['-n', NAMESPACE, 'get', 'pods', '-l', selector, '--field-selector=status.phase=Running']
  const addresses = await cluster.kubectl([...running, '-o', 'jsonpath={.items[*].status.podIP}'])
  const urls = addresses.split(' ').map((address) => `http://${address}:${port}/metrics`)
  const program = `for (const url of ${JSON.stringify(urls)}) console.log(await (await fetch(url)).text())`
  const lines = (await cluster.runInside(['node', '--input-type=module', '-e', program])).split('\n')
  const sum = (name: Name) =>
    lines
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
  return Object.fromEntries(names.map((name) => [name, sum(name)])) as Record<Name, number>
}
