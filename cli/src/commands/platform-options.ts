import { SYSTEM_NAMESPACE } from '@guardimesh/contracts'
import type { Command } from 'commander'
import type { Platform } from '../kube/platform.js'

/** Options of all commands for a platform. */
export interface PlatformFlags {
  readonly kubeconfig?: string
  readonly namespace: string
  readonly platform?: string
}

export function platformOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'kubeconfig of the cluster (default: KUBECONFIG or ~/.kube/config)')
    .option('--namespace <name>', 'namespace of the platform', SYSTEM_NAMESPACE)
    .option('--platform <name>', 'name of the GuardimeshPlatform; required if there are several')
}

/** Finds the platform of the options. @throws CommandError when there is none, or several. */
export async function findPlatform({ kubeconfig, namespace, platform }: PlatformFlags): Promise<Platform> {
  const { connectCluster } = await import('../kube/kube-client.js')
  const { Platform } = await import('../kube/platform.js')
  return Platform.find(connectCluster(kubeconfig), namespace, platform)
}
