import { SqlMigration } from './sql-migration.js'

/** Lets one worker at a time act on the status of the signature server without a transaction that stays open across HTTP calls. */
export class SignatureChecks1795000000013 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE signature_checks (
  only_row     boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- Number of the last check that a worker applied.
  check_number bigint NOT NULL DEFAULT 0,
  -- Until then a worker sends a decision to the signature server; it resets the value when it is done.
  busy_until   timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO signature_checks DEFAULT VALUES;
`
}
