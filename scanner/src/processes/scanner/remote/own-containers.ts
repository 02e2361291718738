import { type ContainerInfoMessage, componentName } from '@guardimesh/contracts'

/** Returns a function that recognizes the containers of the scanner's and the engines' pods in a cluster. Pure. */
export function isOwnContainer(
  enginePods: { readonly namespace: string; readonly daemonSet: string } | undefined,
): (container: Pick<ContainerInfoMessage, 'namespace' | 'podName'>) => boolean {
  if (!enginePods) return () => false
  const scanner = enginePods.daemonSet.replace(/-engines$/, '')
  const prefixes = (['scanner', 'engines'] as const).map((component) => `${componentName(scanner, component)}-`)
  return ({ namespace, podName }) => namespace === enginePods.namespace && prefixes.some((prefix) => podName.startsWith(prefix))
}
