import { SqlMigration } from './sql-migration.js'

/** What nodes say about the signatures that they load, from when on signatures are called old, and what people should hear about them. */
export class SignatureFactsAndAlerts1795000000007 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
ALTER TABLE nodes
  -- By the node's clock; NULL when unknown. Of the generation in signature_generation, as are the three after it; 0 is unknown.
  ADD COLUMN signatures_loaded_at          timestamptz,
  ADD COLUMN signatures_load_ms            bigint NOT NULL DEFAULT 0,
  ADD COLUMN signatures_memory_bytes       bigint NOT NULL DEFAULT 0,
  ADD COLUMN signatures_pulled_bytes       bigint NOT NULL DEFAULT 0,
  -- The newest generation that the node refused, and why; empty when it took it.
  ADD COLUMN signatures_refused_generation text NOT NULL DEFAULT '',
  ADD COLUMN signatures_refusal            text NOT NULL DEFAULT '';

-- {warnHours, criticalHours}. No row means: the defaults of the contracts.
CREATE TABLE signature_staleness (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  staleness  jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL
);

-- When a node of a roll-out first said that it has the new generation loaded, by the database's clock. Rows of other roll-outs are deleted.
CREATE TABLE signature_canaries (
  generation      text NOT NULL,
  -- Of the roll-out, as the signature server says it.
  started_at      timestamptz NOT NULL,
  first_loaded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (generation, started_at)
);

-- What people should hear about signatures; whoever sends notifications reads it here.
CREATE TABLE signature_alerts (
  alert_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('stale-warning', 'stale-critical', 'roll-out-held', 'import-refused', 'node-refused')),
  -- What it is about: a generation, or an import. With the kind it names the alert while it is open.
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
