import { SqlMigration } from './sql-migration.js'

/** Rule trials; the newest 20 are kept. */
export class RuleTrials1795000000011 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE rule_trials (
  trial_id   uuid PRIMARY KEY,
  name       text NOT NULL,
  rules      text NOT NULL,
  sha256     bytea NOT NULL,
  size_bytes bigint NOT NULL,
  golden     jsonb NOT NULL,
  state      text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  -- NULL while it is running.
  ended_at   timestamptz
);

-- At most one running trial.
CREATE UNIQUE INDEX rule_trials_running ON rule_trials ((true)) WHERE state = 'running';
CREATE INDEX rule_trials_newest ON rule_trials (created_at DESC, trial_id DESC);

-- Progress per node; expected nodes are inserted at the start.
CREATE TABLE rule_trial_nodes (
  trial_id        uuid NOT NULL REFERENCES rule_trials ON DELETE CASCADE,
  cluster_id      text NOT NULL,
  node_name       text NOT NULL,
  state           text NOT NULL,
  problem         text NOT NULL DEFAULT '',
  files_looked_at bigint NOT NULL DEFAULT 0,
  bytes_looked_at bigint NOT NULL DEFAULT 0,
  not_looked_at   jsonb NOT NULL DEFAULT '[]',
  hit_count       bigint NOT NULL DEFAULT 0,
  hits            jsonb NOT NULL DEFAULT '[]',
  reported_at     timestamptz,
  PRIMARY KEY (trial_id, cluster_id, node_name)
);
`
}
