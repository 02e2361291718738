import { SqlMigration } from './sql-migration.js'

/** The console's list of one severity, or of one source: without these, a rare or absent one reads every finding that there is. */
export class FindingsBySeverityAndSource1795000000006 extends SqlMigration {
  protected override readonly sql = `
CREATE INDEX findings_severity ON findings (severity, finding_id);
CREATE INDEX findings_source ON findings (scan_source, finding_id);
`
}
