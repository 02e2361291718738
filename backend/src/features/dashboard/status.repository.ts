import type { DashboardView } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'

/** Steps after the installation that the database knows. */
export type StoredSetUp = Omit<DashboardView['setUp'], 'signaturesImported' | 'nodeReporting'>

/** Read-only SQL of open incidents and of the set-up. */
@Injectable()
export class StatusRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  openIncidents(): Promise<DashboardView['openIncidents']> {
    return this.database.query(
      `SELECT status, severity, count(*) AS incidents FROM incidents WHERE status <> 'resolved' GROUP BY status, severity ORDER BY status, severity`,
    )
  }

  async setUp(): Promise<StoredSetUp> {
    const rows = await this.database.query<StoredSetUp>(
      `SELECT EXISTS (SELECT FROM notification_channels WHERE is_enabled) AS "channelEnabled",
         (SELECT count(*) FROM accounts WHERE role = 'administrator' AND disabled_at IS NULL) > 1 AS "secondAdministrator",
         EXISTS (SELECT FROM findings) AS "detectionTested"`,
    )
    return rows[0] ?? { channelEnabled: false, secondAdministrator: false, detectionTested: false }
  }
}
