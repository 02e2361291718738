import type { NodeSignatures, SignatureServerStatus } from '@guardimesh/contracts'

/** Returns the generation a node is offered: the rollout's on canary nodes, the active one on all others; empty if unknown. Pure. */
function offeredGeneration(node: Pick<NodeSignatures, 'nodeName'>, { rollOut, activeGeneration }: SignatureServerStatus): string {
  return rollOut?.nodes.includes(node.nodeName) ? rollOut.generation : activeGeneration
}

/** True if a node has not loaded the offered generation. False for all nodes while `server` is unknown (null). Pure. */
export function isOutdated(node: Pick<NodeSignatures, 'nodeName' | 'generation'>, server: SignatureServerStatus | null): boolean {
  if (server === null) return false
  const offered = offeredGeneration(node, server)
  return offered !== '' && node.generation !== offered
}
