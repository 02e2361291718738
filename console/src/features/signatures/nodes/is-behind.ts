import type { NodeSignatures, SignatureServerStatus } from '@guardimesh/contracts'

/** What a node is to have: that of the roll-out on its nodes, the live one on all others; empty when it is not known. Pure. */
function offeredTo(node: Pick<NodeSignatures, 'nodeName'>, { rollOut, activeGeneration }: SignatureServerStatus): string {
  return rollOut?.nodes.includes(node.nodeName) ? rollOut.generation : activeGeneration
}

/** True when a node has not loaded what it is offered. `server` is null when that is not known: then no node is behind. Pure. */
export function isBehind(node: Pick<NodeSignatures, 'nodeName' | 'generation'>, server: SignatureServerStatus | null): boolean {
  if (server === null) return false
  const offered = offeredTo(node, server)
  return offered !== '' && node.generation !== offered
}
