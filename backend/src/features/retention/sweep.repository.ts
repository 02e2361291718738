import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'

/** Maximum rows per statement, which limits the duration of locks. */
const BATCH_ROWS = 5_000

/** Deletes expired rows from tables without partitions. Each method returns the number of deleted rows. */
@Injectable()
export class SweepRepository {
  constructor(private readonly database: Database) {}

  async deleteExpiredSessions(): Promise<number> {
    await this.database.execute('DELETE FROM login_challenges WHERE expires_at < now()')
    await this.database.execute(`DELETE FROM known_devices WHERE last_used_at < now() - interval '90 days'`)
    return this.database.execute('DELETE FROM sessions WHERE expires_at < now()')
  }

  /** Deletes failed logins that no longer affect the throttle. */
  deleteOldLoginFailures(): Promise<number> {
    return this.#deleteInBatches(
      'login_failures',
      `last_failed_at < now() - interval '1 day' AND coalesce(blocked_until, '-infinity') < now()`,
      [],
    )
  }

  /** Deletes pods that were deleted long ago. */
  deleteGonePods(olderThanDays: number): Promise<number> {
    return this.#deleteInBatches('pods', 'gone_at < now() - make_interval(days => $1)', [olderThanDays])
  }

  /**
   * Deletes nodes that have been silent for long, and those whose scanner never reported its state, which invented nodes do not; then clusters
   * without nodes.
   */
  async deleteSilentNodes(silentForDays: number): Promise<number> {
    const nodes = await this.#deleteInBatches(
      'nodes',
      `last_seen_at < now() - make_interval(days => $1) OR (observed_at IS NULL AND last_seen_at < now() - interval '1 day')`,
      [silentForDays],
    )
    const clusters = await this.#deleteInBatches(
      'clusters',
      `last_seen_at < now() - interval '1 day' AND NOT EXISTS (SELECT FROM nodes WHERE nodes.cluster_id = clusters.cluster_id)`,
      [],
    )
    return nodes + clusters
  }

  /** Marks pods of nodes that no longer exist as deleted. */
  markPodsOfMissingNodesGone(): Promise<number> {
    return this.database.execute(
      `UPDATE pods SET gone_at = now() WHERE gone_at IS NULL
         AND NOT EXISTS (SELECT FROM nodes WHERE (nodes.cluster_id, nodes.node_name) = (pods.cluster_id, pods.node_name))`,
    )
  }

  /** Deletes old resolved alerts about signatures. */
  deleteClearedAlerts(olderThanDays: number): Promise<number> {
    return this.#deleteInBatches('signature_alerts', 'cleared_at < now() - make_interval(days => $1)', [olderThanDays])
  }

  /** Deletes old deliveries that are not pending, and old events. */
  async deleteOldDeliveries(olderThanDays: number): Promise<number> {
    await this.#deleteInBatches('notification_events', 'is_planned AND occurred_at < now() - make_interval(days => $1)', [olderThanDays])
    return this.#deleteInBatches(
      'notification_deliveries',
      `state NOT IN ('collected', 'unacknowledged', 'waiting') AND created_at < now() - make_interval(days => $1)`,
      [olderThanDays],
    )
  }

  /** Deletes incidents without findings in this time, and old events of those that continue. */
  async deleteOldIncidents(olderThanDays: number): Promise<number> {
    await this.#deleteInBatches('incident_events', 'occurred_at < now() - make_interval(days => $1)', [olderThanDays])
    const deleted = await this.#deleteInBatches('incidents', 'last_seen_at < now() - make_interval(days => $1)', [olderThanDays])
    if (deleted > 0) await this.#deleteRowsOfMissingIncidents()
    return deleted
  }

  /** Also finds rows that an interrupted run left. Rows of an incident are never visible before the incident. */
  async #deleteRowsOfMissingIncidents(): Promise<void> {
    for (const table of ['incident_workloads', 'incident_nodes', 'incident_history', 'incident_events'])
      await this.#deleteInBatches(table, `NOT EXISTS (SELECT FROM incidents WHERE incidents.incident_id = ${table}.incident_id)`, [])
  }

  /** Deletes totals of past hours; those of findings that no longer exist would differ from the list. */
  async deleteOldHourlyTotals(olderThanDays: number): Promise<void> {
    for (const table of ['hourly_findings', 'hourly_totals'])
      await this.#deleteInBatches(table, 'hour < hour_number(now() - make_interval(days => $1))', [olderThanDays])
  }

  /** Deletes coverage of deleted containers, and coverage that was not reported again. */
  async deleteOldCoverage(goneForDays: number, olderThanDays: number): Promise<number> {
    const gone = await this.#deleteInBatches(
      'coverage',
      `last_seen_at < now() - make_interval(days => $1) AND NOT EXISTS (
         SELECT FROM pods, jsonb_array_elements(pods.containers) AS container
         WHERE pods.gone_at IS NULL AND pods.cluster_id = coverage.cluster_id AND container ->> 'containerId' = coverage.container_id)`,
      [goneForDays],
    )
    return gone + (await this.#deleteInBatches('coverage', 'last_seen_at < now() - make_interval(days => $1)', [olderThanDays]))
  }

  /** Deletes layers that no node has used, or whose signatures are not used any more. */
  async deleteUnusedImageLayers(olderThanDays: number): Promise<number> {
    const unused = 'last_used_at < now() - make_interval(days => $1)'
    const scans = await this.#deleteInBatches('image_layer_scans', unused, [olderThanDays])
    return scans + (await this.#deleteInBatches('image_layer_images', unused, [olderThanDays]))
  }

  async #deleteInBatches(table: string, condition: string, parameters: readonly unknown[]): Promise<number> {
    const sql = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${BATCH_ROWS}))`
    let total = 0
    for (;;) {
      const deleted = await this.database.execute(sql, parameters)
      total += deleted
      if (deleted < BATCH_ROWS) return total
    }
  }
}
