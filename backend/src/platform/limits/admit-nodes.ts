import { GuardError } from '@guardimesh/kit'
import type { Queryable } from '../database/database.js'

/** Nodes that are listed beyond the limit, so that users see nodes whose results are rejected. */
const LISTED_FACTOR = 2
/** Limit of listed nodes without NODE_LIMIT: four times the largest cluster that Kubernetes supports. */
const LISTED_DEFAULT = 20_000

/** The node of a message. */
export interface NodeName {
  readonly clusterId: string
  readonly nodeName: string
}

/**
 * Limits the number of rows of `nodes`, because a scanner's key can report invented nodes. Known nodes always pass.
 *
 * @param nodeLimit NODE_LIMIT; undefined: no limit of accepted nodes.
 * @throws GuardError NODE_LIMIT_REACHED if there is no place for an unknown node, DATABASE_UNAVAILABLE.
 */
export async function admitNodes(database: Queryable, nodes: readonly NodeName[], nodeLimit: number | undefined): Promise<void> {
  const listedMax = nodeLimit === undefined ? LISTED_DEFAULT : nodeLimit * LISTED_FACTOR
  const names = [nodes.map(({ clusterId }) => clusterId), nodes.map(({ nodeName }) => nodeName)]
  const unknown = await database.query<NodeName>(
    `SELECT cluster_id AS "clusterId", node_name AS "nodeName" FROM unnest($1::text[], $2::text[]) AS new (cluster_id, node_name)
     WHERE NOT EXISTS (SELECT FROM nodes WHERE (nodes.cluster_id, nodes.node_name) = (new.cluster_id, new.node_name)) ORDER BY 1, 2`,
    names,
  )
  const [first] = unknown
  if (!first) return
  const rows = await database.query<{ known: number }>('SELECT count(*) AS known FROM nodes')
  if ((rows[0]?.known ?? 0) + unknown.length <= listedMax) return
  throw new GuardError(
    'NODE_LIMIT_REACHED',
    `${listedMax} nodes are known, reports of the new node ${first.nodeName} are rejected; raise NODE_LIMIT, or wait until silent nodes expire`,
    { nodeName: first.nodeName, nodeLimit: listedMax },
  )
}
