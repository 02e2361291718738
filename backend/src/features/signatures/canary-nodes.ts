/** A node that may be a canary. */
interface Candidate {
  readonly clusterId: string
  readonly nodeName: string
  readonly firstSeenAt: Date
}

/**
 * Selects the canary nodes of a rollout, one for each name. The signature server knows nodes by name only; of several clusters, the node
 * that reported first counts, so that a name that another cluster reports later neither holds nor promotes a rollout. Pure.
 */
export function canaryNodes<Node extends Candidate>(names: readonly string[], nodes: readonly Node[]): Node[] {
  const first = new Map<string, Node>()
  for (const node of nodes) {
    if (!names.includes(node.nodeName)) continue
    const known = first.get(node.nodeName)
    if (!known || node.firstSeenAt < known.firstSeenAt) first.set(node.nodeName, node)
  }
  return [...first.values()]
}
