import { SqlMigration } from './sql-migration.js'

/** Kinds of notification channels other than webhooks, and messages about findings. */
export class ChannelKinds1795000000022 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
ALTER TABLE notification_channels DROP CONSTRAINT notification_channels_kind_check, ADD CONSTRAINT notification_channels_kind_check
  CHECK (kind IN ('webhook', 'email', 'syslog', 'slack', 'teams', 'pagerduty', 'alertmanager', 'jira', 'servicenow', 'splunk', 'elasticsearch', 'otlp'));
UPDATE notification_channels SET settings = '{"customer": "", "caCertificate": ""}' || settings;

ALTER TABLE notification_deliveries
  DROP CONSTRAINT notification_deliveries_event_check, ADD CONSTRAINT notification_deliveries_event_check
  CHECK (event IN ('signature_alert', 'signature_alert_cleared', 'malware_detected', 'test')),
  DROP CONSTRAINT notification_deliveries_check, ADD CONSTRAINT notification_deliveries_alert_id_check
  CHECK ((alert_id IS NULL) = (event IN ('malware_detected', 'test')));
COMMENT ON TABLE notification_deliveries IS 'One message to one channel, written in the transaction that raises or clears the alert, or stores the findings.';
`
}
