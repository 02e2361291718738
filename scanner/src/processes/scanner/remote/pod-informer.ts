import type { Logger } from '@guardimesh/kit'
import type { Informer } from '@guardimesh/kit/kube/informer'
import type { PodSummary } from '@guardimesh/kit/kube/node-pods'

export interface PodInformerOptions {
  readonly nodeName: string
  readonly log: Logger
  readonly onChange: () => void
}

/** Creates the informer for the pods of this node. */
export async function createPodInformer(options: PodInformerOptions): Promise<Informer<PodSummary>> {
  // Imported only here: the Kubernetes client is large, and a node outside a cluster does not need it.
  const { nodePods } = await import('@guardimesh/kit/kube/node-pods')
  return nodePods(options)
}
