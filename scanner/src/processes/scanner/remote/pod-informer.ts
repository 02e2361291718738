import type { Logger } from '@guardimesh/kit'
import type { Informer } from '@guardimesh/kit/kube/informer'
import type { PodSummary } from '@guardimesh/kit/kube/node-pods'
import type { ScannerSettings } from '../config.js'

/** The pods of this node as the Kubernetes API tells them; undefined outside a cluster, where the runtime's labels are all there is. */
export async function followCluster(
  settings: Pick<ScannerSettings, 'KUBERNETES_SERVICE_HOST' | 'NODE_NAME'>,
  log: Logger,
  onChange: () => void,
): Promise<Informer<PodSummary> | undefined> {
  if (settings.KUBERNETES_SERVICE_HOST === undefined) return undefined
  // The client is large: only a node that is in a cluster pays for it.
  const { nodePods } = await import('@guardimesh/kit/kube/node-pods')
  return nodePods({ nodeName: settings.NODE_NAME, log, onChange })
}
