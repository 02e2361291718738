import { SqlMigration } from './sql-migration.js'

/** Indexes for lists by severity or source; without them, a rare value scans all findings. */
export class FindingsBySeverityAndSource1795000000006 extends SqlMigration {
  protected override readonly sql = `
CREATE INDEX findings_severity ON findings (severity, finding_id);
CREATE INDEX findings_source ON findings (scan_source, finding_id);
`
}
