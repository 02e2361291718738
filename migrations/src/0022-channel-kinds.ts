import { SqlMigration } from './sql-migration.js'

/** Kinds of notification channels other than webhooks, and messages about findings. */
export class ChannelKinds1795000000022 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
ALTER TABLE notification_channels DROP CONSTRAINT notification_channels_kind_check, ADD CONSTRAINT notification_channels_kind_check
  CHECK (kind IN ('webhook', 'email', 'syslog', 'slack', 'teams', 'pagerduty', 'alertmanager', 'jira', 'servicenow', 'splunk', 'elasticsearch', 'otlp'));
ALTER TABLE notification_channels ADD COLUMN finding_rule jsonb NOT NULL
  DEFAULT '{"minSeverity": "low", "clusters": [], "namespaces": [], "signatures": []}';
COMMENT ON COLUMN notification_channels.finding_rule IS 'Which findings the channel receives: {minSeverity, clusters, namespaces, signatures}.';
UPDATE notification_channels SET settings = '{"customer": "", "caCertificate": ""}' || settings;

ALTER TABLE notification_deliveries
  DROP CONSTRAINT notification_deliveries_event_check, ADD CONSTRAINT notification_deliveries_event_check
  CHECK (event IN ('signature_alert', 'signature_alert_cleared', 'malware_detected', 'test')),
  DROP CONSTRAINT notification_deliveries_check, ADD CONSTRAINT notification_deliveries_alert_id_check
  CHECK ((alert_id IS NULL) = (event IN ('malware_detected', 'test')));
COMMENT ON TABLE notification_deliveries IS 'One message to one channel, written in the transaction that raises or clears the alert, or stores the findings.';

CREATE TABLE notified_incidents (
  channel_id      uuid NOT NULL,
  cluster_id      text NOT NULL,
  incident_key    text NOT NULL,
  incident_id     uuid NOT NULL DEFAULT gen_random_uuid(),
  severity        smallint NOT NULL,
  last_finding_at timestamptz NOT NULL DEFAULT now(),
  last_event      text NOT NULL DEFAULT 'incident-opened' CHECK (last_event IN ('incident-opened', 'incident-reopened', 'incident-escalated')),
  last_event_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (channel_id, cluster_id, incident_key)
);
CREATE INDEX notified_incidents_age ON notified_incidents (last_finding_at);
COMMENT ON TABLE notified_incidents IS 'Findings of the same malware that a channel was notified of, so that a thousand copies cause one message.';
COMMENT ON COLUMN notified_incidents.channel_id IS 'Each channel has its own incidents, because its rule selects the findings. Not a foreign key: a deleted channel must not fail the ingestion.';
COMMENT ON COLUMN notified_incidents.cluster_id IS 'Cluster of the findings.';
COMMENT ON COLUMN notified_incidents.incident_key IS 'SHA-256 of the content; if it is unknown, signature and image digest.';
COMMENT ON COLUMN notified_incidents.incident_id IS 'The same in all messages about the incident.';
COMMENT ON COLUMN notified_incidents.severity IS 'Highest severity since the incident was opened or reopened: its position in the list of severities.';
COMMENT ON COLUMN notified_incidents.last_finding_at IS 'Receipt of the last finding, up to a minute earlier; a day later, the next finding reopens the incident.';
COMMENT ON COLUMN notified_incidents.last_event IS 'Event of the last message.';
COMMENT ON COLUMN notified_incidents.last_event_at IS 'Transaction that queued the last message.';
`
}
