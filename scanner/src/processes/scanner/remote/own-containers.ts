import { componentName } from '@guardimesh/contracts/kube/names'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'

/** True for the containers of a DaemonSet's pods. Pure. */
export function isOfDaemonSet(
  pods: { readonly namespace: string; readonly daemonSet: string },
  { namespace, podName }: Pick<ContainerInfoMessage, 'namespace' | 'podName'>,
): boolean {
  return namespace === pods.namespace && podName.startsWith(`${pods.daemonSet}-`)
}

/** Returns a function that recognizes the containers of the scanner's and the engines' pods in a cluster. Pure. */
export function isOwnContainer(
  enginePods: { readonly namespace: string; readonly daemonSet: string } | undefined,
): (container: Pick<ContainerInfoMessage, 'namespace' | 'podName'>) => boolean {
  if (!enginePods) return () => false
  const { namespace, daemonSet } = enginePods
  const scanner = componentName(daemonSet.replace(/-engines$/, ''), 'scanner')
  return (container) => [daemonSet, scanner].some((name) => isOfDaemonSet({ namespace, daemonSet: name }, container))
}
