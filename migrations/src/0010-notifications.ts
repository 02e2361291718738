import { SqlMigration } from './sql-migration.js'

/** Where people are told of alerts, and what is still to be told. */
export class Notifications1795000000010 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE notification_channels (
  channel_id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind             text NOT NULL CHECK (kind IN ('webhook')),
  name             text NOT NULL,
  is_enabled       boolean NOT NULL,
  -- Kinds of alerts that it is told.
  events           text[] NOT NULL CHECK (cardinality(events) > 0),
  is_clearing_told boolean NOT NULL,
  -- Where and how, by kind; nothing secret. Of a webhook {url, method, isTlsVerified, timeoutSeconds}.
  settings         jsonb NOT NULL,
  -- What must be sent as it is, so that a hash would not do: {headers: [{name, value}], secret}. Only the sender reads it.
  secrets          jsonb NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  updated_by       text NOT NULL
);

-- One message to one channel, written in the transaction that raises or clears the alert.
CREATE TABLE notification_deliveries (
  delivery_id     uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- The order in which a channel is told.
  position        bigint GENERATED ALWAYS AS IDENTITY,
  channel_id      uuid NOT NULL REFERENCES notification_channels ON DELETE CASCADE,
  event           text NOT NULL CHECK (event IN ('signature_alert', 'signature_alert_cleared', 'test')),
  -- Of signature_alerts, which may be dropped earlier; NULL in a test.
  alert_id        bigint CHECK ((alert_id IS NULL) = (event = 'test')),
  -- The alert as it was then, so that each attempt says the same: {kind, severity, subject, sentence, facts, raisedAt, clearedAt}.
  alert           jsonb NOT NULL,
  state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed', 'superseded')),
  attempts        integer NOT NULL DEFAULT 0,
  created_at      timestamptz NOT NULL DEFAULT now(),
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  -- It is given up then.
  expires_at      timestamptz NOT NULL,
  last_attempt_at timestamptz,
  -- A worker is at it until then, unless it was killed.
  leased_until    timestamptz,
  status_code     integer,
  duration_ms     integer,
  error           text NOT NULL DEFAULT '',
  -- An alert is told and cleared once for each channel.
  UNIQUE (channel_id, alert_id, event)
);
-- What the sender asks for each second, and the list of one channel.
CREATE INDEX notification_deliveries_waiting ON notification_deliveries (channel_id, position) WHERE state = 'waiting';
CREATE INDEX notification_deliveries_leased ON notification_deliveries (channel_id) WHERE leased_until IS NOT NULL;
CREATE INDEX notification_deliveries_channel ON notification_deliveries (channel_id, position DESC);
-- A person tests a channel one time after the other.
CREATE UNIQUE INDEX notification_deliveries_test ON notification_deliveries (channel_id) WHERE event = 'test' AND state = 'waiting';
-- When an alert of this kind and subject was told last.
CREATE INDEX notification_deliveries_subject ON notification_deliveries ((alert ->> 'kind'), md5(alert ->> 'subject'))
  WHERE event = 'signature_alert';
`
}
