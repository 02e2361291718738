import { RULE_TRIAL_LIMITS, type RuleTrialReport, type RuleTrialView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { boundedSum } from '../../platform/database/bounded-sum.js'
import type { Queryable } from '../../platform/database/database.js'

/** Maximum nodes per trial: four times the largest cluster that Kubernetes supports. */
const NODES_MAX = 20_000

/** Results of the nodes in the view of a trial. */
export type TrialNodeFacts = Pick<RuleTrialView, 'hits' | 'openNodes' | 'notScanned'>

/** SQL of the results of nodes. */
@Injectable()
export class TrialNodeRepository {
  /**
   * Locks a trial for a report of a node. Final reports of nodes are serialized, so that the last one sees all others.
   *
   * @returns false if the trial is over.
   */
  async lock(tx: Queryable, trialId: string, isLast: boolean): Promise<boolean> {
    const rows = await tx.query(
      `SELECT FROM rule_trials WHERE trial_id = $1 AND state = 'running' AND expires_at > now() FOR ${isLast ? 'UPDATE' : 'SHARE'}`,
      [trialId],
    )
    return rows.length > 0
  }

  /** Replaces the previous report of a node. A node that is done or failed does not return to `running`. */
  async put(tx: Queryable, trialId: string, report: RuleTrialReport): Promise<void> {
    const { clusterId, nodeName, state, problem, filesScanned, bytesScanned, notScanned, hitCount, hits } = report
    await tx.execute(
      `INSERT INTO rule_trial_nodes AS known (trial_id, cluster_id, node_name, state, problem, files_scanned, bytes_scanned, not_scanned,
         hit_count, hits, reported_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10::jsonb, now()
       WHERE EXISTS (SELECT FROM rule_trial_nodes WHERE trial_id = $1 AND cluster_id = $2 AND node_name = $3)
         OR (SELECT count(*) FROM rule_trial_nodes WHERE trial_id = $1) < ${NODES_MAX}
       ON CONFLICT (trial_id, cluster_id, node_name) DO UPDATE SET state = excluded.state, problem = excluded.problem,
         files_scanned = excluded.files_scanned, bytes_scanned = excluded.bytes_scanned, not_scanned = excluded.not_scanned,
         hit_count = excluded.hit_count, hits = excluded.hits, reported_at = excluded.reported_at
       WHERE known.state NOT IN ('done', 'failed') OR excluded.state <> 'running'`,
      [
        trialId,
        clusterId,
        nodeName,
        state,
        problem,
        filesScanned,
        bytesScanned,
        JSON.stringify(notScanned),
        hitCount,
        JSON.stringify(hits),
      ],
    )
  }

  /** True if all expected nodes are done or failed. */
  async haveAllAnswered(tx: Queryable, trialId: string): Promise<boolean> {
    const rows = await tx.query(`SELECT FROM rule_trial_nodes WHERE trial_id = $1 AND state NOT IN ('done', 'failed') LIMIT 1`, [trialId])
    return rows.length === 0
  }

  /** Returns matches, unfinished nodes and unscanned files of a trial. */
  async facts(database: Queryable, trialId: string): Promise<TrialNodeFacts> {
    const shown = RULE_TRIAL_LIMITS.hitsShown
    const [hits, openNodes, notScanned] = await Promise.all([
      database.query<{ clusterId: string; nodeName: string; hit: Omit<TrialNodeFacts['hits'][number], 'clusterId' | 'nodeName'> }>(
        `SELECT cluster_id AS "clusterId", node_name AS "nodeName", hit
         FROM rule_trial_nodes CROSS JOIN LATERAL jsonb_array_elements(hits) WITH ORDINALITY AS listed (hit, place)
         WHERE trial_id = $1 ORDER BY 1, 2, place LIMIT ${shown}`,
        [trialId],
      ),
      database.query<TrialNodeFacts['openNodes'][number]>(
        `SELECT cluster_id AS "clusterId", node_name AS "nodeName", state, problem FROM rule_trial_nodes
         WHERE trial_id = $1 AND (state <> 'done' OR problem <> '')
         ORDER BY array_position(ARRAY['failed', 'done', 'running', 'waiting'], state), 1, 2 LIMIT ${shown}`,
        [trialId],
      ),
      database.query<TrialNodeFacts['notScanned'][number]>(
        `SELECT entry ->> 'reason' AS reason, ${boundedSum("(entry ->> 'files')::bigint")} AS files
         FROM rule_trial_nodes CROSS JOIN LATERAL jsonb_array_elements(not_scanned) AS entry
         WHERE trial_id = $1 GROUP BY 1 ORDER BY 2 DESC, 1`,
        [trialId],
      ),
    ])
    return { hits: hits.map(({ hit, ...node }) => ({ ...hit, ...node })), openNodes, notScanned }
  }
}
