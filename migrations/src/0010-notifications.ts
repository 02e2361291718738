import { SqlMigration } from './sql-migration.js'

/** Notification channels and deliveries. */
export class Notifications1795000000010 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE notification_channels (
  channel_id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind             text NOT NULL CHECK (kind IN ('webhook')),
  name             text NOT NULL,
  is_enabled       boolean NOT NULL,
  -- Kinds of alerts to send.
  events           text[] NOT NULL CHECK (cardinality(events) > 0),
  is_clearing_told boolean NOT NULL,
  -- Non-secret settings by kind; for a webhook {url, method, isTlsVerified, timeoutSeconds}.
  settings         jsonb NOT NULL,
  -- Secrets that must be stored in clear text: {headers: [{name, value}], secret}. Only the sender reads them.
  secrets          jsonb NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  updated_by       text NOT NULL
);

-- One message to one channel, queued in the transaction that raises or clears the alert.
CREATE TABLE notification_deliveries (
  delivery_id     uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- Order of the messages of a channel.
  position        bigint GENERATED ALWAYS AS IDENTITY,
  channel_id      uuid NOT NULL REFERENCES notification_channels ON DELETE CASCADE,
  event           text NOT NULL CHECK (event IN ('signature_alert', 'signature_alert_cleared', 'test')),
  -- Id in signature_alerts, whose rows may be deleted earlier; NULL for a test.
  alert_id        bigint CHECK ((alert_id IS NULL) = (event = 'test')),
  -- Copy of the alert, so that all attempts send the same: {kind, severity, subject, sentence, facts, raisedAt, clearedAt}.
  alert           jsonb NOT NULL,
  state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed', 'superseded')),
  attempts        integer NOT NULL DEFAULT 0,
  created_at      timestamptz NOT NULL DEFAULT now(),
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  -- Time at which the message fails.
  expires_at      timestamptz NOT NULL,
  last_attempt_at timestamptz,
  -- End of the lease of the worker that sends the message.
  leased_until    timestamptz,
  status_code     integer,
  duration_ms     integer,
  error           text NOT NULL DEFAULT '',
  -- Each channel gets one message when an alert is raised and one when it is cleared.
  UNIQUE (channel_id, alert_id, event)
);
-- Queries of the sender, every second, and the list of one channel.
CREATE INDEX notification_deliveries_waiting ON notification_deliveries (channel_id, position) WHERE state = 'waiting';
CREATE INDEX notification_deliveries_leased ON notification_deliveries (channel_id) WHERE leased_until IS NOT NULL;
CREATE INDEX notification_deliveries_channel ON notification_deliveries (channel_id, position DESC);
-- At most one test per channel in progress.
CREATE UNIQUE INDEX notification_deliveries_test ON notification_deliveries (channel_id) WHERE event = 'test' AND state = 'waiting';
-- Last message with this kind and subject.
CREATE INDEX notification_deliveries_subject ON notification_deliveries ((alert ->> 'kind'), md5(alert ->> 'subject'))
  WHERE event = 'signature_alert';
`
}
