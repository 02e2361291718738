import { SqlMigration } from './sql-migration.js'

/** Loaded signatures of nodes, staleness thresholds, and alerts about signatures. */
export class SignatureFactsAndAlerts1795000000007 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
ALTER TABLE nodes
  -- Time by the node's clock; NULL if unknown. This and the next three columns refer to signature_generation; 0 is unknown.
  ADD COLUMN signatures_loaded_at          timestamptz,
  ADD COLUMN signatures_load_ms            bigint NOT NULL DEFAULT 0,
  ADD COLUMN signatures_memory_bytes       bigint NOT NULL DEFAULT 0,
  ADD COLUMN signatures_pulled_bytes       bigint NOT NULL DEFAULT 0,
  -- Newest generation that the node rejected, and the reason; empty if it accepted it.
  ADD COLUMN signatures_refused_generation text NOT NULL DEFAULT '',
  ADD COLUMN signatures_refusal            text NOT NULL DEFAULT '';

-- {warnHours, criticalHours}. Without a row, the defaults of the contracts apply.
CREATE TABLE signature_staleness (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  staleness  jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL
);

-- Time of the first report that a canary node loaded the candidate, by the database's clock. Rows of other rollouts are deleted.
CREATE TABLE signature_canaries (
  generation      text NOT NULL,
  -- Start of the rollout according to the signature server.
  started_at      timestamptz NOT NULL,
  first_loaded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (generation, started_at)
);

-- Alerts about signatures.
CREATE TABLE signature_alerts (
  alert_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('stale-warning', 'stale-critical', 'roll-out-held', 'import-refused', 'node-refused')),
  -- A generation or an import. Kind and subject identify an open alert.
  subject    text NOT NULL,
  sentence   text NOT NULL,
  facts      jsonb NOT NULL DEFAULT '{}',
  raised_at  timestamptz NOT NULL DEFAULT now(),
  cleared_at timestamptz
);
CREATE UNIQUE INDEX signature_alerts_open ON signature_alerts (kind, subject) WHERE cleared_at IS NULL;
CREATE INDEX signature_alerts_cleared ON signature_alerts (cleared_at) WHERE cleared_at IS NOT NULL;
`
}
