import { SYSTEM_NAMESPACE } from '@guardimesh/contracts'
import type { Command } from 'commander'
import { printLines } from '../terminal/output.js'
import { type Report, runSteps } from '../terminal/steps.js'

interface SupportFlags {
  readonly kubeconfig?: string
  readonly namespace: string
  readonly output?: string
}

const NOTE = `
Contents: the resources of the platform, its workloads, events and logs, the nodes, metrics, and the output of "doctor cluster".
Excluded: values of Secrets, passwords, API keys, tokens, cookies. They are also removed from logs and settings. Review the file before you share it.`

export function addSupportBundleCommand(program: Command): void {
  program
    .command('support-bundle')
    .description('collect diagnostic data without secrets in one file')
    .option('--kubeconfig <file>', 'kubeconfig of the cluster (default: KUBECONFIG or ~/.kube/config)')
    .option('--namespace <name>', 'namespace of the platform', SYSTEM_NAMESPACE)
    .option('--output <file>', 'file to write (default: guardimesh-support-DATE.tar.gz)')
    .action(supportBundle)
    .addHelpText('after', NOTE)
}

async function supportBundle({ kubeconfig, namespace, output }: SupportFlags): Promise<void> {
  const { connectCluster } = await import('../kube/kube-client.js')
  const { writeSupportBundle } = await import('../support/write-support-bundle.js')
  const client = connectCluster(kubeconfig)
  const path = output ?? `guardimesh-support-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.tar.gz`
  let files = 0
  const run = async (onProgress: Report) => {
    files = await writeSupportBundle(path, { client, namespace, onProgress })
  }
  await runSteps([{ title: 'Collect', run }])
  printLines([`${path}: ${files} files`])
}
