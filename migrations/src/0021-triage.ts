import { SqlMigration } from './sql-migration.js'

/** Status, assignee, comments and history of incidents. */
export class Triage1795000000021 extends SqlMigration {
  protected override readonly sql = `
ALTER TABLE incidents
  ADD COLUMN status      text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'in_progress', 'resolved')),
  -- NULL unless the incident is resolved.
  ADD COLUMN resolution  text CHECK (resolution IN ('true_positive', 'false_positive', 'accepted_risk', 'test')),
  -- Email address of an account, copied, because the account may be deleted later. NULL if nobody is assigned.
  ADD COLUMN assignee    text,
  -- Number of changes of status, resolution and assignee; the ETag.
  ADD COLUMN version     integer NOT NULL DEFAULT 1,
  -- Start of the transaction that last reopened the incident.
  ADD COLUMN reopened_at timestamptz,
  ADD CONSTRAINT incidents_resolution CHECK ((status = 'resolved') = (resolution IS NOT NULL));

CREATE TABLE incident_history (
  entry_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident_id bigint NOT NULL,
  changed_at  timestamptz NOT NULL DEFAULT now(),
  -- Name at that time.
  changed_by  text NOT NULL,
  -- {status, resolution, assignee} before and after a change; NULL for a comment only.
  before      jsonb,
  after       jsonb CHECK ((before IS NULL) = (after IS NULL)),
  comment     text NOT NULL DEFAULT ''
);
CREATE INDEX incident_history_incident ON incident_history (incident_id, entry_id);

COMMENT ON TABLE incident_history IS 'Changes and comments of users on incidents.';
`
}
