import { SqlMigration } from './sql-migration.js'

/**
 * Indexes for lists of findings that are sorted by severity or path. The index by severity replaces the one by its name, whose order is
 * alphabetical. An index entry is limited to 2,704 bytes, so the index of paths contains only their beginning. Creating the indexes blocks
 * ingest, not readers; nodes spool their results meanwhile.
 */
export class ListSearch1795000000019 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
CREATE FUNCTION finding_severity_rank(severity text) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE severity WHEN 'critical' THEN 5 WHEN 'high' THEN 4 WHEN 'medium' THEN 3 WHEN 'low' THEN 2 ELSE 1 END;
COMMENT ON FUNCTION finding_severity_rank IS 'Position of a severity, lowest first, as on the wire.';
DROP INDEX findings_severity;
CREATE INDEX findings_severity ON findings (finding_severity_rank(severity), received_at);
CREATE INDEX findings_path ON findings (left(path, 128) COLLATE "C", received_at);
`
}
