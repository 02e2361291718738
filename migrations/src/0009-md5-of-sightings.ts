import type { QueryRunner } from 'typeorm'
import { SqlMigration } from './sql-migration.js'

/**
 * Contents are found by MD5 too, and a roll-out that stands still is told. A column without a value is added without a rewrite. The index has
 * nothing in it yet and costs one read of the table (2 million rows: 2.6 s), for which those who write sightings wait and nobody else: so it is
 * made in a transaction of its own, after the one whose locks stop everybody. A killed step is done again from its start.
 */
export class Md5OfSightings1795000000009 extends SqlMigration {
  readonly transaction = false

  protected override readonly sql = `
BEGIN;
SET LOCAL lock_timeout = '5s';
-- MD5 of the content; NULL when no node that knows it told of it: those of an older version, and those whose OpenSSL forbids MD5.
ALTER TABLE file_sightings ADD COLUMN IF NOT EXISTS md5 bytea;

-- As hunted_hashes, for custom signatures that name an MD5.
CREATE TABLE IF NOT EXISTS hunted_md5s (
  md5            bytea NOT NULL,
  signature_name text NOT NULL,
  -- NULL: of any size.
  size_bytes     bigint,
  added_by       text NOT NULL,
  added_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (md5, signature_name)
);

-- When a node of the roll-out that reports had the generation loaded last.
ALTER TABLE signature_canaries ADD COLUMN IF NOT EXISTS last_loaded_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE signature_alerts DROP CONSTRAINT signature_alerts_kind_check, ADD CONSTRAINT signature_alerts_kind_check
  CHECK (kind IN ('stale-warning', 'stale-critical', 'roll-out-held', 'roll-out-stalled', 'import-refused', 'node-refused'));
COMMIT;
`

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner)
    await runner.query('CREATE INDEX IF NOT EXISTS file_sightings_md5 ON file_sightings (md5) WHERE md5 IS NOT NULL')
  }
}
