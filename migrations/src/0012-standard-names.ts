import { SqlMigration } from './sql-migration.js'

/**
 * Renames columns, keys inside stored alerts, and the subject of alerts about the age of signatures to the terms of the glossary.
 * Processes of an earlier version fail on the renamed columns until the upgrade replaces them; they retry and lose nothing.
 */
export class StandardNames1795000000012 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
ALTER TABLE signature_alerts RENAME COLUMN sentence TO message;
UPDATE signature_alerts SET subject = 'active' WHERE kind IN ('stale-warning', 'stale-critical') AND subject = 'live';

ALTER TABLE notification_channels RENAME COLUMN is_clearing_told TO send_resolved;
UPDATE notification_deliveries SET alert = alert - 'sentence' || jsonb_build_object('message', alert -> 'sentence') WHERE alert ? 'sentence';
UPDATE notification_deliveries SET alert = jsonb_set(alert, '{subject}', '"active"')
WHERE alert ->> 'kind' IN ('stale-warning', 'stale-critical') AND alert ->> 'subject' = 'live';

ALTER TABLE rule_trial_nodes RENAME COLUMN files_looked_at TO files_scanned;
ALTER TABLE rule_trial_nodes RENAME COLUMN bytes_looked_at TO bytes_scanned;
ALTER TABLE rule_trial_nodes RENAME COLUMN not_looked_at TO not_scanned;
`
}
