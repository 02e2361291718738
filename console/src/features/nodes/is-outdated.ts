import type { NodeView } from '@guardimesh/contracts'

/** True if a node has not loaded `activeGeneration`. False for all nodes while the active generation is unknown (empty). Pure. */
export function isOutdated(node: Pick<NodeView, 'signatureGeneration'>, activeGeneration: string): boolean {
  return activeGeneration !== '' && node.signatureGeneration !== activeGeneration
}
