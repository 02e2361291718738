import { SYSTEM_NAMESPACE } from '@guardimesh/contracts'
import { type Command, Option } from 'commander'
import type { CheckResult } from '../doctor/check.js'

interface OutputFlags {
  readonly json?: true
}

export function addDoctorCommands(doctor: Command): void {
  doctor
    .command('node')
    .description('look at the node that this runs on: kernel, container runtime, disk, memory, clock, DNS')
    .option('--host-root <folder>', "the node's root folder, when this runs in a container", '/')
    .addOption(new Option('--profile <name>', 'set of signatures that the node is to hold').choices(['full', 'linux']).default('full'))
    .option('--json', 'print a list of checks instead of text')
    .action(doctorNode)
  doctor
    .command('cluster')
    .description('look at a cluster, before the installation and after: API, rights, storage, nodes, DNS, platform, pods, certificates')
    .option('--kubeconfig <file>', 'how to reach the cluster; else KUBECONFIG or ~/.kube/config')
    .option('--namespace <name>', 'where the platform is, or is going to be', SYSTEM_NAMESPACE)
    .option('--json', 'print a list of checks instead of text')
    .action(doctorCluster)
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

async function print(results: readonly CheckResult[], { json }: OutputFlags): Promise<void> {
  const { describeResults } = await import('../doctor/check.js')
  process.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : describeResults(results))
  if (results.some(({ status }) => status === 'fail')) process.exitCode = 1
}
