import { SqlMigration } from './sql-migration.js'

/**
 * Lists of findings and scans are ordered by their receipt, because ids and detection times come from clocks of nodes. The indexes of lists change
 * accordingly; `findings_latest` remains for reading a finding by its id. Creating the indexes blocks ingest, not readers; nodes spool
 * their results meanwhile.
 *
 * Nodes get the offset of their clock, and failed logins are counted per account and client address in a new table. `login_attempts` is unused;
 * a later release drops it.
 */
export class OrderByReceipt1795000000016 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
CREATE INDEX scan_results_received ON scan_results (received_at, result_id);
DROP INDEX scan_results_latest;
DROP INDEX scan_results_infected;
CREATE INDEX scan_results_infected ON scan_results (received_at, result_id) WHERE finding_count > 0;
DROP INDEX scan_results_namespace;
CREATE INDEX scan_results_namespace ON scan_results (namespace, received_at);

CREATE INDEX findings_received ON findings (received_at, finding_id);
DROP INDEX findings_namespace;
CREATE INDEX findings_namespace ON findings (namespace, received_at);
DROP INDEX findings_signature;
CREATE INDEX findings_signature ON findings (signature_name, received_at);
DROP INDEX findings_sha256;
CREATE INDEX findings_sha256 ON findings (sha256, received_at) WHERE sha256 IS NOT NULL;
DROP INDEX findings_node;
CREATE INDEX findings_node ON findings (node_name, received_at);
DROP INDEX findings_pod;
CREATE INDEX findings_pod ON findings (pod_name, received_at);
DROP INDEX findings_severity;
CREATE INDEX findings_severity ON findings (severity, received_at);
DROP INDEX findings_source;
CREATE INDEX findings_source ON findings (scan_source, received_at);

-- The node's clock minus the backend's at the last report; negative if the node's clock is behind.
ALTER TABLE nodes ADD COLUMN clock_offset_ms bigint;

ALTER TABLE signature_alerts DROP CONSTRAINT signature_alerts_kind_check, ADD CONSTRAINT signature_alerts_kind_check
  CHECK (kind IN ('stale-warning', 'stale-critical', 'roll-out-held', 'roll-out-stalled', 'import-refused', 'node-refused', 'node-clock'));

-- Failed logins of one client address for one account.
CREATE TABLE login_failures (
  email          text NOT NULL,
  address        text NOT NULL,
  failures       integer NOT NULL,
  last_failed_at timestamptz NOT NULL DEFAULT now(),
  blocked_until  timestamptz,
  PRIMARY KEY (email, address)
);
CREATE INDEX login_failures_age ON login_failures (last_failed_at);
COMMENT ON TABLE login_failures IS 'Failed logins of one client address for one account; delays further attempts.';
COMMENT ON TABLE login_attempts IS 'Unused; replaced by login_failures.';
`
}
