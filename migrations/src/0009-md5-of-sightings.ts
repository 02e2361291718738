import type { QueryRunner } from 'typeorm'
import { SqlMigration } from './sql-migration.js'

/**
 * MD5 of sightings, and alerts about stalled rollouts. Adding a column without a value needs no rewrite. The index is empty at first and costs one
 * scan of the table (2 million rows: 2.6 s), during which only writers of sightings wait; therefore it is created in a separate transaction, after
 * the one with exclusive locks. A killed migration starts again from its beginning.
 */
export class Md5OfSightings1795000000009 extends SqlMigration {
  readonly transaction = false

  protected override readonly sql = `
BEGIN;
SET LOCAL lock_timeout = '5s';
-- MD5 of the content; NULL if no node reported it, because of an older version or an OpenSSL that forbids MD5.
ALTER TABLE file_sightings ADD COLUMN IF NOT EXISTS md5 bytea;

-- Like hunted_hashes, for MD5 hashes.
CREATE TABLE IF NOT EXISTS hunted_md5s (
  md5            bytea NOT NULL,
  signature_name text NOT NULL,
  -- NULL: any size.
  size_bytes     bigint,
  added_by       text NOT NULL,
  added_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (md5, signature_name)
);

-- Last time at which a reporting canary node had the candidate loaded.
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
