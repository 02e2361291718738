import { SqlMigration } from './sql-migration.js'

/**
 * Rules select the events that a channel is notified of, and when. Each existing channel gets a rule with its events. Events other than those of
 * incidents are queued in the transaction that makes them true; the worker applies the rules to them.
 */
export class NotificationRules1795000000030 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
CREATE TABLE notification_rules (
  rule_id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name                  text NOT NULL,
  is_enabled            boolean NOT NULL,
  channel_id            uuid NOT NULL REFERENCES notification_channels ON DELETE CASCADE,
  -- {events, minSeverity, clusters, namespaces, signatures, sources, actions}
  selection             jsonb NOT NULL,
  send_resolved         boolean NOT NULL,
  -- 0 sends each message immediately.
  digest_minutes        integer NOT NULL CHECK (digest_minutes IN (0, 5, 60)),
  -- {from, to, timeZone, passCritical}; NULL without quiet hours.
  quiet_hours           jsonb,
  -- Minimum time between two messages about one incident, unless its severity is higher; 0 sends all.
  cool_down_minutes     integer NOT NULL CHECK (cool_down_minutes >= 0),
  -- Time until the other channel is notified of an incident that nobody works on.
  escalation_minutes    integer CHECK (escalation_minutes > 0),
  -- NULL without escalation.
  escalation_channel_id uuid REFERENCES notification_channels ON DELETE SET NULL,
  updated_at            timestamptz NOT NULL DEFAULT now(),
  updated_by            text NOT NULL
);
CREATE INDEX notification_rules_channel ON notification_rules (channel_id);
CREATE INDEX notification_rules_escalation ON notification_rules (escalation_channel_id);
COMMENT ON TABLE notification_rules IS 'Which events a channel is notified of, and when.';

INSERT INTO notification_rules (name, is_enabled, channel_id, selection, send_resolved, digest_minutes, cool_down_minutes, updated_by)
SELECT name, true, channel_id, jsonb_build_object('events', events, 'minSeverity', 'info', 'clusters', '[]'::jsonb, 'namespaces', '[]'::jsonb,
  'signatures', '[]'::jsonb, 'sources', '[]'::jsonb, 'actions', '[]'::jsonb), send_resolved, 0, 0, updated_by
FROM notification_channels;
-- The previous version runs until its pods are replaced, and needs them.
ALTER TABLE notification_channels ALTER COLUMN events SET DEFAULT '{stale-critical}', ALTER COLUMN send_resolved SET DEFAULT false;
COMMENT ON COLUMN notification_channels.events IS 'Unused; replaced by notification_rules.';
COMMENT ON COLUMN notification_channels.send_resolved IS 'Unused; replaced by notification_rules.';

CREATE TABLE notification_events (
  event_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        text NOT NULL,
  severity    text NOT NULL,
  -- Empty for events of the whole platform.
  cluster_id  text NOT NULL DEFAULT '',
  namespaces  text[] NOT NULL DEFAULT '{}',
  -- Action of an entry of the audit log; empty for other events.
  action      text NOT NULL DEFAULT '',
  -- Id in signature_alerts; NULL for events that are not alerts.
  alert_id    bigint,
  is_cleared  boolean NOT NULL DEFAULT false,
  -- Copy for the message: {subject, message, facts, raisedAt, clearedAt}.
  alert       jsonb NOT NULL,
  occurred_at timestamptz NOT NULL DEFAULT now(),
  -- True after the worker has queued the messages.
  is_planned  boolean NOT NULL DEFAULT false
);
CREATE INDEX notification_events_waiting ON notification_events (event_id) WHERE NOT is_planned;
CREATE INDEX notification_events_age ON notification_events (occurred_at);
COMMENT ON TABLE notification_events IS 'Events other than those of incidents, written in the transaction that makes them true. The worker queues messages for them.';

CREATE TABLE notification_progress (
  is_only           boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  incident_event_id bigint NOT NULL
);
INSERT INTO notification_progress (incident_event_id) SELECT coalesce(max(event_id), 0) FROM incident_events;
COMMENT ON TABLE notification_progress IS 'One row: the last event of incident_events for which messages are queued.';

-- An administrator can choose to be notified of changes, failed logins and new accounts.
CREATE FUNCTION queue_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- Denied requests have an action of their own.
  action text := NEW.action || CASE WHEN NEW.result = 'failure' AND NEW.action <> 'request.deny' THEN '.failed' ELSE '' END;
BEGIN
  INSERT INTO notification_events (kind, severity, action, alert)
  VALUES ('audit-event', 'medium', action, jsonb_build_object('subject', left(NEW.target, 200),
    'message', format('%s by %s%s%s.', action, coalesce(nullif(left(NEW.actor_name, 200), ''), NEW.actor_kind),
      CASE WHEN NEW.client_ip = '' THEN '' ELSE ' from ' || NEW.client_ip END, CASE WHEN NEW.target = '' THEN '' ELSE ': ' || left(NEW.target, 200) END),
    'facts', jsonb_build_object('action', action, 'actor', left(NEW.actor_name, 200), 'address', NEW.client_ip),
    'raisedAt', to_jsonb(to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), 'clearedAt', NULL));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_log_event AFTER INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION queue_audit_event();

ALTER TABLE notification_deliveries
  -- Rule that caused the message; it may have been deleted. NULL for a test.
  ADD COLUMN rule_id     uuid,
  -- Identifies the event that caused the message. NULL for a test, a digest and deliveries of earlier versions.
  ADD COLUMN event_key   text,
  -- Incident, or kind and subject, for the cool-down.
  ADD COLUMN topic       text NOT NULL DEFAULT '',
  ADD COLUMN incident_id bigint,
  -- The delivery that contains the message of this row in a digest.
  ADD COLUMN digest_id   uuid,
  DROP CONSTRAINT notification_deliveries_alert_id_check,
  DROP CONSTRAINT notification_deliveries_event_check, ADD CONSTRAINT notification_deliveries_event_check
  CHECK (event IN ('signature_alert', 'signature_alert_cleared', 'platform_alert', 'platform_alert_cleared', 'audit_event', 'malware_detected',
    'digest', 'test')),
  DROP CONSTRAINT notification_deliveries_state_check, ADD CONSTRAINT notification_deliveries_state_check
  CHECK (state IN ('collected', 'unacknowledged', 'waiting', 'delivered', 'failed', 'superseded', 'digested', 'suppressed'));
-- Later messages about these alerts depend on the rule.
UPDATE notification_deliveries delivery SET rule_id = rule.rule_id FROM notification_rules rule
  WHERE rule.channel_id = delivery.channel_id AND delivery.event <> 'test';
CREATE UNIQUE INDEX notification_deliveries_event ON notification_deliveries (channel_id, event_key);
CREATE INDEX notification_deliveries_later ON notification_deliveries (next_attempt_at) WHERE state IN ('collected', 'unacknowledged');
CREATE INDEX notification_deliveries_topic ON notification_deliveries (rule_id, topic, created_at) WHERE topic <> '';
CREATE INDEX notification_deliveries_position ON notification_deliveries (position);
CREATE INDEX notification_deliveries_failed ON notification_deliveries (position) WHERE state = 'failed';
COMMENT ON COLUMN notification_deliveries.state IS
  'collected: waits for its digest; unacknowledged: sent at next_attempt_at if nobody works on the incident until then; waiting: sent at next_attempt_at; delivered; failed; superseded: no longer needed; digested: part of digest_id; suppressed: by the cool-down.';

DROP INDEX notification_deliveries_subject;
CREATE INDEX notification_deliveries_subject ON notification_deliveries ((alert ->> 'kind'), md5(alert ->> 'subject'))
  WHERE event IN ('signature_alert', 'platform_alert');

ALTER TABLE signature_alerts DROP CONSTRAINT signature_alerts_kind_check, ADD CONSTRAINT signature_alerts_kind_check
  CHECK (kind IN ('stale-warning', 'stale-critical', 'roll-out-held', 'roll-out-stalled', 'import-refused', 'node-refused', 'node-clock', 'node-self-test',
    'node-silent', 'containers-not-watched', 'coverage-gap'));
CREATE INDEX incident_events_age ON incident_events (occurred_at);
CREATE INDEX coverage_problem ON coverage (cluster_id, reason, last_seen_at);
COMMENT ON TABLE signature_alerts IS 'Raised and resolved alerts about signatures, nodes and coverage.';
`
}
