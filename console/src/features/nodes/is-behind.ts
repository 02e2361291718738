import type { NodeView } from '@guardimesh/contracts'

/** True when a node has other signatures than the live ones, or none. `activeGeneration` is empty when it is not known: then no node is. Pure. */
export function isBehind(node: Pick<NodeView, 'signatureGeneration'>, activeGeneration: string): boolean {
  return activeGeneration !== '' && node.signatureGeneration !== activeGeneration
}
