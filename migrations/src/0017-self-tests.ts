import { SqlMigration } from './sql-migration.js'

/** Result of the last self-test of each node's scanner, and the alert about failed ones. */
export class SelfTests1795000000017 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
ALTER TABLE nodes
  -- Time of the last self-test; NULL before the first one.
  ADD COLUMN self_test_at timestamptz,
  -- Parts that failed, such as "layer, clamav"; empty if it passed.
  ADD COLUMN self_test_failed text NOT NULL DEFAULT '',
  -- Reasons of the failures; empty if it passed.
  ADD COLUMN self_test_detail text NOT NULL DEFAULT '';

ALTER TABLE signature_alerts DROP CONSTRAINT signature_alerts_kind_check, ADD CONSTRAINT signature_alerts_kind_check
  CHECK (kind IN ('stale-warning', 'stale-critical', 'roll-out-held', 'roll-out-stalled', 'import-refused', 'node-refused', 'node-clock',
                  'node-self-test'));
`
}
