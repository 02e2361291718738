import { SYSTEM_NAMESPACE } from '@guardimesh/contracts'
import type { Command } from 'commander'
import type { Platform } from '../kube/platform.js'

/** Options of every command that works on a platform. */
export interface PlatformFlags {
  readonly kubeconfig?: string
  readonly namespace: string
  readonly platform?: string
}

export function platformOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'how to reach the cluster; else KUBECONFIG or ~/.kube/config')
    .option('--namespace <name>', 'where the platform is', SYSTEM_NAMESPACE)
    .option('--platform <name>', 'name of the GuardimeshPlatform; needed when there are several')
}

/** The platform that the options name. @throws CommandError when there is none, or several. */
export async function findPlatform({ kubeconfig, namespace, platform }: PlatformFlags): Promise<Platform> {
  const { connectCluster } = await import('../kube/kube-client.js')
  const { Platform } = await import('../kube/platform.js')
  return Platform.find(connectCluster(kubeconfig), namespace, platform)
}
