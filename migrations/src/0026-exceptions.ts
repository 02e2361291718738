import { SqlMigration } from './sql-migration.js'

/**
 * Exceptions hide findings that the site accepts. A finding is marked with its exception when it is stored; findings that were stored before stay
 * unmarked. Creating the index blocks ingest, not readers; nodes spool their results meanwhile.
 */
export class Exceptions1795000000026 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
CREATE TABLE exceptions (
  exception_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  criteria     jsonb NOT NULL,
  is_broad     boolean NOT NULL,
  reason       text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   text NOT NULL,
  updated_at   timestamptz NOT NULL DEFAULT now(),
  updated_by   text NOT NULL,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  revoked_by   text,
  hits         bigint NOT NULL DEFAULT 0,
  last_hit_at  timestamptz,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
COMMENT ON TABLE exceptions IS 'Findings that are stored but do not open incidents, send notifications or appear in default lists. Never deleted.';
COMMENT ON COLUMN exceptions.exception_id IS 'Findings that match several exceptions are marked with the lowest id.';
COMMENT ON COLUMN exceptions.criteria IS '{sha256, signature, path, image, workload, namespace, cluster}: a finding must match all that are given.';
COMMENT ON COLUMN exceptions.is_broad IS 'True: the author confirmed that the criteria match more than one content or file.';
COMMENT ON COLUMN exceptions.reason IS 'Why these findings are accepted.';
COMMENT ON COLUMN exceptions.created_at IS 'When the exception was created.';
COMMENT ON COLUMN exceptions.created_by IS 'Author: email address or label of the API key at that time.';
COMMENT ON COLUMN exceptions.updated_at IS 'Last change of reason, expiry or state by a user.';
COMMENT ON COLUMN exceptions.updated_by IS 'Author of the last change.';
COMMENT ON COLUMN exceptions.expires_at IS 'End of the effect; NULL: never.';
COMMENT ON COLUMN exceptions.revoked_at IS 'When a user ended the effect; NULL if nobody did.';
COMMENT ON COLUMN exceptions.revoked_by IS 'Author of the revocation.';
COMMENT ON COLUMN exceptions.hits IS 'Number of findings that were marked with this exception, also those that were deleted since.';
COMMENT ON COLUMN exceptions.last_hit_at IS 'Receipt of the latest finding that was marked with this exception.';

ALTER TABLE findings ADD COLUMN exception_id bigint;
COMMENT ON COLUMN findings.exception_id IS 'Exception that the finding matched when it was stored; NULL without one. Not a foreign key, because ingest must not wait for changes of exceptions.';
CREATE INDEX findings_exception ON findings (received_at, exception_id) WHERE exception_id IS NOT NULL;
`
}
