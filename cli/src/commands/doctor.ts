import { SYSTEM_NAMESPACE } from '@guardimesh/contracts'
import { type Command, Option } from 'commander'
import type { CheckResult } from '../doctor/check.js'
import { printJson, printLines } from '../terminal/output.js'
import { connectRegistry, type RegistryFlags, registryOptions } from './registry-options.js'

/** A registry that answers later is too slow for pulls as well. */
const REGISTRY_TIMEOUT_MS = 10_000

interface RegistryTarget {
  readonly chart: string
  readonly registry: string
}

interface OutputFlags {
  readonly json?: true
}

export function addDoctorCommands(doctor: Command): void {
  doctor
    .command('node')
    .description('check this node: kernel, container runtime, disk, memory, clock, DNS')
    .option('--host-root <folder>', 'root folder of the node, for running in a container', '/')
    .addOption(new Option('--profile <name>', 'signature profile of the node').choices(['full', 'linux']).default('full'))
    .option('--json', 'print the checks as JSON')
    .action(doctorNode)
  doctor
    .command('cluster')
    .description('check a cluster before or after the installation: API, permissions, storage, nodes, DNS, platform, pods, certificates')
    .option('--kubeconfig <file>', 'kubeconfig of the cluster (default: KUBECONFIG or ~/.kube/config)')
    .option('--namespace <name>', 'namespace of the platform, existing or planned', SYSTEM_NAMESPACE)
    .option('--json', 'print the checks as JSON')
    .action(doctorCluster)
  registryOptions(
    doctor
      .command('registry')
      .description('check that a registry has all images of a chart: run this before helm install and helm upgrade')
      .requiredOption('--chart <file>', 'packaged chart')
      .requiredOption('--registry <host[:port][/path]>', 'value of global.imageRegistry'),
  )
    .option('--json', 'print the checks as JSON')
    .action(doctorRegistry)
}

async function doctorNode(flags: OutputFlags & { readonly hostRoot: string; readonly profile: 'full' | 'linux' }): Promise<void> {
  const { readNodeFacts } = await import('../doctor/node-facts.js')
  const { judgeNode } = await import('../doctor/node-checks.js')
  await print(judgeNode(await readNodeFacts(flags.hostRoot), flags.profile), flags)
}

async function doctorCluster(flags: OutputFlags & { readonly kubeconfig?: string; readonly namespace: string }): Promise<void> {
  const { connectCluster } = await import('../kube/kube-client.js')
  const { CLUSTER_CHECKS, runChecks } = await import('../doctor/cluster-checks.js')
  const { INSTALL_CHECKS } = await import('../doctor/install-checks.js')
  const client = connectCluster(flags.kubeconfig)
  await print(await runChecks([...CLUSTER_CHECKS, ...INSTALL_CHECKS], { client, namespace: flags.namespace }), flags)
}

async function doctorRegistry(flags: OutputFlags & RegistryFlags & RegistryTarget, command: Command): Promise<void> {
  const { imageTableOfChart } = await import('../bundle/read-chart.js')
  const { checkRegistry } = await import('../doctor/registry-checks.js')
  const client = await connectRegistry(flags.registry, flags, command, REGISTRY_TIMEOUT_MS)
  await print(await checkRegistry(client, await imageTableOfChart(flags.chart)), flags)
}

async function print(results: readonly CheckResult[], { json }: OutputFlags): Promise<void> {
  const { describeResults } = await import('../doctor/check.js')
  if (json) printJson(results)
  else printLines(describeResults(results))
  if (results.some(({ status }) => status === 'fail')) process.exitCode = 1
}
