import { DAY_MS, SECOND_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import type { Queryable } from '../../platform/database/database.js'
import { admitNodes, type NodeName } from '../../platform/limits/admit-nodes.js'

/** Cache time of a decision, so that not every request queries the database. */
const CACHE_MS = 10 * SECOND_MS
const CACHE_MAX = 20_000
/** A node without reports for this long no longer counts. */
const GONE_AFTER_MS = DAY_MS

interface Decision {
  readonly isAdmitted: boolean
  readonly atMs: number
}

/**
 * Accepts results of the first nodes, up to a limit. Twice as many are listed, so users see unprotected nodes as well. All processes decide by
 * the same table.
 */
export class NodeLimit {
  readonly #database: Queryable
  readonly #limit: number
  readonly #decisions = new Map<string, Decision>()

  constructor(database: Queryable, limit: number) {
    this.#database = database
    this.#limit = limit
  }

  /** @throws GuardError NODE_LIMIT_REACHED if one of the nodes exceeds the limit, DATABASE_UNAVAILABLE. */
  async check(nodes: readonly NodeName[]): Promise<void> {
    for (const node of new Map(nodes.map((one) => [nameOf(one), one])).values()) {
      if (await this.#isAdmitted(node)) continue
      throw new GuardError(
        'NODE_LIMIT_REACHED',
        `the limit of ${this.#limit} nodes is reached, results of ${node.nodeName} are rejected; raise NODE_LIMIT`,
        { nodeName: node.nodeName, nodeLimit: this.#limit },
      )
    }
  }

  async #isAdmitted(node: NodeName): Promise<boolean> {
    const known = this.#decisions.get(nameOf(node))
    const nowMs = Date.now()
    if (known && nowMs - known.atMs < CACHE_MS) return known.isAdmitted
    const isAdmitted = await this.#queryAdmission(node)
    if (this.#decisions.size >= CACHE_MAX) this.#decisions.clear()
    this.#decisions.set(nameOf(node), { isAdmitted, atMs: nowMs })
    return isAdmitted
  }

  async #queryAdmission({ clusterId, nodeName }: NodeName): Promise<boolean> {
    await admitNodes(this.#database, [{ clusterId, nodeName }], this.#limit)
    await this.#database.execute(
      `INSERT INTO nodes (cluster_id, node_name) VALUES ($1, $2)
       ON CONFLICT (cluster_id, node_name) DO UPDATE SET last_seen_at = now() WHERE nodes.last_seen_at < now() - interval '1 minute'`,
      [clusterId, nodeName],
    )
    const rows = await this.#database.query<{ earlier: number }>(
      `SELECT count(*) AS earlier FROM nodes, (SELECT * FROM nodes WHERE cluster_id = $1 AND node_name = $2) AS own
       WHERE nodes.last_seen_at > now() - make_interval(secs => $3)
         AND (nodes.first_seen_at, nodes.cluster_id, nodes.node_name) < (own.first_seen_at, own.cluster_id, own.node_name)`,
      [clusterId, nodeName, GONE_AFTER_MS / SECOND_MS],
    )
    return (rows[0]?.earlier ?? 0) < this.#limit
  }
}

function nameOf({ clusterId, nodeName }: NodeName): string {
  return `${clusterId}\0${nodeName}`
}
