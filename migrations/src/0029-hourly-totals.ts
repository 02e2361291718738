import { SqlMigration } from './sql-migration.js'

/**
 * Totals of past hours for the dashboard: counting a month of findings would take too long. The worker adds an hour once it is over, so ingest
 * writes none of these rows.
 */
export class HourlyTotals1795000000029 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
CREATE TABLE hourly_totals (
  hour                 integer PRIMARY KEY,
  scans                bigint NOT NULL,
  files_scanned        bigint NOT NULL,
  files_not_scanned    bigint NOT NULL,
  containers           bigint,
  containers_monitored bigint
);
COMMENT ON TABLE hourly_totals IS 'Coverage of past hours. A row also means that hourly_findings contains the findings of the hour.';
COMMENT ON COLUMN hourly_totals.hour IS 'hour_number() of the hour; hours are in UTC.';
COMMENT ON COLUMN hourly_totals.scans IS 'Scans that were received in this hour.';
COMMENT ON COLUMN hourly_totals.files_scanned IS 'Files that these scans scanned, including unchanged files with a cached verdict.';
COMMENT ON COLUMN hourly_totals.files_not_scanned IS 'Files that these scans did not scan.';
COMMENT ON COLUMN hourly_totals.containers IS 'Running containers shortly after the end of the hour; NULL if the worker was not running then.';
COMMENT ON COLUMN hourly_totals.containers_monitored IS 'Monitored ones of these containers.';

CREATE TABLE hourly_findings (
  hour      integer NOT NULL,
  dimension text NOT NULL CHECK (dimension IN ('severity', 'namespace', 'image', 'signature')),
  value     text NOT NULL,
  findings  bigint NOT NULL
);
-- Without the value, which may exceed the maximum size of an index entry.
CREATE INDEX hourly_findings_hour ON hourly_findings (hour, dimension);
COMMENT ON TABLE hourly_findings IS 'Findings of past hours by one of their properties. Written once per hour, together with the row in hourly_totals.';
COMMENT ON COLUMN hourly_findings.hour IS 'hour_number() of the receipt.';
COMMENT ON COLUMN hourly_findings.dimension IS 'Property by which the findings are counted.';
COMMENT ON COLUMN hourly_findings.value IS 'Value of the property.';
COMMENT ON COLUMN hourly_findings.findings IS 'Findings with this value that were received in this hour.';

-- Response times of the last 30 days.
CREATE INDEX incidents_first_seen ON incidents (first_seen_at);
`
}
