import type { NodeView } from '@guardimesh/contracts'

/** True when a node has other signatures than the live ones, or none. `liveGeneration` is empty when it is not known: then no node is. Pure. */
export function isBehind(node: Pick<NodeView, 'signatureGeneration'>, liveGeneration: string): boolean {
  return liveGeneration !== '' && node.signatureGeneration !== liveGeneration
}
